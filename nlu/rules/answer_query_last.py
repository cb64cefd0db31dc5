"""When was the last time: 上次去晨岚是什么时候, 白鹭多久没联系了, when did we last visit Northwind.

Slots as in answer_query: topic visits, how last, and onsite True where somebody went there. The whole message must ask
that of one customer or one person, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.question import colleagues
from nlu.rule import Mention, Rule
from nlu.rules.answer_query_person import whom_at
from nlu.scene import Scene

NAME = "\ue000"  # where the customer, the person and colleagues stand in the text that the patterns see
LONGEST = 60
LAST = re.compile(
    r"(?<!那)(?:上一?次|上一?回|(?:最近|最后|最末)(?:的)?一[次回]|最近(?=联系|拜访|沟通|接触|见面)|最后(?=联系|拜访|沟通|接触|见面))"
    r"|\b(?:last|latest|most recent(?:ly)?)\b"
)
WHEN = re.compile(
    r"什么时候|啥时候?|几时|何时|哪[一]?天|几号|几月|多久(?:以前|之前|前)|时间|日期|\bwhen\b|\bhow long ago\b|\bdate\b"
)
SINCE = re.compile(
    r"(?:多久|多长时间|几天|多少天|几个?月|多少日子)[^,。]{0,8}?[没未冇]"
    r"|\bhow long (?:has it been |is it |it's been |it has been )?since\b|\bhow long (?:have|has|haven't|hasn't)\b"
)
WENT = re.compile(r"[去到]过?(?!现在)|拜访|走访|上门|跑|见|\b(?:visit(?:ed)?|see|saw|seen|meet|met|went)\b")
SMALL = re.compile(  # what such a question is made of; possessive, so that nothing is tried twice
    r"(?:上一?次|上一?回|最近|最后|最末|一[次回]|什么时候|啥时候?|几时|何时|哪[一]?天|几号|几月几号|几月|多久|多长时间|多少天|几天|几个?月|多少日子|以前|之前|前"
    r"|我们?|咱们?|大家|有人|他们|公司|客户|那边|这边|那儿|这家|那家|这个|是|在|有|都|已经|到现在|至今|距今|今天|距离|离|跟|和|与|同|给|对|往|往来"
    r"|[去到见聊跑]|拜访|走访|回访|上门|联系|联络|沟通|接触|交流|跟进|打电话|通电话|打交道|碰面|碰头|见面|面谈|来往|互动|找"
    r"|的|了|过|呢|啊|呀|吧|嘛|来着|没有?|未|冇|请问|帮我|查一?下|查查|看一?下|看看|问一?下|时间|日期"
    r"|\b(?:when|did|was|were|is|are|it|it's|how|long|ago|has|have|had|haven't|hasn't|been|since|the|our|my|we|i|you|us|anyone"
    r"|anybody|somebody|someone|last|latest|most|recent|recently|time|date|that|of|to|with|at|on|for|a|in|and|not|please|do|tell|me"
    r"|visit|visited|see|saw|seen|meet|met|meeting|went|go|contact|contacted|call|called|phone|phoned|talk|talked|speak|spoke"
    r"|spoken|touch|touched|chat|chatted|email|emailed|reach|reached|out|hear|heard|from|conversation)\b|'s"
    rf"|{NAME}|[\s?。.!,~])*+"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The last contact that the whole message asks about."""
    text = _masked(scene)
    if len(scene.folded) > LONGEST or not _asks(text) or not SMALL.fullmatch(text):
        return
    people, customers = _named(scene, "person"), _named(scene, "customer")
    if len({find.start for find in people}) > 1 or len({find.start for find in customers}) > 1:
        return
    place = next((one for one in scene.clauses if one.all("person", "customer")), clause)
    about: dict[str, Any] = {}
    if people and not _is_colleague(scene, people[0].start):
        about = whom_at(scene, place, people[0])
    elif place.customer is not None:
        about = {"customer": place.customer}
    if about:
        onsite = {"onsite": True} if WENT.search(text) else {}
        yield {"topic": "visits", "how": "last"} | about | _by_whom(scene, place, text) | onsite


def _asks(text: str) -> bool:
    return SINCE.search(text) is not None or (LAST.search(text) is not None and WHEN.search(text) is not None)


def _masked(scene: Scene) -> str:
    """The message with a sign in place of each name; a time, a sum or a number is left, and fits nothing."""
    text, end = "", 0
    for find in sorted(scene.finds, key=lambda find: (find.start, -find.end)):
        if find.kind in ("customer", "person", "user") and find.start >= end:
            text, end = text + scene.folded[end : find.start] + NAME, find.end
    return text + scene.folded[end:]


def _named(scene: Scene, kind: str) -> list[Any]:
    return [find for find in scene.finds if find.kind == kind]


def _is_colleague(scene: Scene, start: int) -> bool:
    return any(find.start == start for find in _named(scene, "user"))


def _by_whom(scene: Scene, clause: Clause, text: str) -> dict[str, Any]:
    """The colleague who is asked about, or the sender: 我多久没去晨岚了."""
    if named := colleagues(scene, clause):
        return {"user": named[0]}
    is_own = re.search(r"我(?!们)|\bi\b|\bmy\b", text) is not None
    if is_own and scene.sender in scene.names.users and scene.sender is not None:
        return {"user": Mention(scene.names.users[scene.sender].name, scene.sender)}
    return {}


WORDS = (
    "次",
    "回",
    "最近",
    "最后",
    "多久",
    "多长时间",
    "几天",
    "多少天",
    "月",
    "日子",
    "last",
    "latest",
    "recent",
    "long",
)
RULES = (Rule("answer_query", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "上次去晨岚是什么时候",
    "晨岚上次是什么时候去的?",
    "多久没联系白鹭了",
    "白鹭多久没去了",
    "我们跟晨岚多长时间没联系了",
    "最后一次见何总是哪天",
    "最近一次拜访晨岚是什么时候",
    "晨岚最后联系时间",
    "我上次给何总打电话是几号",
    "when did we last visit Northwind?",
    "how long since we talked to Lena?",
    "when was Northwind last contacted",
    "when was the last time we spoke to Northwind",
    "how long has it been since our last meeting with Northwind?",
)
COUNTER_EXAMPLES = (
    "上次去晨岚聊得不错",
    "上次见何总是上周三",
    "好久没联系白鹭了,今天打了个电话",
    "何总问多久没维护了",
    "last time we visited Northwind they wanted a demo",
    "when did Northwind last pay",
    "how long until Northwind signs",
)
