"""A fact that a pipeline may ask for before a deal moves on.

Slots: customer, deal Mention, at When, fact str: quote_sent, needs_known, decision_maker_known, bid_date or
contract_date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import ahead, asked, denied, supposed
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


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The facts that a clause states outright."""
    if asked(scene, clause) or supposed(scene, clause) or not clause.customer or clause.has("ask"):
        return
    for group, fact in FACTS.items():
        word = clause.word(group)
        if word is None or denied(clause, word) or (fact == "quote_sent" and _is_to_be_sent(scene, clause)):
            continue
        slots = about(scene, clause) | {"fact": fact}
        at = due_at(scene, clause) if fact == "bid_date" else told_at(scene, clause)
        if fact == "bid_date" and at is None:
            continue
        yield slots | ({"at": at} if at else {})


def _is_to_be_sent(scene: Scene, clause: Clause) -> bool:
    """Whether a clause wants a quote sent rather than tells that it was."""
    return ahead(scene, clause) or WANTED.search(clause.text) is not None


RULES = (Rule("state_fact", "stated", tuple(FACTS), read),)
EXAMPLES = ("白鹭的需求都确认了", "晨岚的报价已经发了", "白鹭的报价已经发过去了", "报价发给白鹭了", "晨岚12月3号开标")
COUNTER_EXAMPLES = ("白鹭的需求还没确认", "今天去了晨岚", "明天把报价发给白鹭就行了")
