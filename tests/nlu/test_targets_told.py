"""Targets and reports told in words: whose, for when, of what, how much; and what merely sounds like it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.money import Money
from nlu.examples import NOW, SENDER, example_names
from nlu.month_names import PERIOD, period_told
from nlu.rule import Amount, Reading
from nlu.understand import understand

NAMES = example_names()


def _read(text: str) -> list[Reading]:
    return list(understand(text, now=NOW, names=NAMES, sender=SENDER).readings)


@pytest.mark.parametrize(
    ("text", "told", "ahead"),
    [
        ("本月", "2026-11", "2026-11"),
        ("下个月", "2026-12", "2026-12"),
        ("上月", "2026-10", "2026-10"),
        ("下季度", "2027-Q1", "2027-Q1"),
        ("本季", "2026-Q4", "2026-Q4"),
        ("last quarter", "2026-Q3", "2026-Q3"),
        ("12月", "2026-12", "2026-12"),
        ("十二月份", "2026-12", "2026-12"),
        ("一月", "2026-01", "2027-01"),
        ("2026年1月", "2026-01", "2026-01"),
        ("q1", "2026-Q1", "2027-Q1"),
        ("第四季度", "2026-Q4", "2026-Q4"),
        ("2027年q2", "2027-Q2", "2027-Q2"),
        ("q2 2027", "2027-Q2", "2027-Q2"),
        ("may", "2026-05", "2027-05"),
        ("december 2027", "2027-12", "2027-12"),
        ("2026-09", "2026-09", "2026-09"),
        ("今年", "今年", "今年"),
        ("next week", "next week", "next week"),
    ],
)
def test_a_period_is_named_and_what_lies_ahead_is_of_the_next_year(text: str, told: str, ahead: str) -> None:
    said = PERIOD.fullmatch(text)
    assert said is not None
    assert period_told(said, date(2026, 11, 20), is_ahead=False) == told
    assert period_told(said, date(2026, 11, 20), is_ahead=True) == ahead


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("本月目标100万", {"period": "2026-11", "value": Amount(Money.of(1_000_000)), "measure": "won_amount"}),
        ("本月赢单目标5单", {"period": "2026-11", "value": 5, "measure": "won_deals"}),
        ("Q4拜访目标四十次", {"period": "2026-Q4", "value": 40, "measure": "visits"}),
        ("华东组Q1新商机目标20个", {"team": "华东组", "period": "2027-Q1", "value": 20, "measure": "new_deals"}),
        (
            "销售二组本月目标改成300万",
            {"team": "销售二组", "period": "2026-11", "value": Amount(Money.of(3_000_000)), "measure": "won_amount"},
        ),
        ("一组本月新客户目标8家", {"team": "一组", "period": "2026-11", "value": 8, "measure": "new_customers"}),
        ("本月销售目标1000000", {"period": "2026-11", "value": Amount(Money.of(1_000_000)), "measure": "won_amount"}),
        (
            "team target for December 2M",
            {"everyone": True, "period": "2026-12", "value": Amount(Money.of(2_000_000)), "measure": "won_amount"},
        ),
        (
            "East team target Q4: $50k",
            {"team": "East", "period": "2026-Q4", "value": Amount(Money.of(50_000, "USD")), "measure": "won_amount"},
        ),
        ("我的目标", {"mine": True}),
        ("公司目标是多少", {"all": True}),
        ("12月的拜访目标", {"period": "2026-12", "measure": "visits"}),
    ],
)
def test_a_target_is_told_in_any_order(text: str, slots: dict[str, Any]) -> None:
    [reading] = _read(text)
    assert reading.intent == "set_target"
    assert dict(reading.slots) == slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("日报", {"report": "day", "back": 0}),
        ("前天的日报", {"report": "day", "back": 2}),
        ("上周周报", {"report": "week", "back": 1}),
        ("华东组的月报", {"report": "month", "back": 0, "team": "华东组"}),
        ("9月月报", {"report": "month", "back": 2}),
        ("December's monthly report", {"report": "month", "back": 11}),
        ("yesterday's daily report", {"report": "day", "back": 1}),
        ("my weekly report", {"report": "week", "back": 0, "mine": True}),
    ],
)
def test_a_report_is_asked_for_by_its_name(text: str, slots: dict[str, Any]) -> None:
    [reading] = _read(text)
    assert (reading.intent, dict(reading.slots)) == ("show_report", slots)


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("华东组的漏斗", "华东组"),
        ("看看华东大区本月业绩", "华东大区"),
        ("销售二组Q4预测", "销售二组"),
        ("East team pipeline", "East"),
        ("团队的漏斗", None),
        ("我们组的漏斗", None),
        ("全部漏斗", None),
        ("our team's funnel", None),
        ("一诺的漏斗", None),
    ],
)
def test_a_team_is_named_or_the_sender_s_own_is_meant(text: str, team: str | None) -> None:
    assert [reading.slots.get("team") for reading in _read(text)] == [team]


@pytest.mark.parametrize(
    "text",
    [
        "白鹭的目标是年底上线",
        "晨岚今年目标采购300万",
        "周五前把周报发给石佳",
        "本月目标完成了多少",
        "晨岚是我们的目标客户",
        "目标目标目标",
        "本月下月目标100万",
        "周报月报",
    ],
)
def test_what_merely_sounds_like_it_sets_and_shows_nothing(text: str) -> None:
    assert not {"set_target", "show_report"} & {reading.intent for reading in _read(text)}
