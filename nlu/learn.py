"""Training of the ranker: `python -m nlu.learn FOLDER` writes `ranker.json` anew from the samples there, to the bit.

A proposed reading is right where the sample's answer holds an action of its type with the same values. An averaged
perceptron with a margin, in whole numbers, goes over all of them in a fixed order.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nlu.bounds import bounds
from nlu.clauses import Clause
from nlu.ranker import kind_of, levels, told_by
from nlu.rule import Reading, Rule
from nlu.scene import Scene, lay_out
from nlu.settle import settle
from nlu.understand import proposals
from nlu.world import TYPES, action_of, focus_of, names_of, sender_of

ROUNDS = 8
MARGIN = 12
RAREST = 3  # a cue must have been seen so often to be weighed
SEED = 20261121
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
Told = dict[str, Any]
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
        right = _right([reading for _, _, reading in found], sample, sample.get("sender"))
        right = {key: place for key, place in right.items() if key not in _no_budgets(found, sample)}
        found = [told for told in found if id(told[2]) in right or not _is_free(told[2], sample)]
        for clause, rule, reading in found:
            kind, place = kind_of(rule, reading.slots), right.get(id(reading))
            answers = "" if place is None else f"{sample['id']}/{place}"
            yield Case(kind, told_by(scene, clause, rule, kind), answers, number)


def _is_judged(reading: Reading) -> bool:
    """Whether samples can say if a reading is right: they know no list of customers."""
    return reading.intent in TYPES and reading.slots.get("topic") != "customers"


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


def train(cases: Sequence[Case]) -> dict[str, dict[str, int]]:
    """The weights that part the right from the wrong; kinds that share a level are learnt together."""
    together: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        together[levels(case.kind)[-1]].append(case)
    model: dict[str, dict[str, int]] = defaultdict(dict)
    for shared in sorted(together):
        for (level, cue), weight in sorted(_weighed(together[shared]).items()):
            model[level][cue] = weight
    return dict(sorted(model.items()))


def _weighed(cases: Sequence[Case]) -> dict[Place, int]:
    """Weights of kinds that share a level. Of several readings that answer one action, that which the first weights
    find the most telling is learnt from: the samples do not say in which clause an action is told.
    """
    first = _perceptron(cases)
    best: dict[str, tuple[int, int]] = {}
    for number, case in enumerate(cases):
        if case.answers:
            score = sum(first.get(place, 0) for place in case.places)
            best[case.answers] = max(best.get(case.answers, (score, -number)), (score, -number))
    told = {-number for _, number in best.values()}
    return _perceptron([case for number, case in enumerate(cases) if not case.answers or number in told])


def _perceptron(cases: Sequence[Case]) -> dict[Place, int]:
    seen = Counter(place for case in cases for place in case.places)
    known = [(tuple(p for p in case.places if seen[p] >= RAREST), bool(case.answers)) for case in cases]
    now: dict[Place, int] = defaultdict(int)
    late: dict[Place, int] = defaultdict(int)
    step, order = 1, list(range(len(known)))
    for turn in range(ROUNDS):
        random.Random(SEED + turn).shuffle(order)
        for number in order:
            places, is_right = known[number]
            sign = 1 if is_right else -1
            if sign * sum(now[place] for place in places) <= MARGIN:
                for place in places:
                    now[place] += sign
                    late[place] += sign * step
            step += 1
    return {place: weight for place in sorted(now) if (weight := round((now[place] * step - late[place]) * 64 / step))}


def samples_of(path: Path, *, held_back: bool = False) -> list[Sample]:
    """The samples of a file that may be learnt from, or (`held_back`) the others."""
    every = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [sample for sample in every if (number_of(sample) % HELD_BACK == 0) == held_back]


def trained(cases: Sequence[Case]) -> Told:
    """All that the ranker knows: the weights, from which strength readings stand, up to which they are doubted."""
    stand, doubted = bounds(cases, train)
    return {"stand": stand, "doubted": doubted, "weights": train(cases)}


def cases_in(folder: Path) -> list[Case]:
    """The cases of all sets of samples in a folder that may be learnt from: NAME.jsonl with world_NAME.json."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.jsonl")):
        world = json.loads(path.with_name(f"world_{path.stem}.json").read_text("utf-8"))
        cases += cases_of(world, samples_of(path))
    return cases


def main(argv: Sequence[str]) -> None:
    """Train on the samples of a folder."""
    Path(__file__).with_name("ranker.json").write_text(written(trained(cases_in(Path(argv[0])))), "utf-8")


def written(told: Told) -> str:
    """As it is kept: a line for each kind's weights."""
    lines = (f"{json.dumps(kind)}: {json.dumps(table, ensure_ascii=False)}" for kind, table in told["weights"].items())
    head = "".join(f'"{name}": {json.dumps(told[name])},\n' for name in ("stand", "doubted"))
    return "{" + head + '"weights": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
