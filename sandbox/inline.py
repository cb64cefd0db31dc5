"""Answers to inline queries that the messenger keeps: for everybody, or for one person where they are personal."""

import time
from collections import OrderedDict
from typing import Any

KEPT = 1_000
Question = tuple[str, str]


def question(text: str, offset: str) -> Question:
    """What an inline query asks, as answers are kept by it."""
    return text.strip(), offset


class InlineAnswers:
    """By what was asked. An answer that may be kept for 0 seconds is not kept at all."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, Question], tuple[float, dict[str, Any]]] = OrderedDict()

    def get(self, person: int, asks: Question) -> dict[str, Any] | None:
        """The answer kept for a person, or for everybody."""
        for whose in (person, 0):
            until, answer = self._kept.get((whose, asks), (0.0, None))
            if answer is not None and time.monotonic() < until:
                return answer
        return None

    def keep(self, person: int, asks: Question, answer: dict[str, Any], seconds: int) -> None:
        """Keep an answer so long; `person` 0: for everybody."""
        if seconds > 0:
            self._kept[person, asks] = (time.monotonic() + seconds, answer)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
