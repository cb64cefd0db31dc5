"""The weights are what training makes of the samples, to the bit; what stands is wrong seldom, doubted often."""

from __future__ import annotations

import json
from pathlib import Path

from nlu.cases import Case, cases_of, samples_of
from nlu.learn import cases_in, trained, written
from nlu.ranker import model, strength_of

SAMPLES = Path(__file__).parent / "samples"
WEIGHTS = Path(__file__).parents[2] / "nlu" / "ranker.json"


def held_back() -> list[Case]:
    found: list[Case] = []
    for path in sorted(SAMPLES.glob("*.jsonl")):
        world = json.loads(path.with_name(f"world_{path.stem}.json").read_text("utf-8"))
        found += cases_of(world, samples_of(path, held_back=True))
    return found


def test_the_weights_are_those_that_training_gives() -> None:
    assert written(trained(cases_in(SAMPLES))) == WEIGHTS.read_text("utf-8"), "run make train"


def test_what_stands_undoubted_is_seldom_wrong_and_what_is_doubted_often() -> None:
    """Told on the messages that nothing was learnt from: the figures that justify asking before writing."""
    weighing = model()
    sure: list[bool] = []
    doubted: list[bool] = []
    for case in held_back():
        strength = strength_of(weighing, case.kind, case.told)
        if strength > 0 and not case.kind.startswith("answer_query"):
            (doubted if strength <= weighing.doubted.get(case.kind, 0) else sure).append(bool(case.answers))
    assert sum(sure) >= 0.93 * len(sure)
    assert sum(doubted) <= 0.85 * len(doubted)
