"""Cells of a sheet made clean: telephone numbers, sums, days, stages, grades."""

from __future__ import annotations

import pytest

from nlu.sheets import values
from nlu.sheets.stages import stage


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("021-66668888转802", "021-66668888转802"),
        ("(0755)8888 9999 ext. 12", "0755-88889999转12"),
        ("13812345678/13912345678", "13812345678"),
        ("400-820-8820", "4008208820"),
        ("+1 650 253 0000", "+1 650-253-0000"),
        ("1381234", None),
        ("见附件", None),
        ("0512-65881234/13812345678", "13812345678"),
        ("13812345678(微信同号)", "13812345678"),
        ("周总13812345678", "13812345678"),
        ("单号2013812345678", None),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(cell: str, kept: str | None) -> None:
    assert values.phone(cell) == kept


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("80万", 80_000_000),
        ("¥800,000.50", 80_000_050),
        ("1.2亿", 12_000_000_000),
        ("500k", 50_000_000),
        ("面议", None),
        ("0", None),
    ],
)
def test_a_sum_is_told_in_minor_units(cell: str, minor: int | None) -> None:
    assert values.minor_units(cell) == minor


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-12-20 00:00", "2026-12-20"),
        ("2026年12月5号", "2026-12-05"),
        ("20261220", "2026-12-20"),
        ("46376", "2026-12-20"),
        ("2026年2月底", "2026-02-28"),
        ("2026/13/1", None),
        ("2026122", None),
        ("Q4", None),
    ],
)
def test_a_day_is_told_as_spreadsheets_and_people_tell_it(cell: str, day: str | None) -> None:
    found = values.day(cell)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("cell", "key", "is_sure"),
    [
        ("已成交", "won", True),
        ("赢单", "won", True),
        ("Closed Won", "won", True),
        ("丢单了", "lost", True),
        ("Closed Lost", "lost", True),
        ("100%", "won", True),
        ("初步接洽", "contact", True),
        ("需求确认", "needs", True),
        ("已报价", "proposal", True),
        ("3-方案报价", "proposal", True),
        ("方案报价(40%)", "proposal", True),
        ("Proposal/Price Quote", "proposal", True),
        ("Qualification", "contact", True),
        ("谈判中", "negotiation", True),
        ("签约中", "negotiation", True),
        ("待签约", "negotiation", True),
        ("商务谈叛", "negotiation", False),
        ("方按报价", "proposal", False),
        ("Negotation", "negotiation", False),
        ("赢单率 30%", "needs", False),
        ("客户需求确认中", "needs", False),
        ("未成交", "contact", False),
        ("成交中", "contact", False),
        ("暂停", "contact", False),
    ],
)
def test_a_stage_is_sure_or_else_the_likeliest_one(cell: str, key: str, is_sure: bool) -> None:
    assert stage(cell) == (key, is_sure)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        *(("A", "key"), ("B级", "target"), ("C类客户", "potential"), ("D", "potential"), ("S", "vip")),
        *(("一级", "key"), ("普通", "target"), ("重点", "key"), ("VIP", "vip"), ("★★★", "key"), ("★★☆", "target")),
        *(("Tier B", "target"), ("经销商", ""), ("key account", "key")),
    ],
)
def test_a_grade_tells_the_lowest_tier_that_it_may_mean(cell: str, key: str) -> None:
    assert values.tier(cell) == key


@pytest.mark.parametrize(
    ("cell", "is_day_first", "day"),
    [
        ("3/14/2025", False, "2025-03-14"),
        ("14/3/2025", False, "2025-03-14"),
        ("3/4/2025", False, "2025-03-04"),
        ("3/4/2025", True, "2025-04-03"),
        ("Mar 14, 2025", False, "2025-03-14"),
        ("14 March 2025", False, "2025-03-14"),
        ("2026Q4", False, "2026-12-31"),
        ("2026年第3季度", False, "2026-09-30"),
        ("12月底", False, None),
    ],
)
def test_days_as_programs_abroad_write_them(cell: str, is_day_first: bool, day: str | None) -> None:
    found = values.day(cell, is_day_first=is_day_first)
    assert (found.isoformat() if found else None) == day
