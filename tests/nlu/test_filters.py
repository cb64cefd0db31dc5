"""What lists are narrowed by, as words tell it: every entry of the table, in both languages, and what is none."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import Any

import pytest

from crm.filters import Condition
from crm.industries import industries
from crm.money import Money
from crm.places import openings, places, said_as
from nlu.examples import NOW, SENDER, example_names
from nlu.filters.scan import scan
from nlu.filters.slots import list_slots
from nlu.filters.table import TABLE, compiled
from nlu.rule import Reading
from nlu.scene import lay_out
from nlu.understand import understand
from tests.nlu.test_patterns_hostile import HOSTILE, LIMIT

NAMES = example_names()
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
WEEK = (date(2026, 11, 16), date(2026, 11, 22))


def read(text: str) -> Reading | None:
    readings = understand(text, now=NOW, names=NAMES, sender=SENDER).readings
    return next((reading for reading in readings if reading.rule == "filtered"), None)


def yes(name: str, *values: Any) -> Condition:
    return Condition(name, values)


def no(name: str, *values: Any) -> Condition:
    return Condition(name, values, is_denied=True)


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


CASES: tuple[tuple[str, str, tuple[Condition, ...]], ...] = (
    ("上海的重点客户", "customers", (yes("place", "上海"), yes("tier", "key"))),
    ("上海客户", "customers", (yes("place", "上海"),)),
    ("苏州和长沙的客户", "customers", (yes("place", "苏州", "长沙"),)),
    ("苏州或者长沙的客户", "customers", (yes("place", "苏州", "长沙"),)),
    ("除了上海的重点客户", "customers", (no("place", "上海"), yes("tier", "key"))),
    ("上海以外的VIP客户", "customers", (no("place", "上海"), yes("tier", "vip"))),
    ("华东的医院", "customers", (yes("place", "华东"), yes("industry", "医院"))),
    ("西湖区的重点客户", "customers", (yes("place", "西湖区"), yes("tier", "key"))),
    ("A类客户里没有联系人的", "customers", (yes("tier", "vip", "key"), no("has", "contact"))),
    ("哪些重点客户没有联系人", "customers", (yes("tier", "key"), no("has", "contact"))),
    ("陶瓷行业的客户", "customers", (yes("industry", "陶瓷"),)),
    ("三十天没联系的", "customers", (yes("silent", 30),)),
    ("浙江 制造业 没有商机", "customers", (yes("place", "浙江"), yes("industry", "制造业"), no("has", "deal"))),
    ("目标客户 没有决策人", "customers", (yes("tier", "target"), no("has", "decision_maker"))),
    ("本月要签的单子", "deals", (yes("closing", *NOVEMBER),)),
    ("年底前要签的", "deals", (yes("closing", None, date(2026, 12, 31)),)),
    ("50万以上的", "deals", (yes("amount", yuan(500_000), None),)),
    ("没有竞品的商机", "deals", (no("has", "competitor"),)),
    ("有竞争对手的上海客户", "customers", (yes("has", "competitor"), yes("place", "上海"))),
    ("deals without a contract", "deals", (no("has", "contract"),)),
    ("逾期没签的单子", "deals", (yes("outcome", "open"), yes("closing", None, date(2026, 11, 19)))),
    ("deals past their close date", "deals", (yes("outcome", "open"), yes("closing", None, date(2026, 11, 19)))),
    ("两周没拜访的上海客户", "customers", (yes("silent", 14), yes("place", "上海"))),
    ("很久没联系的医院", "customers", (yes("silent"), yes("industry", "医院"))),
    ("从没联系过的上海客户", "customers", (no("contacted", None, None), yes("place", "上海"))),
    ("本周联系过的客户", "customers", (yes("contacted", *WEEK),)),
    ("本周没联系的客户", "customers", (no("contacted", *WEEK),)),
    ("没有商机和任务的客户", "customers", (no("has", "deal", "task"),)),
    ("有商机和联系人的医院", "customers", (yes("has", "deal"), yes("has", "contact"), yes("industry", "医院"))),
    ("没有决策人的客户", "customers", (no("has", "decision_maker"),)),
    ("没填行业的客户", "customers", (no("filled", "industry"),)),
    ("没有电话和地址的客户", "customers", (no("filled", "phone", "address"),)),
    ("展会来的客户", "customers", (yes("source", "展会"),)),
    ("来源是抖音直播的客户", "customers", (yes("source", "抖音直播"),)),
    ("这个月新增的上海客户", "customers", (yes("created", *NOVEMBER), yes("place", "上海"))),
    ("50万以上的商机", "deals", (yes("amount", yuan(500_000), None),)),
    ("不到20万的单子", "deals", (yes("amount", None, yuan(200_000)),)),
    ("20到50万之间的商机", "deals", (yes("amount", yuan(200_000), yuan(500_000)),)),
    ("50万以上这个月要签的", "deals", (yes("amount", yuan(500_000), None), yes("closing", *NOVEMBER))),
    ("上海这个月签了的单子", "deals", (yes("place", "上海"), yes("outcome", "won"), yes("closed", *NOVEMBER))),
    ("这个月丢的50万以上的单子", "deals",
     (yes("outcome", "lost"), yes("closed", *NOVEMBER), yes("amount", yuan(500_000), None))),
    ("方案报价或者商务谈判阶段的商机", "deals", (yes("stage", "proposal", "negotiation"),)),
    ("方案报价及以上的商机", "deals", (yes("stage", "proposal", "bidding", "negotiation"),)),
    ("不在商务谈判的商机", "deals", (no("stage", "negotiation"),)),
    ("云杉软件在里面的单子", "deals", (yes("competitor", "云杉软件"),)),
    ("上海进行中的商机", "deals", (yes("place", "上海"), yes("outcome", "open"))),
    ("卡住的50万以上的单子", "deals", (yes("stalled"), yes("amount", yuan(500_000), None))),
    ("小方名下没有下一步的客户", "customers", (no("has", "next_step"),)),
    ("江浙沪的客户", "customers", (yes("place", "江浙沪"),)),
    ("有没有上海的客户", "customers", (yes("place", "上海"),)),
    ("上海的重點客戶", "customers", (yes("place", "上海"), yes("tier", "key"))),
    ("我名下三十天没跟进的上海客户", "customers", (yes("silent", 30), yes("place", "上海"))),
    ("没填金额的商机", "deals", (no("filled", "amount"),)),
    ("hospitals in Shanghai without a deal", "customers",
     (yes("industry", "hospitals"), yes("place", "上海"), no("has", "deal"))),
    ("tier A customers not contacted for 30 days", "customers", (yes("tier", "vip", "key"), yes("silent", 30))),
    ("customers outside Shanghai never contacted", "customers", (no("place", "上海"), no("contacted", None, None))),
    ("key accounts in Suzhou or Hangzhou", "customers", (yes("tier", "key"), yes("place", "苏州", "杭州"))),
    ("customers without a phone number", "customers", (no("filled", "phone"),)),
    ("customers from trade shows", "customers", (yes("source", "trade shows"),)),
    ("customers added this month in Shanghai", "customers", (yes("created", *NOVEMBER), yes("place", "上海"))),
    ("deals over 500k closing this month", "deals", (yes("amount", yuan(500_000), None), yes("closing", *NOVEMBER))),
    ("deals won this month over 500k", "deals",
     (yes("outcome", "won"), yes("closed", *NOVEMBER), yes("amount", yuan(500_000), None))),
    ("deals worth more than 1 million", "deals", (yes("amount", yuan(1_000_000), None),)),
    ("deals with Oakfield", "deals", (yes("competitor", "Oakfield"),)),
    ("deals between 200k and 500k without a next step", "deals",
     (yes("amount", yuan(200_000), yuan(500_000)), no("has", "next_step"))),
    ("which deals did we win in Shanghai this month", "deals",
     (yes("outcome", "won"), yes("place", "上海"), yes("closed", date(2026, 11, 1), date(2026, 11, 30)))),
    ("which deals have we lost this year in healthcare", "deals",
     (yes("outcome", "lost"), yes("closed", date(2026, 1, 1), date(2026, 12, 31)), yes("industry", "healthcare"))),
    ("deals in negotiation or bidding over 300k", "deals",
     (yes("stage", "negotiation", "bidding"), yes("amount", yuan(300_000), None))),
    ("医疗或者教育行业", "customers", (yes("industry", "医疗", "教育"),)),
    ("200人以上的医院", "customers", (yes("size", 200, None), yes("industry", "医院"))),
    ("100到500人的客户", "customers", (yes("size", 100, 500),)),
    ("不到两百人的客户", "customers", (yes("size", None, 200),)),
    ("公司人数超过500的客户", "customers", (yes("size", 500, None),)),
    ("customers with more than 1,000 employees", "customers", (yes("size", 1_000, None),)),
    ("companies with fewer than 100 people", "customers", (yes("size", None, 100),)),
    ("customers with 100 to 500 staff", "customers", (yes("size", 100, 500),)),
    ("今年没签单的重点客户", "customers",
     (no("won", date(2026, 1, 1), date(2026, 12, 31)), yes("tier", "key"))),
    ("从没成交过的客户", "customers", (no("won", None, None),)),
    ("customers who have not bought this year", "customers", (no("won", date(2026, 1, 1), date(2026, 12, 31)),)),
    ("有决策人但没有商机的客户", "customers", (yes("has", "decision_maker"), no("has", "deal"))),
    ("本周拜访了哪些医院", "customers", (yes("contacted", *WEEK), yes("industry", "医院"))),
    ("which hospitals did we visit this week", "customers", (yes("industry", "hospitals"), yes("contacted", *WEEK))),
    ("never visited", "customers", (no("contacted", None, None),)),
    ("没有邮箱的客户", "customers", (no("filled", "email"),)),
    ("本月上海的商机", "deals", (yes("closing", *NOVEMBER), yes("place", "上海"))),
    ("重点客户的联系人", "contact", (yes("tier", "key"),)),
    ("上海的决策人", "contact", (yes("place", "上海"), yes("role", "decision_maker"))),
    ("生日在这个月的联系人", "contact", (yes("birthday", *NOVEMBER),)),
    ("谁这个月过生日", "contact", (yes("birthday", *NOVEMBER),)),
    ("本月新增客户的联系人", "contact", (yes("created", *NOVEMBER),)),
    ("contacts of our A customers", "contact", (yes("tier", "vip", "key"),)),
    ("birthdays this month", "contact", (yes("birthday", *NOVEMBER),)),
    ("contacts in Shanghai without an email", "contact", (yes("place", "上海"), no("filled", "email"))),
    ("重点客户的待办", "tasks", (yes("tier", "key"),)),
    ("上海客户的逾期任务", "tasks", (yes("place", "上海"),)),
    ("没完成的上海任务", "tasks", (yes("place", "上海"),)),
    ("finished tasks for key accounts this week", "tasks", (yes("tier", "key"),)),
    ("重点客户的拜访记录", "visits", (yes("tier", "key"),)),
    ("本周上海有几次拜访", "visits", (yes("place", "上海"),)),
    ("visits to key accounts last week", "visits", (yes("tier", "key"),)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "topic", "where"), CASES)
def test_conditions_are_read_as_they_are_said(text: str, topic: str, where: tuple[Condition, ...]) -> None:
    reading = read(text)
    assert reading is not None
    assert (reading.slots["topic"], reading.slots["where"]) == (topic, where)
    assert "unknown" not in reading.slots


def test_every_condition_is_among_the_cases() -> None:
    read_ones = {condition.name for _, _, where in CASES for condition in where}
    elsewhere = {"never", "open", "late", "at", "overdue", "done"}  # read as another one, as a period, or as a slot
    assert read_ones == {entry.name for entry in TABLE} - elsewhere | {"contacted", "outcome"}


def test_a_part_of_a_message_is_read_by_itself() -> None:
    scene = lay_out("导出上海的重点客户成excel", NOW, NAMES, SENDER)
    found = scan(scene, scene.clauses[0], 2, 9)
    assert (found.rest, found.topic) == ([], "customers")
    assert list_slots(scene, found)["where"] == (yes("place", "上海"), yes("tier", "key"))


def test_names_of_places_and_industries_stand_for_one_thing() -> None:
    for name, said in said_as().items():
        assert name in places()[said].names
        assert name in openings(said)
    assert all(place.within in places() for place in places().values() if place.within)
    assert all(part in places() for place in places().values() for part in place.parts)
    assert all(words for words in industries().values())


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry.name, pattern) for entry, pattern in compiled()]


@pytest.mark.parametrize(("name", "pattern"), _patterns(), ids=[name for name, _ in _patterns()])
def test_an_entry_is_done_with_hostile_text_at_once(name: str, pattern: re.Pattern[str]) -> None:
    for text in (*HOSTILE, *(text * 2_000 for text in ("\ue005、", "没有商机和", "不在", "超过三十天", "\ue002或"))):
        start = time.process_time()
        for _ in pattern.finditer(text[:4_096]):
            pass
        assert time.process_time() - start < LIMIT, f"{name} on {text[:12]!r}"


def test_a_message_made_to_stall_is_read_at_once() -> None:
    for unit in (
        "上海的",
        "没有商机",
        "客户",
        "50万以上",
        "三十天没联系",
        "in Shanghai or ",
        "without a deal ",
        "按金额排",
    ):
        for length in (90, 4_000):
            start = time.process_time()
            read((unit * length)[:length])
            assert time.process_time() - start < 2 * LIMIT, unit
