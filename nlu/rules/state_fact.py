"""A fact that a pipeline may ask for before a deal moves on.

Slots: customer, deal Mention, at When, fact str: quote_sent, needs_known, decision_maker_known, bid_date or
contract_date.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, denied, supposed
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.telling import about, due_at, told_at

FACTS = {
    "quote_sent": "quote_sent",
    "needs_known": "needs_known",
    "role_decision_maker": "decision_maker_known",
    "bid": "bid_date",
}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The facts that a clause states outright."""
    if asked(scene, clause) or supposed(scene, clause) or not clause.customer or clause.has("ask"):
        return
    for group, fact in FACTS.items():
        word = clause.word(group)
        if word is None or denied(clause, word):
            continue
        slots = about(scene, clause) | {"fact": fact}
        at = due_at(scene, clause) if fact == "bid_date" else told_at(scene, clause)
        if fact == "bid_date" and at is None:
            continue
        yield slots | ({"at": at} if at else {})


RULES = (Rule("state_fact", "stated", tuple(FACTS), read),)
EXAMPLES = ("白鹭的需求都确认了", "晨岚的报价已经发了", "晨岚12月3号开标")
COUNTER_EXAMPLES = ("白鹭的需求还没确认", "今天去了晨岚")
