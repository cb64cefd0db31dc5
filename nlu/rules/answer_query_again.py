"""The list shown last is asked for anew: narrowed further (只看上海的, 那50万以上的呢), or only its figure (有多少).

Slots as in answer_query: again True, with where tuple[Condition], user and team, or how str (count, sum). Where a noun
says what is listed (那上海的客户呢), it is a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.filters.found import ENGLISH, OF_A_RECORD, Scan
from nlu.filters.marks import TIER
from nlu.filters.scan import scan
from nlu.filters.slots import list_slots
from nlu.filters.words import any_of
from nlu.rule import Rule
from nlu.rules.answer_query_filtered import OTHERS, names_person
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

COUNT = (
    r"那?(?:一共|总共|合计)?(?:有)?(?:多少|几)[家个条位单]|那?(?:一共|总共)?有多少"
    r"|how many(?: is that| are (?:there|they|those))?(?: in total)?"
)
SUM = (
    r"那?(?:(?:一共|总共|合计|总计|加起来)(?:是|有)?(?:多少钱|多少金额|多少)|总(?:额|金额)(?:是|有)?多少)"
    r"|how much (?:is (?:that|it) |are they worth )?(?:in total|altogether)|how much are they worth"
    r"|what(?:'s| is) the total(?: amount| value)?"
)
FIGURE = re.compile(rf"{PLEASE}(?:(?P<count>{COUNT})|(?P<sum>{SUM}))")
NARROWED = re.compile(
    r"(?:那么?|再|然后)?(?:只看|只要|只留下?|其中|里面|(?<=再)加上)(?P<what>.{2,40}?)(?P<ask>(?:的)?有?(?:哪些|吗)|呢)?"
    r"|那么?(?P<what2>.{2,40}?)(?P<ask2>呢)"
    r"|(?:and |now |then )?(?:(?:show |list )?(?:me )?(?:only|just)"
    r" (?=the |those |in |from |with|my |over |under |not |key )"
    r"|of (?:those|these|them),? |(?:what|how) about )(?:the |those |the ones )?(?P<what3>.{2,40})"
)
WHOSE = re.compile(r"(?:的|'s)$")  # 那小方呢 may ask anything of him
NOUN = re.compile(rf"(?<!{TIER} ){any_of('noun')}")  # key accounts are of a tier


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for the figure of what stands above."""
    if said := whole(scene, clause, FIGURE):
        yield {"topic": "customers", "again": True, "how": "count" if said["count"] else "sum"}


def read_narrowed(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message narrows what stands above; a small word before or behind it says so."""
    said = whole(scene, clause, NARROWED)
    if said is None or scene.has_any(*OTHERS) or names_person(scene):
        return
    name = next(name for name in ("what", "what2", "what3") if said[name])
    found = scan(scene, clause, *said.span(name))
    asks = bool(said["ask"] or said["ask2"])
    if not _narrows(found, asks=asks):
        return
    told = list_slots(scene, found) | ({"user": found.users[0].value} if found.users else {})
    yield told if NOUN.search(found.layout.text) else told | {"topic": "customers", "again": True}


def _narrows(found: Scan, *, asks: bool) -> bool:
    """Whether it holds conditions or whose the list is, and nothing else; 只要50万 tells a price."""
    if found.rest or found.sort or found.names_customer or len(found.users) > 1:
        return False
    if any(one.name == "amount" and one.values[0] == one.values[1] for one in found.conditions):
        return False
    if not found.conditions:
        return bool(found.users or found.team) and WHOSE.search(found.layout.text) is not None
    of_record = all(one.name in OF_A_RECORD for one in found.conditions)
    return of_record or asks or found.ends_in_of or ENGLISH.search(found.layout.text) is not None


WORDS = ("多少", "几", "总额", "总金额", "how m", "total")
SMALL = ("那", "只", "再加", "其中", "里面", "only", "just", "of th", "about")
RULES = (
    Rule("answer_query", "counted again", (), read, certain=True, whole=True, words=WORDS),
    Rule("answer_query", "narrowed again", (), read_narrowed, certain=True, whole=True, words=SMALL),
)
EXAMPLES = (
    "有多少",
    "一共多少钱",
    "只看上海的",
    "那50万以上的呢",
    "那小方的呢",
    "再加上重点客户",
    "其中重点客户有哪些",
    "how many",
    "how much in total",
    "only those in Shanghai",
    "what about key accounts",
)
COUNTER_EXAMPLES = (
    "那就这样",
    "那晨岚呢",
    "那小方呢",
    "那王总呢",
    "只要50万",
    "只要签了",
    "只看了上海的工厂",
    "其中50万先付",
    "其中上海的工厂下周投产",
    "just signed",
    "that is just it",
    "what about Northwind",
)
