"""A price that may have been offered: a sum or a discount in or behind a clause with words for one. The ranker says
whether it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import supposed
from nlu.rule import Find, Rule
from nlu.rules.note_quote import THEIRS
from nlu.scene import Scene
from nlu.telling import about, sums

OURS = re.compile(r"我|咱|\b(?:i|we|our)\b")
OF_LIST = re.compile(r" ?of (?:the )?list")  # 92% of list is 8 off
COMES_OFF = re.compile(r" ?(?:off|discount|的?折扣|优惠|below|less|multi-year|volume)")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The sum told behind the words for an offer, else the next one, and the discount told beside it."""
    if not clause.customer or clause.has("budget") or supposed(scene, clause) or _is_rivals(clause):
        return
    if THEIRS.search(clause.text) and not OURS.search(clause.text):
        return
    near = _near(scene, clause)
    slots = about(scene, clause)
    if found := next((f for c in near if (f := sums(scene, c))), None):
        slots["amount"] = _offered(clause, found).value
    if shares := [share for c in near if (share := _discount(scene, c)) is not None]:
        slots["discount"] = shares[0]
    if not slots.keys().isdisjoint(("amount", "discount")):
        yield slots


def _is_rivals(clause: Clause) -> bool:
    return bool(clause.all("competitor")) and not OURS.search(clause.text)


def _near(scene: Scene, clause: Clause) -> list[Clause]:
    """The clause and the two behind it in its sentence, as far as they are about the same customer."""
    behind = scene.clauses[clause.place : clause.place + 3]
    return [c for c in behind if c.customer == clause.customer and c.sentence == clause.sentence]


def _offered(clause: Clause, found: list[Find]) -> Find:
    """Of several sums the first behind the word for an offer, else the last."""
    word = clause.word("offer")
    behind = [f for f in found if word and f.start >= word.end]
    return (behind or found[-1:])[0]


def _discount(scene: Scene, clause: Clause) -> float | None:
    for find in clause.all("percent"):
        if OF_LIST.match(scene.folded, find.end):
            return float(100 - find.value)
        if find.rule == "discount" or COMES_OFF.match(scene.folded, find.end):
            return float(find.value)
    return None


RULES = (Rule("note_quote", "offered", ("quote", "offer", "approve"), read, perhaps=True, of_customer=True),)
EXAMPLES = ("给白鹭报了90万",)
COUNTER_EXAMPLES = ("谢谢大家", "今天去了晨岚,见了何总")
