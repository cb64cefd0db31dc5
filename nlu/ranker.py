"""Which proposed readings stand: a linear model over a clause's cues, trained from the samples (`nlu.learn`).

Rules propose, some of them surely, some only perhaps; the ranker lets a reading stand or fall. Its weights are whole
numbers in `ranker.json`, so that training gives the same file everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from nlu.clauses import Clause
from nlu.cues import cues, topic_cues
from nlu.rule import Rule
from nlu.scene import Scene

Weights = Mapping[str, Mapping[str, int]]
SURE = 1_000_000  # the strength of what is not weighed
CERTAIN = 2 * SURE
NONE: Mapping[str, int] = {}
NOTHING: Mapping[str, Any] = {}


@lru_cache(maxsize=1)
def weights() -> Weights:
    """By the name of what is weighed (intent or intent/rule): the weight of each cue."""
    told: Weights = json.loads((files("nlu") / "ranker.json").read_text("utf-8"))
    return told


def score(kind: str, told: Iterable[str], model: Weights | None = None) -> int:
    """How strongly cues speak for a kind of reading; what is not weighed at all stands at 0."""
    tables = weights() if model is None else model
    told = tuple(told)
    return sum(table.get(cue, 0) for level in levels(kind) if (table := tables.get(level)) for cue in told)


def levels(kind: str) -> tuple[str, ...]:
    """What a kind is weighed by: itself and, of a question's topic, that anything is asked at all."""
    return (kind, "answer_query") if kind.startswith("answer_query/") else (kind,)


def kind_of(rule: Rule, slots: Mapping[str, Any] = NOTHING) -> str:
    """What is weighed: an intent, for deals each field by itself, for questions each topic; perhaps-rules of questions
    are named by it.
    """
    if rule.intent == "answer_query":
        return f"{rule.intent}/{slots.get('topic', rule.name)}"
    if rule.intent == "look_up_customer":
        return "answer_query/customer"
    return f"{rule.intent}/{rule.name}" if rule.intent == "update_deal" else rule.intent


def told_by(scene: Scene, clause: Clause, rule: Rule, kind: str) -> tuple[str, ...]:
    """The cues of what a rule reads from a clause: the clause's, of a question its topic's, and the rule itself."""
    own = f"r:{rule.name}{'?' if rule.perhaps else ''}"
    if kind.startswith("answer_query/"):
        return (*cues(scene, clause), *topic_cues(scene, clause, kind.split("/")[1]), own)
    return (*cues(scene, clause), own)


def strength(scene: Scene, clause: Clause, rule: Rule, kind: str) -> int:
    """How strongly the cues speak for what a rule reads from a clause; it stands above 0. Without weights what is sure
    stands.
    """
    if rule.certain:
        return CERTAIN
    return score(kind, told_by(scene, clause, rule, kind)) if kind in weights() else (1 - rule.perhaps) * SURE
