"""Which proposed readings stand: a linear model over a clause's cues, trained from the samples (`nlu.learn`).

Rules propose, some of them surely, some only perhaps; the ranker lets a reading stand or fall. Its weights are whole
numbers in `ranker.json`, so that training gives the same file everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import repeat
from typing import Any

from nlu.clauses import Clause
from nlu.cues import cues, topic_cues
from nlu.rule import Rule
from nlu.scene import Scene

SURE = 1_000_000  # the strength of what is not weighed
CERTAIN = 2 * SURE
NOTHING: Mapping[str, Any] = {}
LANE = 32  # bits that a kind's sum takes in a packed number
HALF = 1 << (LANE - 1)


class Model:
    """The weights: `tables` holds by level (an intent or intent/rule) the weight of each cue; readings of a kind that
    stand are `doubted` up to that sum.

    To sum them quickly the weights that a cue has at all levels lie side by side in one whole number, a lane each.
    """

    def __init__(self, tables: Mapping[str, Mapping[str, int]], doubted: Mapping[str, int] = NOTHING) -> None:
        self.tables, self.doubted = tables, doubted
        self._lanes = {level: LANE * place for place, level in enumerate(tables)}
        self._offset = sum(HALF << lane for lane in self._lanes.values())
        self._packed: dict[str, int] = {}
        for level, table in tables.items():
            for cue, weight in table.items():
                self._packed[cue] = self._packed.get(cue, 0) + (weight << self._lanes[level])

    def total(self, told: Iterable[str]) -> int:
        """The weights of cues at all levels, packed; totals may be added."""
        return sum(map(self._packed.get, told, repeat(0)))

    def at(self, level: str, total: int) -> int:
        """What a total comes to at a level, 0 at one that is not weighed."""
        lane = self._lanes.get(level)
        return 0 if lane is None else ((total + self._offset >> lane) & (2 * HALF - 1)) - HALF


@lru_cache(maxsize=1)
def model() -> Model:
    """The weights that training wrote."""
    told = json.loads((files("nlu") / "ranker.json").read_text("utf-8"))
    return Model(told["weights"], told["doubted"])


def levels(kind: str) -> tuple[str, ...]:
    """What a kind is weighed by: itself and, of a question's topic, that anything is asked at all."""
    return (kind, "answer_query") if kind.startswith("answer_query/") else (kind,)


def kind_of(rule: Rule, slots: Mapping[str, Any] = NOTHING) -> str:
    """What is weighed: an intent, for deals and contracts each thing told, for questions each topic; perhaps-rules of
    questions are named by it.
    """
    if rule.intent == "answer_query":
        return f"{rule.intent}/{slots.get('topic', rule.name)}"
    if rule.intent == "look_up_customer":
        return "answer_query/customer"
    return f"{rule.intent}/{rule.name}" if rule.intent in ("update_deal", "note_contract") else rule.intent


def told_by(scene: Scene, clause: Clause, rule: Rule, kind: str) -> tuple[str, ...]:
    """The cues of what a rule reads from a clause: the clause's, of a question its topic's, and the rule itself."""
    return (*cues(scene, clause), *_own(scene, clause, rule, kind))


def _own(scene: Scene, clause: Clause, rule: Rule, kind: str) -> tuple[str, ...]:
    """The cues beside those of the clause."""
    own = f"r:{rule.name}{'?' if rule.perhaps else ''}"
    if kind.startswith("answer_query/"):
        return (*topic_cues(scene, clause, kind.split("/")[1]), own)
    return (own,)


def strength(scene: Scene, clause: Clause, rule: Rule, kind: str) -> int:
    """How strongly the cues speak for what a rule reads from a clause; it stands above 0. Without weights what is sure
    stands.
    """
    if rule.certain:
        return CERTAIN
    weighing = model()
    if kind not in weighing.tables:
        return (1 - rule.perhaps) * SURE
    if clause.weighed is None:
        clause.weighed = weighing.total(cues(scene, clause))
    total = clause.weighed + weighing.total(_own(scene, clause, rule, kind))
    return sum(weighing.at(level, total) for level in levels(kind))


def strength_of(weighing: Model, kind: str, told: Iterable[str]) -> int:
    """What a model makes of cues, as `strength` does."""
    total = weighing.total(told)
    return sum(weighing.at(level, total) for level in levels(kind))


def is_doubted(kind: str, strength: int) -> bool:
    """Whether a reading that stands is so weak that people are asked before it is written."""
    return strength <= model().doubted.get(kind, 0)
