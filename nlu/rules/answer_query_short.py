"""What is wanted, named and nothing else said: 我的商机, my overdue tasks. Slots as in answer_query.

The whole message must consist of names, times and words that only name lists: one word that tells anything is enough
not to read it so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.asking import COUNT, SUM, nobody
from nlu.clauses import Clause
from nlu.lexicon import word_set, words
from nlu.question import TOPICS, question, topic_of
from nlu.rule import Rule
from nlu.scene import Scene

KINDS = ("when", "user", "customer", "person", "deal", "stage")
MOST = 40  # characters: what is longer tells something
OF_VISITS = re.compile(
    r"(?:的|最近|近期).{0,6}(?:拜访|跟进|联系)|(?:拜访|跟进|联系)(?:记录|情况|清单|列表|汇总|明细)|^\s*拜访\s*$|visits"
)

CHECK_INS = re.compile(
    r"(?:看看|看一?下|查一?下|查看|给我|我)? ?(?:的 ?){0,3}"
    r"(?:(?<=[的 ])(?:签到|打卡)|(?:签到|打卡)(?:的?(?:记录|情况|列表|清单|明细)))"
    r"|(?:show me |show |list )?(?:my )?(?:'s )?check[ -]?ins?(?: (?:log|list|history))?(?: (?:at|of|for))?"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The list that the whole message names."""
    topic = topic_of(clause)
    if topic is None and clause.all("stage") and (SUM.search(clause.text) or COUNT.search(clause.text)):
        topic = "deals"
    if topic is None or clause.has("deal_new") or (topic == "visits" and not OF_VISITS.search(clause.text)):
        return
    if is_only_named(scene, clause):
        slots = question(scene, clause, topic)
        if "how" not in slots and clause.all("customer") and not clause.all("deal"):
            slots.pop("deal", None)  # 晨岚的商机 are all of them, whichever was spoken of before
        yield slots


def read_check_ins(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The visits, whose lines tell where they were checked in at."""
    if len(scene.clauses) > 1 or len(clause.text) > MOST:
        return
    if CHECK_INS.fullmatch(_without_names(clause, clause.start, clause.end).strip(" 。.!?")):
        yield question(scene, clause, "visits")


def is_only_named(scene: Scene, clause: Clause) -> bool:
    """Whether what is left of the message without the names and times says no more than what list is wanted."""
    if len(scene.clauses) > 1 or len(clause.text) > MOST or clause.all("money", "percent", "phone", "task"):
        return False
    left = _without_names(clause, clause.start, clause.end)
    if stranger := nobody(scene, clause):
        left = left.replace(stranger.text.lower(), " ", 1)
    return _names_only(left)


def is_list_named(clause: Clause, start: int, end: int) -> bool:
    """Whether a part of a clause, without its names and times, says what list is wanted."""
    return _names_only(_without_names(clause, start, end))


def _without_names(clause: Clause, start: int, end: int) -> str:
    rest = list(clause.text)
    for find in clause.all(*KINDS):
        rest[find.start - clause.start : find.end - clause.start] = " " * (find.end - find.start)
    return "".join(rest)[start - clause.start : end - clause.start]


def _names_only(left: str) -> bool:
    latin = re.findall(r"[a-z][a-z'-]*|'s", left)
    return all(word in word_set("only_lists") for word in latin) and bool(
        _chinese().fullmatch(re.sub(r"[a-z'-]", " ", left))
    )


@lru_cache(maxsize=1)
def _chinese() -> re.Pattern[str]:
    """The Chinese words that name lists, one after the other; possessive, so that nothing is tried twice."""
    listed = sorted((word for word in words("only_lists") if not word.isascii()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(listed)}|\d{{1,3}}|[\s?。!.,])*+")


RULES = (
    Rule("answer_query", "named only", tuple(f"ask_{topic}" for topic in TOPICS), read, certain=True),
    Rule("answer_query", "check-ins named", (), read_check_ins, certain=True, words=("签到", "打卡", "check")),
    Rule("answer_query", "stage named only", (), read, ("stage",), certain=True),
)
EXAMPLES = (
    "我的商机",
    "没有下一步的单子",
    "my overdue tasks",
    "deals in negotiation",
    "本月要成交的单子",
    "visits this month",
    "今天的签到",
    "晨岚的打卡记录",
    "my check-ins today",
)
COUNTER_EXAMPLES = (
    "拜访白鹭",
    "明天拜访白鹭",
    "新建商机",
    "close the deals",
    "白鹭的单子推进到商务谈判",
    "签到",
    "check in",
    "白鹭的签到系统要升级",
)
