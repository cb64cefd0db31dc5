"""Questions: what is wanted of a topic, whose, narrowed to what; and what is no question."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.examples import NOW, SENDER, example_names
from nlu.known import Focus
from nlu.ranker import Model
from nlu.rule import Mention
from nlu.understand import understand

NAMES = example_names()


def slots(text: str, focus: Focus | None = None) -> dict[str, Any]:
    [reading] = understand(text, now=NOW, names=NAMES, sender=SENDER, focus=focus).readings
    assert reading.intent == "answer_query"
    return dict(reading.slots)


def intents(text: str) -> list[str]:
    return [reading.intent for reading in understand(text, now=NOW, names=NAMES, sender=SENDER).readings]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("商务谈判阶段一共多少钱", {"topic": "deals", "stage": "negotiation", "how": "sum"}),
        ("方案报价阶段有几个单", {"topic": "deals", "stage": "proposal", "how": "count"}),
        ("how many deals are in negotiation?", {"topic": "deals", "stage": "negotiation", "how": "count"}),
        ("total amount in negotiation", {"topic": "deals", "stage": "negotiation", "how": "sum"}),
        ("这个月谁的单子卡住了", {"topic": "deals", "stalled": True, "everyone": True}),
        ("超过30天没联系的单子", {"topic": "deals", "stalled": True, "idle_days": 30}),
        ("两周没跟进的商机有哪些", {"topic": "deals", "stalled": True, "idle_days": 14}),
        ("which deals had no contact for 10 days?", {"topic": "deals", "stalled": True, "idle_days": 10}),
        ("which deals are stalled?", {"topic": "deals", "stalled": True}),
        ("哪些商机没有下一步", {"topic": "deals", "no_next_step": True}),
        ("这个月新增了哪些商机", {"topic": "deals", "by": "created"}),
        ("仓储平台到哪步了", {"topic": "deals", "how": "state", "known_by": "仓储平台"}),
        ("我上周完成了几个任务", {"topic": "tasks", "done": True}),
        ("我还有几个任务没做完", {"topic": "tasks", "how": "count"}),
        ("逾期的任务", {"topic": "tasks", "overdue": True}),
        ("大家的任务", {"topic": "tasks", "everyone": True}),
        ("我这周拜访了几家", {"topic": "visits", "how": "count"}),
        ("这周一共拜访了几家", {"since": date(2026, 11, 16), "until": date(2026, 11, 22)}),
        ("谁今天没去拜访", {"topic": "visits", "none_made": True}),
        ("我的客户", {"topic": "customers"}),
        ("哪些客户很久没联系了", {"topic": "customers", "stalled": True}),
        ("/today", {"topic": "schedule", "since": date(2026, 11, 20), "until": date(2026, 11, 20)}),
        ("what do I have tomorrow?", {"topic": "schedule", "since": date(2026, 11, 21)}),
        ("白鹭谁拍板?", {"topic": "contact", "role": "decision_maker"}),
    ],
)
def test_a_question_is_read_with_what_it_wants(text: str, wanted: dict[str, Any]) -> None:
    read = slots(text)
    assert {name: read.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("我的商机", Mention("林晓禾", "林晓禾")),
        ("my tasks", Mention("林晓禾", "林晓禾")),
        ("what do I have today?", Mention("林晓禾", "林晓禾")),
        ("小方的任务", Mention("小方", "方一诺")),
        ("deals of Joy", Mention("Joy", "石佳")),
        ("小黄上周跑了几家", Mention("小黄")),
        ("黄晓明的任务", Mention("黄晓明")),
        ("Bob's deals?", Mention("Bob")),
        ("/tasks 小方", Mention("小方", "方一诺")),
        ("/today 小黄", Mention("小黄")),
        ("/deals", Mention("林晓禾", "林晓禾")),
        ("全部的任务", None),
        ("全组这周拜访了几家", None),
        ("today's tasks", None),
        ("逾期的任务", None),
    ],
)
def test_whose_is_asked(text: str, user: Mention | None) -> None:
    assert slots(text).get("user") == user


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("何总电话多少", Mention("何总", "何建明")),
        ("晨岚的何总是谁", Mention("何总", "何建明")),
        ("何建明", Mention("何建明", "何建明")),
        ("陶欣的微信", Mention("陶欣", "陶欣")),
        ("晨岚的张工是谁", Mention("张工")),
        ("张工电话多少", Mention("张工")),
        ("what's Lena's phone number?", Mention("Lena", "Lena Fischer")),
        ("who is Lena at Northwind?", Mention("Lena", "Lena Fischer")),
        ("/find 何总", Mention("何总", "何建明")),
    ],
)
def test_a_person_is_asked_for(text: str, contact: Mention) -> None:
    assert slots(text)["contact"] == contact


def test_the_customer_last_spoken_of_narrows_only_what_points_back() -> None:
    focus = Focus("晨岚")
    assert slots("这单到哪步了", focus)["customer"].key == "晨岚"
    assert "customer" not in slots("上个月丢了哪些单", focus)
    assert "customer" not in slots("这个月新增了哪些商机", focus)
    assert slots("小方有多少商机", focus)["user"] == Mention("小方", "方一诺")


@pytest.mark.parametrize(
    "text",
    [
        "何总电话里说预算80万",
        "跟何总通了电话",
        "何总微信说下周再谈",
        "拜访白鹭",
        "明天上午拜访白鹭",
        "新建商机",
        "今天去了晨岚,何总拍板",
        "提醒我下周二联系白鹭",
        "close the deals",
        "visits to Northwind went well",
        "谢谢大家",
    ],
)
def test_what_tells_or_plans_is_no_question(text: str) -> None:
    assert "answer_query" not in intents(text)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("what's on my calendar for the rest of this week?", date(2026, 11, 20), date(2026, 11, 22)),
        ("which deals did we lose since June?", date(2026, 6, 1), date(2026, 11, 20)),
        ("上个月到现在,全组丢了哪些单?", date(2026, 10, 1), date(2026, 11, 20)),
        ("小方最近两周跑了几家?", date(2026, 11, 6), date(2026, 11, 20)),
        ("invoices due up to 31 December: which are overdue?", None, date(2026, 12, 31)),
        ("白鹭去年那批设备的合同什么时候到期?", None, None),
    ],
)
def test_a_period_is_bounded_by_what_is_said_beside_it(text: str, since: date | None, until: date | None) -> None:
    told = slots(text)
    assert (told.get("since"), told.get("until")) == (since, until)


def test_every_colleague_and_every_customer_that_a_question_names_is_asked_about() -> None:
    for text, slot, keys in (
        ("本月回款多少?小方和石佳分开看", "user", ["方一诺", "石佳"]),
        ("白鹭跟晨岚,最近一次都是谁去拜访的?", "customer", ["白鹭", "晨岚"]),
    ):
        asked = understand(text, now=NOW, names=NAMES, sender=SENDER).readings
        assert [reading.slots[slot].key for reading in asked if reading.intent == "answer_query"] == keys


def test_the_customer_of_a_mere_product_is_not_asked_about() -> None:
    assert "look_up_customer" not in intents("有没有门禁系统的资料?")


@pytest.mark.parametrize("text", ["晨岚", "我的商机", "何建明", "/tasks", "重点客户有哪些", "白鹭谁拍板?"])
def test_what_says_nothing_else_is_shown_whatever_the_weights(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    against = {"^": -1000}
    kinds = [f"answer_query/{topic}" for topic in ("customer", "deals", "contact", "tasks", "customers")]
    weights = Model(dict.fromkeys(kinds, against))
    monkeypatch.setattr("nlu.ranker.model", lambda: weights)
    [reading] = understand(text, now=NOW, names=NAMES, sender=SENDER).readings
    assert reading.intent in ("answer_query", "look_up_customer")


@pytest.mark.parametrize(
    "text",
    ["多久没联系的客户", "哪些客户很久没联系了", "上次去晨岚他们什么时候说要签", "最近一次报价是什么时候给晨岚的"],
)
def test_what_asks_for_more_than_the_last_contact_is_not_answered_with_its_day(text: str) -> None:
    assert slots(text).get("how") != "last"


def test_the_last_contact_is_asked_of_the_customer_spoken_of() -> None:
    asked = slots("上次去是什么时候", Focus("晨岚"))
    assert (asked["how"], asked["customer"].key) == ("last", "晨岚")
