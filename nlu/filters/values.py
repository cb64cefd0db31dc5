"""The values that a condition is told with: what stands within its words, periods, ranges of stages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.filters import Condition
from nlu.filters.marks import Layout, Mark
from nlu.rule import When

UP_TO = re.compile(r"之?前|\b(?:by|before)\b")
FROM_ON = re.compile(r"以来|\bsince\b")


@dataclass(frozen=True)
class Told:
    """What is said of a condition: its match in the layout, the stages in the order of the pipeline, and today."""

    layout: Layout
    said: re.Match[str]
    stages: tuple[str, ...]
    today: date

    def marks(self, kind: str) -> list[Mark]:
        """The marks of a kind in it, in order."""
        return self.layout.of(kind, *self.said.span())

    def group(self, name: str) -> str:
        """The words of a group, or of its like in another branch of the pattern (`name2`); "" where it has none."""
        groups = self.said.groupdict()
        return next((said for like in (name, *(f"{name}{n}" for n in range(2, 8))) if (said := groups.get(like))), "")

    def has(self, name: str) -> bool:
        """Whether a group is said."""
        return bool(self.group(name))


def period(told: Told, when: When) -> tuple[date | None, date | None]:
    """The first and last day meant; a mere end has no beginning, what began then goes on until today."""
    since, until = when.on, when.last_day
    words = told.said[0]
    if UP_TO.search(words):
        return None, until
    return (since, told.today) if FROM_ON.search(words) else (since, until)


def stages_from(told: Told, keys: Sequence[str]) -> tuple[Any, ...]:
    """The stages meant: those named, or all from one on, or up to one; the last two of the pipeline end a deal."""
    open_ones = [key for key in told.stages if key not in ("won", "lost")]
    if len(keys) != 1 or keys[0] not in open_ones:
        return tuple(dict.fromkeys(keys))
    at = open_ones.index(keys[0])
    if told.has("from") or told.has("after"):
        return tuple(open_ones[at + told.has("after") :])
    if told.has("to") or told.has("before"):
        return tuple(open_ones[: at + (not told.has("before"))])
    return tuple(keys)


def slots_of(where: Sequence[Condition]) -> dict[str, Any]:
    """What conditions say in the slots that every question has: stage, since and until."""
    found: dict[str, Any] = {}
    for one in where:
        if one.name in ("stage", "outcome") and len(one.values) == 1 and not one.is_denied:
            found |= {} if one.values == ("open",) else {"stage": one.values[0]}
        elif one.name in ("closing", "closed", "created", "contacted") and not one.is_denied:
            found |= {name: day for name, day in zip(("since", "until"), one.values, strict=True) if day}
    return found
