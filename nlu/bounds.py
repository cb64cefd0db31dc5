"""Up to which strength readings of a kind that stand are doubted: found in training.

Each part of the samples is weighed with what the others teach, so that the bounds hold for texts never seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from nlu.ranker import Model, strength_of

PARTS = 3  # into which the samples are cut
DOUBTED = 0.8  # of readings as weak as those that are asked about at most so many are right

Tables = Mapping[str, Mapping[str, int]]


class Weighed(Protocol):
    """A case of `nlu.cases`."""

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


def doubted(cases: Sequence[CaseT], train: Callable[[Sequence[CaseT]], Tables]) -> dict[str, int]:
    """By kind the strength up to which readings are so often wrong that people should be asked."""
    scored = _scored(cases, train)
    return {kind: bound for kind in sorted(scored) if (bound := _bound(scored[kind]))}


def _scored(cases: Sequence[CaseT], train: Callable[[Sequence[CaseT]], Tables]) -> dict[str, Scored]:
    """By kind (strength, whether right) of what stands: of readings that answer one action the strongest."""
    wrong: dict[str, Scored] = defaultdict(list)
    right: dict[str, dict[str, int]] = defaultdict(dict)
    for part in range(PARTS):
        model = Model(train([case for case in cases if case.number % PARTS != part]))
        for case in cases:
            if case.number % PARTS != part or (score := strength_of(model, case.kind, case.told)) <= 0:
                continue
            if case.answers:
                right[case.kind][case.answers] = max(score, right[case.kind].get(case.answers, score))
            else:
                wrong[case.kind].append((score, False))
    return {kind: wrong[kind] + [(s, True) for s in right[kind].values()] for kind in {*wrong, *right}}


def _bound(scores: Scored) -> int:
    """The highest strength up to which no more than DOUBTED of the readings are right."""
    right = bound = 0
    for count, (score, is_right) in enumerate(sorted(scores), 1):
        right += is_right
        if right <= DOUBTED * count:
            bound = score
    return bound
