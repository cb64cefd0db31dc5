"""What else a narrowed list says: when, the first so many, whose, in what order, what nobody knows; what is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.filters import Condition
from nlu.examples import NOW, SENDER
from nlu.understand import understand
from tests.nlu.test_filters import NAMES, NOVEMBER, WEEK, no, read, yes, yuan


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("本周上海的拜访", {"since": WEEK[0], "until": WEEK[1]}),
        ("visits in Shanghai this week", {"since": WEEK[0], "until": WEEK[1]}),
        ("今天到期的重点客户任务", {"since": date(2026, 11, 20), "until": date(2026, 11, 20)}),
        ("上海客户的逾期任务", {"overdue": True}),
        ("finished tasks for key accounts this week", {"done": True, "since": WEEK[0], "until": WEEK[1]}),
    ],
)
def test_when_a_visit_was_and_how_a_task_stands_are_slots(text: str, told: dict[str, Any]) -> None:
    reading = read(text)
    assert reading is not None
    assert {name: reading.slots.get(name) for name in told} == told


@pytest.mark.parametrize(
    ("text", "count", "sort"),
    [
        ("金额最大的五个商机", 5, "-amount"),
        ("最大的3个单子", 3, "-amount"),
        ("前五大商机", 5, "-amount"),
        ("最久没联系的10个客户", 10, "contact"),
        ("最近新增的5个客户", 5, "-created"),
        ("top five deals", 5, "-amount"),
        ("the five largest deals", 5, "-amount"),
        ("largest 3 deals in Shanghai", 3, "-amount"),
        ("10 customers longest without contact", 10, "contact"),
    ],
)
def test_the_first_so_many_are_read_with_their_order(text: str, count: int, sort: str) -> None:
    reading = read(text)
    assert reading is not None
    assert (reading.slots["top"], reading.slots["sort"]) == (count, sort)
    assert "unknown" not in reading.slots


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("晨岚50万以上的商机", (yes("amount", yuan(500_000), None),)),
        ("晨岚这个月要签的", (yes("closing", *NOVEMBER),)),
        ("晨岚没有报价的商机", (no("has", "quote"),)),
        ("Northwind deals over 500k", (yes("amount", yuan(500_000), None),)),
        ("Northwind deals closing this month", (yes("closing", *NOVEMBER),)),
    ],
)
def test_a_customer_s_own_list_is_narrowed_too(text: str, where: tuple[Condition, ...]) -> None:
    reading = read(text)
    assert reading is not None
    assert (reading.slots["topic"], reading.slots["where"]) == ("deals", where)
    assert reading.slots["customer"].key in ("晨岚", "Northwind")


def test_each_of_several_customers_has_its_list() -> None:
    readings = understand("晨岚和白鹭50万以上的商机", now=NOW, names=NAMES, sender=SENDER).readings
    assert [reading.slots["customer"].key for reading in readings] == ["晨岚", "白鹭"]


@pytest.mark.parametrize(
    ("text", "sort"),
    [("上海的客户按金额排", "-amount"), ("上海的客户,按金额从小到大排", "amount"),
     ("上海的客户按最近联系时间排", "-contact"),
     ("最久没联系的重点客户", "contact"), ("上海的客户,最久没联系的在前", "contact"),
     ("上海的商机按成交日期排序", "close"),
     ("最大的客户是谁", "-amount"), ("deals over 200k sorted by amount", "-amount"),
     ("customers in Shanghai, newest first", "-created"),
     ("largest deals in Shanghai", "-amount"), ("按金额排", "-amount"), ("largest first", "-amount")],
)  # fmt: skip
def test_an_order_is_read_with_the_list_or_alone(text: str, sort: str) -> None:
    reading = read(text)
    assert reading is not None
    assert reading.slots["sort"] == sort


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("上海的蓝色客户", "蓝色"),
        ("上海有多少家做口腔的客户", "做口腔"),
        ("customers in Shanghai with blue eyes", "blue eyes"),
        ("上海的5个客户", "5个"),
    ],
)
def test_what_nobody_knows_is_told_beside_the_rest(text: str, unknown: str) -> None:
    reading = read(text)
    assert reading is not None
    assert reading.slots["where"] == (yes("place", "上海"),)
    assert reading.slots["unknown"] == (unknown,)


@pytest.mark.parametrize(
    ("text", "topic", "unknown"),
    [
        ("蓝色客户的待办", "tasks", "蓝色"),
        ("蓝色客户的联系人", "contact", "蓝色"),
        ("没有预算的商机", "deals", "没有预算"),
        ("没有官司的客户", "customers", "没有官司"),
        ("tasks for blue customers", "tasks", "blue"),
        ("本周新增的联系人", "contact", "本周新增"),
    ],
)
def test_what_alone_narrows_and_nobody_knows_is_told(text: str, topic: str, unknown: str) -> None:
    reading = read(text)
    assert reading is not None
    assert (reading.slots["topic"], reading.slots["where"], reading.slots["unknown"]) == (topic, (), (unknown,))


def test_whose_and_how_it_is_asked_is_read_too() -> None:
    mine, his, teams = read("我的上海客户"), read("小方的上海客户"), read("华东组的医院客户")
    counted, summed = read("上海有多少家重点客户"), read("上海的商机一共多少钱")
    assert mine and his and teams and counted and summed
    assert (mine.slots["user"].key, his.slots["user"].key, teams.slots["team"]) == (SENDER, "方一诺", "华东组")
    assert (counted.slots["how"], summed.slots["how"]) == ("count", "sum")


@pytest.mark.parametrize(
    "text",
    [
        "签了上海的单子",
        "丢了上海的单子",
        "明天去上海拜访重点客户",
        "上海的重点客户今天都联系了",
        "苏州的客户要50万以上的报价",
        "这个月要签的单子都推进到商务谈判",
        "没有联系人电话",
        "客户没有决策人",
        "上海来的客户说不错",
        "我在上海见客户",
        "上海医院",
        "我们在上海有客户",
        "50万的单子",
        "把上海的重点客户交接给小方",
        "给上海的重点客户发报价",
        "下周去杭州拜访没有商机的客户",
        "医疗行业的客户都在压价",
        "remind me to visit hospitals in Shanghai",
        "the hospital in Shanghai has no budget",
        "won the deal in Shanghai",
        "our customers in Shanghai are happy",
        "晨岚这个月要签",
        "晨岚是这个月要签的",
        "晨岚没有报价",
        "晨岚有200人",
        "今天拜访了上海的客户",
        "拜访上海的重点客户",
        "明天上海拜访",
        "Joy visits Shanghai this week",
        "王总这个月生日",
        "my birthday is next week",
        "晨岚的商机",
        "200人以上",
        "50万的",
        "客户没有预算",
        "没有预算",
        "没有预算的事",
        "上海 制造业",
        "下个月要签 没有合同",
        "晨岚 上海 没有报价",
        "是这个月要签的",
        "我们在上海没有商机",
        "重点",
        "50万",
        "行业",
        "",
    ],
)
def test_a_report_or_a_name_is_no_list(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("有多少", {"how": "count"}),
        ("一共多少钱", {"how": "sum"}),
        ("how many are there", {"how": "count"}),
        ("how much in total", {"how": "sum"}),
        ("只看上海", {"where": (yes("place", "上海"),)}),
        ("那50万以上的呢", {"where": (yes("amount", yuan(500_000), None),)}),
        ("其中没有报价的", {"where": (no("has", "quote"),)}),
        ("just the key accounts", {"where": (yes("tier", "key"),)}),
        ("what about those not contacted for 30 days", {"where": (yes("silent", 30),)}),
    ],
)
def test_the_list_shown_last_is_asked_for_anew(text: str, told: dict[str, Any]) -> None:
    [reading] = understand(text, now=NOW, names=NAMES, sender=SENDER).readings
    assert reading.slots["again"]
    assert {name: reading.slots.get(name) for name in told} == told


@pytest.mark.parametrize(
    "text",
    [
        "多少钱一套",
        "多少钱",
        "那晨岚呢",
        "那小方呢",
        "那上海的客户呢",
        "只要50万",
        "其中50万先付",
        "that is just it",
        "only won",
        "那下周呢",
    ],
)
def test_what_only_sounds_so_is_not_told_of_the_list_shown_last(text: str) -> None:
    readings = understand(text, now=NOW, names=NAMES, sender=SENDER).readings
    assert not any(reading.slots.get("again") for reading in readings)
