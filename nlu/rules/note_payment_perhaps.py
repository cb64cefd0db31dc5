"""Money that may have come in: a sum in or beside a clause with words for it. The ranker says whether it did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.instalments import parts_in
from nlu.mood import asked, supposed
from nlu.rule import Find, Rule, When
from nlu.rules.note_payment import TODAY, paid_at
from nlu.scene import Scene
from nlu.telling import sums

PAID = re.compile(r"[了咗]|已|到|收|过数|\b(?:paid|received|came|got|in)\b")
REACH = 2  # clauses on either side that may hold the sum or the day


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The sum nearest to the words, and the day told with it."""
    if not clause.customer or clause.has("budget") or supposed(scene, clause) or asked(scene, clause):
        return
    near = _near(scene, clause)
    if not PAID.search(clause.text) and len(parts_in(scene, sorted(near, key=lambda c: c.place))) > 1:
        return  # terms: 签约付30万, 余款验收后付
    found = next(((c, f) for c in near if (f := sums(scene, c))), None)
    if found is None:
        return
    other, sum_found = found[0], _nearest(clause, found[1])
    at = next((at for c in (clause, other, *near) if (at := paid_at(scene, c))), None)
    if at is None and TODAY.search(clause.text):
        at = When(on=scene.now.date())
    yield {"customer": clause.customer, "amount": sum_found.value} | ({"at": at} if at else {})


def _near(scene: Scene, clause: Clause) -> list[Clause]:
    """The clause and those around it about the same customer, the nearest first."""
    around = scene.clauses[max(0, clause.place - REACH) : clause.place + REACH + 1]
    same = [c for c in around if c.customer == clause.customer and c.block == clause.block]
    return sorted(same, key=lambda c: (abs(c.place - clause.place), c.place))


def _nearest(clause: Clause, found: list[Find]) -> Find:
    words = [w for w in clause.words if w.group in ("came_in", "money_in")]
    if not words or len(found) == 1:
        return found[0]
    return min(found, key=lambda f: min(abs(f.start - w.end) for w in words))


RULES = (Rule("note_payment", "came in", ("came_in", "money_in", "payment"), read, perhaps=True),)
EXAMPLES = ("白鹭回款22.8万",)
COUNTER_EXAMPLES = ("谢谢大家", "今天去了晨岚,见了何总")
