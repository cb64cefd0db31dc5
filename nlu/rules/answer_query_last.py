"""When was the last time: 上次去晨岚是什么时候, 白鹭多久没联系了, when did we last visit Northwind.

Slots as in answer_query: topic visits, how last, and onsite True where somebody went there. The whole message must ask
that of one customer or one person, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.lexicon import words
from nlu.question import colleagues
from nlu.rule import Mention, Rule
from nlu.rules.answer_query_person import whom_at
from nlu.scene import Scene
from nlu.whole import is_full_name

NAME = "\ue000"  # where the customer, the person and colleagues stand in the text that the patterns see
LONGEST = 60
LAST = re.compile(
    r"(?<!那)(?:上一?次|上一?回|(?:最近|最后|最末)的?一[次回])|最[近后](?=联系|拜访|沟通|接触|见面)"
    r"|最近(?=是?(?:什么时候|啥时候|几时|何时|哪[一]?天))|\b(?:last|latest|most recent(?:ly)?)\b"
)
WHEN = re.compile(
    r"什么|啥|几时|何时|哪[一]?天|几号|几月|多久(?:以前|之前|前)|时间|日期|谁|\?"
    r"|\b(?:when|how long ago|date|who|what)\b"
)
ENOUGH = re.compile(  # asks without more words
    r"(?:多久|多长时间|几天|多少天|几个?月|多少日子)[^,。]{0,8}?[没未冇]|(?:什么时候|啥时候|哪[一]?天|何时)[^,。]{0,8}?过"
    r"|(?:最近|最后)的?一[次回](?!.*[了过])"
    r"|\bhow long (?:has it been |is it |it's been |it has been )?since\b|\bhow long (?:have|has|haven't|hasn't)\b"
    r"|\bhow long ago\b|^\s?(?:the |our |my )?last (?:visit|contact|call|meeting|conversation)\b"
)
WENT = re.compile(r"[去到]过?(?!现在)|拜访|走访|上门|跑|见|\b(?:visit(?:ed)?|see|saw|seen|meet|met|went)\b")


@lru_cache(maxsize=1)
def _small() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The small words one after the other, the longest first, alone and around what may be a name; possessive, so that
    nothing is tried twice.
    """
    listed = sorted(words("only_last"), key=len, reverse=True)
    latin, han = ([word for word in listed if word.isascii() is one] for one in (True, False))
    small = rf"(?:{'|'.join(han)}|\b(?:{'|'.join(latin)})\b|'s|{NAME}|[\s?。.!,~])*+"
    return re.compile(small), re.compile(rf"{small}(?P<name>[一-鿿]{{2,4}}?|[a-z]{{2,20}}(?: [a-z]{{2,20}})?){small}")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The last contact that the whole message asks about."""
    text = _masked(scene)
    if len(scene.folded) > LONGEST or not _asks(text):
        return
    if not _small()[0].fullmatch(text):
        yield from _of_stranger(scene, text)
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


def _of_stranger(scene: Scene, text: str) -> Iterator[dict[str, Any]]:
    """The same of somebody by a full name that nobody goes by, or that the speaker is not to know."""
    said = None if NAME in text else _small()[1].fullmatch(text)
    if said and is_full_name(name := scene.original(*said.span("name"))):
        yield {"topic": "visits", "how": "last", "contact": Mention(name)}


def _asks(text: str) -> bool:
    return ENOUGH.search(text) is not None or (LAST.search(text) is not None and WHEN.search(text) is not None)


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
    *(
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
        "什么时候",
        "啥时候",
        "哪",
        "何时",
    ),
    *("last", "latest", "recent", "long"),
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
    "晨岚有多久没跟进了",
    "什么时候去过晨岚",
    "最近一次联系晨岚",
    "上次谁去的晨岚",
    "晨岚上次聊了什么",
    "how long ago did we visit Northwind",
    "last visit to Northwind?",
    "最后一次见孙慕云是哪天",
)
COUNTER_EXAMPLES = (
    "上次去晨岚聊得不错",
    "上次去了晨岚",
    "最近一次联系了晨岚",
    "去了晨岚,见了何总",
    "上次见何总是上周三",
    "好久没联系白鹭了,今天打了个电话",
    "何总问多久没维护了",
    "last time we visited Northwind they wanted a demo",
    "when did Northwind last pay",
    "how long until Northwind signs",
)
