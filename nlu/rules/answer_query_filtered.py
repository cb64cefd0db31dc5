"""A list narrowed in words: 上海的重点客户, 50万以上这个月要签的, hospitals in Shanghai without a deal. Slots as in
answer_query, and where tuple[Condition], sort str, top int (so many of the first), unknown tuple[str] (what was not
understood), again True (sorts the list shown last).

The whole message must be such a list: what nlu/filters does not know is let pass only as one condition more, beside
others, where the sentence says plainly that a list is wanted. What the other rules of questions read whole is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crm.filters import Condition
from nlu.clauses import Clause
from nlu.filters.found import Scan
from nlu.filters.scan import scan
from nlu.filters.shape import is_list, is_order_alone
from nlu.filters.slots import list_slots
from nlu.question import customers_asked
from nlu.rule import Mention, Rule
from nlu.rules.answer_query import read as read_asked
from nlu.rules.answer_query_customers import read as read_customers
from nlu.rules.answer_query_short import read as read_named
from nlu.scene import Scene

MOST = 90  # characters
OF_THE_LAST = re.compile(
    r"\s*(?:那|其中|里面|(?:what|how) about |(?:only|just) (?:the|those) )"
)  # answer_query_again.py
OTHERS = frozenset({"deal", "task", "phone", "email", "percent"})
KNOWN_ELSEWHERE = {  # read by the other rules of questions, if nothing else narrows the list
    "customers": ("tier", "silent", "created"),
    "deals": ("stage", "closing", "closed", "created", "outcome", "silent", "stalled"),
    "contact": ("role",),
    "tasks": (),
    "visits": (),
}
OTHER_RULES = {"customers": (read_customers,), "deals": (read_named, read_asked)}  # who may not read it all the same
NO_NEXT_STEP = Condition("has", ("next_step",), is_denied=True)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The narrowed list that the whole message asks for."""
    if len(scene.folded) > MOST or OF_THE_LAST.match(scene.folded) or scene.has_any(*OTHERS) or names_person(scene):
        return
    found = scan(scene, clause)
    if is_order_alone(scene, found):
        yield {"topic": "customers", "sort": found.sort, "again": True}
    if not (found.conditions or found.sort or found.has_unknown_alone) or not is_list(scene, found):
        return
    others = OTHER_RULES.get(found.topic)
    if _is_of_others(found) and (others is None or any(True for other in others for _ in other(scene, clause))):
        return
    slots = list_slots(scene, found)
    if found.names_customer:
        yield from (slots | {"customer": one} for one in _customers(scene, clause, found))
    elif not found.users:
        yield slots
    for user in found.users:
        yield slots | {"user": user.value}


def _customers(scene: Scene, clause: Clause, found: Scan) -> list[Mention]:
    """The customers whose list it is; none where one of them is not known, or customers are what is listed."""
    named = customers_asked(scene, clause)
    is_known = all(one.key is not None or one.candidates for one in named)
    return named if is_known and found.topic != "customers" else []


def names_person(scene: Scene) -> bool:
    """Whether it names somebody at a customer; who may as well be a colleague is one."""
    users = {find.start for find in scene.finds if find.kind == "user"}
    return any(find.kind == "person" and find.start not in users for find in scene.finds)


def _is_of_others(found: Scan) -> bool:
    """Whether the other rules read all of it: a noun, and one condition that they know."""
    names = {condition.name for condition in found.conditions} - {"outcome"}
    known = KNOWN_ELSEWHERE[found.topic]
    no_step = NO_NEXT_STEP if found.topic == "deals" else None
    plain = all(c == no_step or (c.name in known and not c.is_denied) for c in found.conditions)
    if found.names_customer:
        return False
    one = all(len(c.values) == 1 for c in found.conditions if c.name in ("tier", "stage", "outcome"))
    return plain and one and len(names) < 2 and bool(found.topics) and not (found.sort or found.rest or found.team)


WORDS = (
    *(
        "按",
        "客户",
        "商机",
        "单",
        "项目",
        "机会",
        "公司",
        "企业",
        "医院",
        "行业",
        "厂",
        "校",
        "的",
        "哪",
        "多少",
        "几家",
        *("以上", "以下", "没有", "联系人", "拜访", "待办", "任务", "决策人", "生日"),
    ),
    *("over ", "under ", "above ", "than ", "closing", "due", "visited", "contacted", "birthday", "contacts", "people"),
    *("decision maker", "visits", "tasks", "to-dos"),
    *("customers", "accounts", "clients", "companies", "deals", "opportunities", "hospitals", "schools", "banks"),
    *("clinics", "factories", "hotels", "manufacturers", "universities", "restaurants", "retailers", "first", "by "),
)
RULES = (Rule("answer_query", "filtered", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "上海的重点客户",
    "三十天没联系的",
    "医疗行业 没有商机的",
    "50万以上这个月要签的",
    "20到50万之间的商机",
    "上海有多少家A类客户",
    "hospitals in Shanghai without a deal",
    "tier A customers not contacted for 30 days",
    "deals between 200k and 500k closing this month",
    "华东的医院,按最近联系排",
    "没有决策人的客户",
    "没填行业的客户",
    "本周联系过的客户",
    "商务谈判以后的单子",
    "云杉软件在里面的单子",
    "不在上海的重点客户",
    "customers in Shanghai or Hangzhou without an open task",
    "小方的上海客户",
    "按金额排",
    "最久没联系的在前",
    "有50万以上商机的医院",
    "deals in negotiation or proposal over 300k",
    "本月要签的单子",
    "年底前要签的",
    "50万以上的",
    "浙江 制造业 没有商机",
    "商务谈判 100万以上",
    "over 500k closing next month",
    "重点客户的商机总额",
    "今年签了50万以上的",
)
COUNTER_EXAMPLES = (
    "今天去了上海的重点客户,聊了排产软件",
    "联系上海的客户",
    "上海的客户要签了",
    "客户没有联系人",
    "晨岚在上海的工厂没有联系人",
    "拜访了三家上海的医院",
    "50万以上",
    "这个月要签",
    "三十天没联系了",
    "重点",
    "上海",
    "新客户上海鹿鸣医院,医疗行业",
    "明天去上海见重点客户",
    "上海的客户说价格太高",
    "the customers in Shanghai said it is too expensive",
    "met three hospitals in Shanghai",
    "这个月要签上海的单子",
    "今天见上海的重点客户",
    "这周去上海的客户",
    "是上海的客户",
    "上海医院",
    "上海公司",
    "我的客户在上海",
    "没有上海的客户",
    "we have customers in Shanghai",
    "lost two deals in Shanghai last week",
    "上海的客户价格都谈好了",
    "华东组今天拜访了上海的客户",
    "上海 制造业",
    "50万的",
    "下个月要签 没有合同",
    "晨岚 上海 没有报价",
)
