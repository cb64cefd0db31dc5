"""A contact that may have taken place: somebody is named, or a word for one. The ranker says whether it did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.channels import occasion
from nlu.clauses import Clause
from nlu.mood import is_plan
from nlu.rule import Rule
from nlu.rules.record_visit import visit_of
from nlu.scene import Scene


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The visit that the clause would tell."""
    if not is_plan(scene, clause) and (clause.all("customer", "person") or occasion(clause)):
        yield from visit_of(scene, clause)


RULES = (Rule("record_visit", "perhaps", (), read, perhaps=True),)
EXAMPLES = ("今天上午去了晨岚,见了何总",)
COUNTER_EXAMPLES = ("谢谢大家", "明天上午去晨岚拜访何总")
