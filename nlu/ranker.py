"""Which proposed readings stand: a linear model over a clause's cues, trained from the samples (`nlu.learn`).

Rules propose, some of them surely, some only perhaps; the ranker lets a reading stand or fall. Its weights are whole
numbers in `ranker.json`, so that training gives the same file everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from nlu.clauses import Clause
from nlu.cues import cues
from nlu.rule import Rule
from nlu.scene import Scene

Weights = Mapping[str, Mapping[str, int]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """By the name of what is weighed (intent or intent/rule): the weight of each cue."""
    told: Weights = json.loads((files("nlu") / "ranker.json").read_text("utf-8"))
    return told


def score(kind: str, told: Iterable[str], model: Weights | None = None) -> int:
    """How strongly cues speak for a kind of reading; what is not weighed at all stands at 0."""
    table = (weights() if model is None else model).get(kind)
    return sum(table.get(cue, 0) for cue in told) if table else 0


def kind_of(rule: Rule) -> str:
    """What is weighed: an intent, for deals and contracts each thing told by itself."""
    return f"{rule.intent}/{rule.name}" if rule.intent in ("update_deal", "note_contract") else rule.intent


def told_by(scene: Scene, clause: Clause, rule: Rule) -> tuple[str, ...]:
    """The cues of what a rule reads from a clause: the clause's and the rule itself."""
    return (*cues(scene, clause), f"r:{rule.name}{'?' if rule.perhaps else ''}")


def stands(scene: Scene, clause: Clause, rule: Rule) -> bool:
    """Whether what a rule reads from a clause stands."""
    kind = kind_of(rule)
    return score(kind, told_by(scene, clause, rule)) > 0 if kind in weights() else not rule.perhaps
