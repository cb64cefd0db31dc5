"""Messages that name no customer: what goes on about the one last spoken of, and what is an affair of our own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.known import Focus
from nlu.rule import Reading
from nlu.understand import understand

NAMES = example_names()
FOCUS = Focus("晨岚")


def read(text: str, focus: Focus | None = FOCUS, now: datetime = NOW) -> tuple[Reading, ...]:
    return understand(text, now=now, names=NAMES, sender=SENDER, focus=focus).readings


def only(text: str, intent: str, focus: Focus | None = FOCUS) -> dict[str, Any]:
    found = [reading for reading in read(text, focus) if reading.intent == intent]
    assert len(found) == 1, read(text, focus)
    return dict(found[0].slots)


@pytest.mark.parametrize(
    "text",
    [
        "再加一条:周五回访",
        "再加一條:週五回訪",
        "还有一条,下周二送样品",
        "提醒我明天给他打电话",
        "明天再给他们发一版报价",
        "月底前催款",
        "one more: call back on Friday",
        "remind me to send them the quote on Monday",
    ],
)
def test_a_task_for_a_customer_is_for_the_one_last_spoken_of_and_says_so(text: str) -> None:
    customer = only(text, "create_task")["customer"]
    assert (customer.key, customer.by) == ("晨岚", "focus")


@pytest.mark.parametrize(
    "text",
    [
        "提醒我明天交报销",
        "提醒我明天交報銷",
        "周二前写完周报",
        "周一上午10点开部门例会",
        "明天记得给老婆买花",
        "提醒我后天带身份证",
        "明天去机场接老板",
        "remind me to file my expenses tomorrow",
        "remind me to pick up the kids tomorrow at 5pm",
        "team meeting on Monday at 9am, remind me",
    ],
)
def test_an_affair_of_our_own_is_no_customers(text: str) -> None:
    assert "customer" not in only(text, "create_task")


def test_what_a_customer_wants_besides_is_theirs() -> None:
    slots = only("他还想看demo", "add_to_visit")
    assert (slots["needs"], slots["customer"].key, slots["customer"].by) == ("想看demo", "晨岚", "focus")
    assert "customer" not in only("他还想看demo", "add_to_visit", None)


def test_within_one_message_a_want_belongs_to_the_visit() -> None:
    readings = read("今天去了白鹭,沈经理想要私有化部署,还要求对接SAP")
    assert [reading.intent for reading in readings] == ["record_visit"]
    assert readings[0].slots["needs"] == "想要私有化部署；要求对接SAP"


def test_a_named_customer_is_not_said_to_follow_from_anything() -> None:
    assert only("白鹭还想看demo", "add_to_visit")["customer"].by == ""


def test_the_focus_that_settles_a_shared_name_is_said() -> None:
    customer = only("星河那边签了", "update_deal", Focus("星河长沙"))["customer"]
    assert (customer.key, customer.by) == ("星河长沙", "focus")


def test_a_mere_weekday_that_is_todays_means_the_next_once_work_is_over() -> None:
    assert only("周五给何总回电话", "create_task")["due"].last_day == date(2026, 11, 27)
    morning = read("周五下午3点给何总回电话", now=NOW.replace(hour=9))
    assert [r.slots["due"].last_day for r in morning if "due" in r.slots] in ([date(2026, 11, 20)], [])


def test_a_surname_and_title_that_somebody_else_has_stays_with_the_customer_named() -> None:
    slots = only("今天去了白鹭,见了何总,聊了仓储平台", "record_visit")
    assert (slots["customer"].key, [(p.text, p.key) for p in slots["contacts"]]) == ("白鹭", [("何总", None)])


def test_a_new_deal_told_with_its_visit_is_the_visits() -> None:
    readings = {r.intent: r.slots for r in read("今天拜访了白鹭,他们有个新商机,叫月台管理,预计30万", None)}
    assert readings["record_visit"]["deal"].text == readings["update_deal"]["deal"].text == "月台管理"
