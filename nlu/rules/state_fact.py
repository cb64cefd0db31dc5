"""A fact that a pipeline may ask for before a deal moves on.

Slots: customer, deal Mention, at When, fact str: quote_sent, needs_known, decision_maker_known, bid_date or
contract_date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import ahead, asked, denied, supposed, told_as_past
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.telling import about, due_at, told_at

FACTS = {
    "quote_sent": "quote_sent",
    "needs_known": "needs_known",
    "role_decision_maker": "decision_maker_known",
    "bid": "bid_date",
}

WANTED = re.compile(
    r"就[行好可]|即可|记得|提醒|麻烦|务必|请|帮我|让|等[^,。]{0,6}(?:后|再)|再说|重新发|要把|得把|需要|吧$|一下"
)

PROMISED = re.compile(  # a paper on it that is to be made or sent tells nothing of what is known
    r"把[^,。]{1,20}(?:发|给|交|整理|梳理|理清|弄清|搞清|摸清|问清)"
    r"|\b(?:i|we)(?:'ll|’ll| will| shall) (?:\w+ )?(?:send|give|share|write|forward|prepare|find out|get)\b"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The facts that a clause states outright."""
    if asked(scene, clause) or supposed(scene, clause) or not clause.customer or clause.has("ask"):
        return
    for group, fact in FACTS.items():
        word = clause.word(group)
        if word is None or denied(clause, word) or _is_to_come(scene, clause, fact):
            continue
        slots = about(scene, clause) | {"fact": fact}
        at = due_at(scene, clause) if fact == "bid_date" else told_at(scene, clause)
        if fact == "bid_date" and at is None:
            continue
        yield slots | ({"at": at} if at else {})


def _is_to_come(scene: Scene, clause: Clause, fact: str) -> bool:
    """Whether a clause wants or promises something, rather than tells that it is so."""
    if fact == "quote_sent":
        return ahead(scene, clause) or WANTED.search(clause.text) is not None
    return PROMISED.search(clause.text) is not None and not told_as_past(clause)


RULES = (Rule("state_fact", "stated", tuple(FACTS), read),)
EXAMPLES = ("白鹭的需求都确认了", "晨岚的报价已经发了", "白鹭的报价已经发过去了", "报价发给白鹭了", "晨岚12月3号开标")
COUNTER_EXAMPLES = (
    "白鹭的需求还没确认",
    "今天去了晨岚",
    "明天把报价发给白鹭就行了",
    "周一前把白鹭的决策流程发你",
    "I'll send you Northwind's decision process by Monday",
)
