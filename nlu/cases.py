"""What the ranker learns from: every reading that rules propose of a sample, and whether the sample's answer holds it.

A proposed reading is right where the answer holds an action of its type with the same values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlu.clauses import Clause
from nlu.examples import NOW, SENDER, example_names
from nlu.names import Names
from nlu.ranker import kind_of, levels, told_by
from nlu.rule import Reading, Rule
from nlu.rules import modules
from nlu.scene import Scene, lay_out
from nlu.settle import settle
from nlu.understand import proposals
from nlu.world import TYPES, action_of, focus_of, names_of, sender_of

HELD_BACK = 3  # messages whose number this divides are never learnt from
OF_TASKS = ("task_done", "task_move")
LIKE = {"close": "close_on", "won": "stage", "lost": "stage", "budget": "amount", "corrected": "amount"}
UNSCORED = (
    "type",
    "customer",
    "new",
    "candidates",
    "deal",
    "title",
    "title_has",
    "free",
    "currency",
    "amount_max",
    "lost_reason",
)

Sample = Mapping[str, Any]
Place = tuple[str, str]  # of a weight: whose, and the cue's


@dataclass(frozen=True)
class Case:
    """One proposed reading of a sample: its kind, its cues, what it answers of the expected, "" for nothing, and the
    sample's place among all.
    """

    kind: str
    told: tuple[str, ...]
    answers: str
    number: int = 0

    @property
    def places(self) -> list[Place]:
        """The weights that its cues stand at."""
        return [(level, cue) for level in levels(self.kind) for cue in self.told]


def number_of(sample: Sample) -> int:
    """The number in a sample's id."""
    return int("".join(char for char in sample["id"] if char.isdigit()))


def cases_of(world: Mapping[str, Any], samples: Iterable[Sample]) -> Iterator[Case]:
    """Every proposed reading of every sample."""
    names = names_of(world)
    for number, sample in enumerate(samples):
        sender, now = sender_of(names, sample.get("sender")), datetime.fromisoformat(sample["now"])
        scene = lay_out(sample["text"], now, names, sender, focus_of(sample.get("focus")))
        settle(scene)
        found = [(clause, *told) for clause in scene.clauses for told in proposals(scene, clause, _any)]
        found = [(clause, rule, reading) for clause, rule, reading in found if _is_judged(reading)]
        no_budgets = _no_budgets(found, sample)
        right = _right([reading for _, _, reading in found], sample, sample.get("sender"))
        right = {key: place for key, place in right.items() if key not in no_budgets}
        found = [told for told in found if id(told[2]) in right or not _is_free(told[2], sample)]
        for clause, rule, reading in found:
            kind, place = kind_of(rule, reading.slots), right.get(id(reading))
            answers = "" if place is None else f"{sample['id']}/{place}"
            yield Case(kind, told_by(scene, clause, rule, kind), answers, number)


def cases_of_examples() -> Iterator[Case]:
    """The rules' own examples and counter-examples: one of the readings of the intent is right, or none."""
    for module in modules():
        intent = module.RULES[0].intent
        if intent in TYPES:
            for text in module.EXAMPLES:
                yield from _of_example(text, intent, f"{module.__name__}: {text}")
            for text in module.COUNTER_EXAMPLES:
                yield from _of_example(text, intent, "")


def _of_example(text: str, intent: str, answers: str) -> Iterator[Case]:
    scene = lay_out(text, NOW, _example_names(), SENDER)
    settle(scene)
    for clause in scene.clauses:
        for rule, reading in proposals(scene, clause, _any):
            if rule.intent == intent and _is_judged(reading):
                kind = kind_of(rule, reading.slots)
                yield Case(kind, told_by(scene, clause, rule, kind), answers)


@lru_cache(maxsize=1)
def _example_names() -> Names:
    return example_names()


def _is_judged(reading: Reading) -> bool:
    """Whether samples can say if a reading is right: they know no list of customers, no competitors of a deal."""
    return action_of(reading, None) is not None if reading.intent in TYPES else False


