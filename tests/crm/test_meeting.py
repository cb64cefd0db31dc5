"""What a brief before a meeting says should be asked: one gap each, and nothing where nothing is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crm.reports.meeting import ASKED, Meeting, MeetingDeal, Question, promised, questions_for, seen_of

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
WELL = MeetingDeal("ERP二期", TODAY - 5 * DAY, close_on=TODAY + 30 * DAY)


def _asked(*deals: MeetingDeal, **known: Any) -> list[Question]:
    return questions_for(Meeting(TODAY, deals, **known))


def test_where_all_is_known_there_is_nothing_to_ask() -> None:
    assert _asked(WELL) == []


@pytest.mark.parametrize(
    ("changed", "key", "facts"),
    [
        ({"has_budget": False}, "ask_budget", {}),
        ({"has_needs": False}, "ask_needs", {}),
        ({"close_on": None}, "ask_close", {}),
        ({"close_on": TODAY - DAY}, "ask_close_passed", {"day": TODAY - DAY}),
        ({"entered_on": TODAY - 31 * DAY}, "ask_stands", {"days": 31}),
        ({"competitors": ["用友"]}, "ask_competitors", {"names": ["用友"]}),
        ({"has_next_step": False}, "ask_next_step", {}),
        ({"quoted_on": TODAY - 3 * DAY}, "ask_quote", {"day": TODAY - 3 * DAY}),
    ],
)
def test_each_gap_of_a_deal_is_one_question(changed: dict[str, Any], key: str, facts: dict[str, Any]) -> None:
    assert _asked(replace(WELL, **changed)) == [Question(key, {"deal": "ERP二期", **facts})]


def test_a_quote_is_asked_about_after_three_days_unless_they_were_heard_since() -> None:
    assert _asked(replace(WELL, quoted_on=TODAY - 2 * DAY)) == []
    assert _asked(replace(WELL, quoted_on=TODAY - 9 * DAY, heard_on=TODAY - 8 * DAY)) == []
    assert [q.key for q in _asked(replace(WELL, quoted_on=TODAY - 9 * DAY, heard_on=TODAY - 9 * DAY))] == ["ask_quote"]


def test_a_close_today_has_not_passed_and_thirty_days_are_not_long() -> None:
    assert _asked(replace(WELL, close_on=TODAY, entered_on=TODAY - 30 * DAY)) == []


def test_gaps_of_the_customer_come_first() -> None:
    nobody = _asked(replace(WELL, has_budget=False), has_people=False, has_decision_maker=False)
    assert [question.key for question in nobody] == ["ask_who", "ask_budget"]
    assert [question.key for question in _asked(WELL, has_decision_maker=False)] == ["ask_who_decides"]
    assert [question.key for question in _asked(objection="嫌贵")] == ["ask_plans"], "no deal, no objection to it"
    assert _asked(WELL, objection="嫌贵") == [Question("ask_objection", {"text": "嫌贵"})]


def test_a_kind_is_asked_of_every_deal_before_the_next_and_no_more_than_a_screen_holds() -> None:
    bare = replace(WELL, has_budget=False, has_needs=False, has_next_step=False)
    asked = _asked(bare, replace(bare, name="ERP三期"))
    assert [(q.key, q.facts["deal"]) for q in asked] == [
        ("ask_budget", "ERP二期"),
        ("ask_budget", "ERP三期"),
        ("ask_needs", "ERP二期"),
        ("ask_needs", "ERP三期"),
        ("ask_next_step", "ERP二期"),
    ]
    assert len(asked) == ASKED


def test_competitors_are_told_once_each() -> None:
    assert seen_of([["用友", "金蝶"], [], ["用友", "SAP"]]) == ["用友", "金蝶", "SAP"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("今天去了华信,王总答应月底前付首付款,嫌贵", ["王总答应月底前付首付款"]),
        ("他说下周给我们答复", ["他说下周给我们答复"]),
        ("They promised to send the specs. Demo next week", ["They promised to send the specs"]),
        ("Mark will get back to us on Friday", ["Mark will get back to us on Friday"]),
    ],
)
def test_what_they_promised_is_read_from_the_words(words: str, found: list[str]) -> None:
    assert promised(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "我答应周五发报价",
        "我们承诺三天内到货",
        "他没答应",
        "王总不肯承诺时间",
        "We promised them a demo",
        "they haven't promised anything",
        "I'll get back to them",
        "给他们看了演示",
    ],
)
def test_what_we_promised_or_nobody_did_is_none_of_theirs(words: str) -> None:
    assert promised(words) == []
