"""Training of the ranker: `python -m nlu.learn FOLDER` writes `ranker.json` anew from the samples there, to the bit.

An averaged perceptron with a margin, in whole numbers, goes over all cases in several fixed orders, whose mean counts.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlu.bounds import doubted
from nlu.cases import Case, Place, cases_of, cases_of_examples, samples_of
from nlu.ranker import levels

ROUNDS = 8
MARGIN = 12
RAREST = 3  # a cue must have been seen so often to be weighed
SEED = 20261121
ORDERS = 4  # that the last weights are the mean of: what only one order of the cases teaches is chance
EXAMPLES_COUNT = 6  # times that each of the rules' examples counts

Told = dict[str, Any]


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
    first = _perceptron(cases, SEED)
    best: dict[str, tuple[int, int]] = {}
    for number, case in enumerate(cases):
        if case.answers:
            score = sum(first.get(place, 0) for place in case.places)
            best[case.answers] = max(best.get(case.answers, (score, -number)), (score, -number))
    told = {-number for _, number in best.values()}
    left = [case for number, case in enumerate(cases) if not case.answers or number in told]
    total: Counter[Place] = Counter()
    for order in range(ORDERS):
        total.update(_perceptron(left, SEED + ROUNDS * order))
    return {place: mean for place in sorted(total) if (mean := round(total[place] / ORDERS))}


def _perceptron(cases: Sequence[Case], seed: int) -> dict[Place, int]:
    seen = Counter(place for case in cases for place in case.places)
    known = [(tuple(p for p in case.places if seen[p] >= RAREST), bool(case.answers)) for case in cases]
    now: dict[Place, int] = defaultdict(int)
    late: dict[Place, int] = defaultdict(int)
    step, order = 1, list(range(len(known)))
    for turn in range(ROUNDS):
        random.Random(seed + turn).shuffle(order)
        for number in order:
            places, is_right = known[number]
            sign = 1 if is_right else -1
            if sign * sum(now[place] for place in places) <= MARGIN:
                for place in places:
                    now[place] += sign
                    late[place] += sign * step
            step += 1
    return {place: weight for place in sorted(now) if (weight := round((now[place] * step - late[place]) * 64 / step))}


def trained(cases: Sequence[Case]) -> Told:
    """All that the ranker knows: the weights, and up to which strength readings are doubted."""
    return {"doubted": doubted(cases, train), "weights": train(cases)}


def cases_in(folder: Path) -> list[Case]:
    """The cases of all sets of samples in a folder that may be learnt from (NAME.jsonl with world_NAME.json), and those
    of the rules' examples, which count more than once: they are to be read for certain.
    """
    cases = [case for case in cases_of_examples() for _ in range(EXAMPLES_COUNT)]
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
    head = f'"doubted": {json.dumps(told["doubted"])},\n'
    return "{" + head + '"weights": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
