"""Ladders as data: after how many working days who is told, of what has been left lying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from crm.setting_errors import EmptyLadder, LadderDay, LadderOutOfOrder, LadderTooLong, UnknownRecipient

KINDS = ("overdue_task", "silent_deal")
RECIPIENTS = ("rep", "superior", "upper")  # whose it is, their superior, the superior's superior
MOST_DAYS = 250
MOST_RUNGS = 6


@dataclass(frozen=True)
class Rung:
    """After so many working days these are told; from a rung that `is_high_risk` on it is marked as such.

    `words` stand in place of the sentence that ships, "" for that one.
    """

    after: int
    to: tuple[str, ...]
    is_high_risk: bool = False
    words: str = ""


DEFAULTS: dict[str, tuple[Rung, ...]] = {
    "overdue_task": (Rung(1, ("rep",)), Rung(3, ("rep", "superior")), Rung(7, ("upper",), is_high_risk=True)),
    "silent_deal": (Rung(3, ("rep",)), Rung(5, ("rep", "superior")), Rung(7, ("rep", "superior"), is_high_risk=True)),
}


@dataclass(eq=False)
class Ladder:
    """The ladder that an admin settled for one kind, in place of its default. `rungs` are rungs as plain JSON."""

    kind: str
    rungs: list[dict[str, Any]]
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


def rungs_of(kind: str, settled: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[Rung, ...]:
    """The ladder of a kind as it holds: what was settled, else its default. An unknown kind is a bug: KeyError."""
    default = DEFAULTS[kind]
    return tuple(_rung(told) for told in settled[kind]) if kind in settled else default


def check_rungs(rungs: Sequence[Rung]) -> tuple[Rung, ...]:
    """The rungs, if a ladder can have them: days rise from 1 on, everybody told is known. Raises InvalidLadder."""
    if not rungs or not all(rung.to for rung in rungs):
        raise EmptyLadder
    if len(rungs) > MOST_RUNGS:
        raise LadderTooLong(most=MOST_RUNGS)
    for rung in rungs:
        if not 1 <= rung.after <= MOST_DAYS:
            raise LadderDay(value=rung.after, most=MOST_DAYS)
        for name in rung.to:
            if name not in RECIPIENTS:
                raise UnknownRecipient(name=name)
    for lower, upper in pairwise(rungs):
        if upper.after <= lower.after:
            raise LadderOutOfOrder(first=lower.after, second=upper.after)
    return tuple(rungs)


def with_days(rungs: Sequence[Rung], days: Sequence[int]) -> tuple[Rung, ...]:
    """A ladder moved to other days: the first rung to the first of them; where days are left, as the last rung is."""
    return tuple(replace(rungs[min(place, len(rungs) - 1)], after=day) for place, day in enumerate(days))


def plain_rungs(rungs: Sequence[Rung]) -> list[dict[str, Any]]:
    """The rungs as plain JSON, as a Ladder keeps them."""
    return [{**asdict(rung), "to": list(rung.to)} for rung in rungs]


def _rung(told: Mapping[str, Any]) -> Rung:
    return Rung(told["after"], tuple(told["to"]), bool(told.get("is_high_risk")), told.get("words", ""))
