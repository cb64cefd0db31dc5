"""From which strength on readings of a kind stand, and up to which they are doubted: found in training.

Each part of the samples is weighed with what the others teach, so that the bounds hold for texts never seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from nlu.ranker import Model, strength_of

PARTS = 3  # into which the samples are cut
DOUBTED = 0.8  # of readings as weak as those that are asked about at most so many are right
STEP, MOST = 50, 2500  # strengths that are tried as a bound
TRUST = 0.7  # how far a bound is moved towards the best one: it was found on few samples
FEWEST = 6  # right readings, below which a kind stands above 0

Tables = Mapping[str, Mapping[str, int]]


class Weighed(Protocol):
    """A case of `nlu.learn`."""

    @property
    def kind(self) -> str:
        """What is weighed."""

    @property
    def told(self) -> tuple[str, ...]:
        """Its cues."""

    @property
    def answers(self) -> str:
        """Which expected action it answers, "" for none."""

    @property
    def number(self) -> int:
        """The place of its sample."""


CaseT = TypeVar("CaseT", bound=Weighed)
Scored = list[tuple[int, bool]]


def bounds(cases: Sequence[CaseT], train: Callable[[Sequence[CaseT]], Tables]) -> tuple[dict[str, int], dict[str, int]]:
    """By kind the strength above which readings stand, and how much above that they are still doubted."""
    scored = _scored(cases, train)
    stand = {kind: bound for kind, scores in sorted(scored.items()) if (bound := _best(scores))}
    doubted = {
        kind: bound - stand.get(kind, 0)
        for kind, scores in sorted(scored.items())
        if (bound := _doubted(scores, stand.get(kind, 0))) > stand.get(kind, 0)
    }
    return stand, doubted


def _scored(cases: Sequence[CaseT], train: Callable[[Sequence[CaseT]], Tables]) -> dict[str, Scored]:
    """By kind (strength, whether right): of readings that answer one action the strongest, and all wrong ones."""
    wrong: dict[str, Scored] = defaultdict(list)
    right: dict[str, dict[str, int]] = defaultdict(dict)
    for part in range(PARTS):
        model = Model(train([case for case in cases if case.number % PARTS != part]))
        for case in cases:
            if case.number % PARTS == part:
                score = strength_of(model, case.kind, case.told)
                if case.answers:
                    right[case.kind][case.answers] = max(score, right[case.kind].get(case.answers, score))
                else:
                    wrong[case.kind].append((score, False))
    return {kind: wrong[kind] + [(s, True) for s in right[kind].values()] for kind in {*wrong, *right}}


def _best(scores: Scored) -> int:
    """The bound above which precision and recall are best together, moved part of the way from 0, never above it: what
    the weights are for stands.
    """
    right = sum(is_right for _, is_right in scores)
    if right < FEWEST:
        return 0
    found = max(range(-MOST, MOST + STEP, STEP), key=lambda bound: (_f1(scores, bound, right), -abs(bound)))
    return min(0, round(found * TRUST))


def _f1(scores: Scored, bound: int, right: int) -> float:
    stand = [is_right for score, is_right in scores if score > bound]
    return 2 * sum(stand) / (len(stand) + right)


def _doubted(scores: Scored, stand: int) -> int:
    """The highest strength up to which no more than DOUBTED of the readings that stand are right."""
    right = bound = 0
    for count, (score, is_right) in enumerate(sorted(pair for pair in scores if pair[0] > stand), 1):
        right += is_right
        if right <= DOUBTED * count:
            bound = score
    return bound