def _any(scene: Scene, clause: Clause, rule: Rule, kind: str) -> int:
    return 1


def _right(readings: Sequence[Reading], sample: Sample, sender: str | None) -> dict[int, int]:
    """Which expected action (counted from 1) each right reading answers. Of tasks only those that fit it best do."""
    right: dict[int, int] = {}
    actions = [(reading, action_of(reading, sender)) for reading in readings]
    for place, gold in enumerate(sample["gold"], 1):
        fitting = [(_fit(gold, action), r) for r, action in actions if action and action["type"] == gold["type"]]
        fitting = [(fit, r) for fit, r in fitting if fit > 0]
        if gold["type"] in ("task", "ticket"):
            best = max((fit for fit, _ in fitting), default=0.0)
            fitting = [(fit, r) for fit, r in fitting if fit == best]
        right |= {id(reading): place for _, reading in fitting}
    return right


def _no_budgets(found: Iterable[tuple[Clause, Rule, Reading]], sample: Sample) -> set[int]:
    """The sums read as budgets that no visit of the sample has, where it has visits at all."""
    visits = [gold for gold in sample["gold"] if gold["type"] == "visit"]
    read = [reading for _, rule, reading in found if rule.intent == "update_deal" and rule.name == "budget"]
    told = [(reading, (action_of(reading, None) or {}).get("amount")) for reading in read]
    return {id(r) for r, amount in told if visits and not any(_same(v.get("budget"), amount) for v in visits)}


def _is_free(reading: Reading, sample: Sample) -> bool:
    """Whether a reading says only what the sample leaves open: neither right nor wrong."""
    action = action_of(reading, sample.get("sender")) or {}
    told = {name for name in action if name not in UNSCORED}
    return any(
        gold["type"] == action.get("type") and told and told <= set(gold.get("free", ())) for gold in sample["gold"]
    )


def _fit(gold: Sample, action: Sample) -> float:
    """How well an action answers an expected one, 0 where it says anything that was not expected."""
    if gold["type"] in ("task", "ticket"):
        held = _holds(gold, str(action.get("title", "")))
        due = action.get("due") is not None and _same(gold.get("due"), action["due"])
        return 2.0 * held + due if held or (due and "title_has" in gold) else 0.0
    told = {name: value for name, value in action.items() if name not in UNSCORED}
    if gold["type"] in OF_TASKS:
        is_same = gold.get("task") == told.get("task")
        return 1.0 if is_same and ("task" in gold or _holds(gold, str(action.get("title", "")))) else 0.0
    wrong = [
        name for name, value in told.items() if not _same(gold.get(name), value) and name not in gold.get("free", ())
    ]
    if gold["type"] == "query" and "topic" in wrong:
        return 0.0
    if gold["type"] in ("visit", "contact", "customer", "contract", "quote", "payment", "query"):
        return 1.0 if len(wrong) <= len(told) / 2 else 0.0
    return 0.0 if wrong or (told and all(name in gold.get("free", ()) for name in told)) else 1.0


def _holds(gold: Sample, title: str) -> bool:
    words = [word["any_of"] if isinstance(word, dict) else [word] for word in gold.get("title_has", ())]
    return all(any(str(one).lower() in title.lower() for one in several) for several in words)


def _same(gold: Any, value: Any) -> bool:
    if isinstance(gold, dict) and "any_of" in gold:
        return any(_same(one, value) for one in gold["any_of"])
    if isinstance(gold, list) and isinstance(value, list):
        return len(gold) == len(value) and all(any(_same(one, other) for other in value) for one in gold)
    if isinstance(gold, str) and isinstance(value, str):
        return gold[:10] == value[:10] if gold[:2] == "20" else gold.lower() == value.lower()
    return bool(gold == value)


def samples_of(path: Path, *, held_back: bool = False) -> list[Sample]:
    """The samples of a file that may be learnt from, or (`held_back`) the others."""
    every = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [sample for sample in every if (number_of(sample) % HELD_BACK == 0) == held_back]
