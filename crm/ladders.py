"""Ladders as data: after how many working days who is told, of what has been left lying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

KINDS = ("overdue_task", "silent_deal")
RECIPIENTS = ("rep", "superior", "upper")  # whose it is, their superior, the superior's superior
MOST_DAYS = 250


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


def _rung(told: Mapping[str, Any]) -> Rung:
    return Rung(told["after"], tuple(told["to"]), bool(told.get("is_high_risk")), told.get("words", ""))
