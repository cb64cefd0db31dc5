"""What the model keeps: records as they were told, sayings as they were taken, and what was taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.machine.sayings import Fact, Saying

ASKED_FOR = timedelta(days=1)
MENDABLE = timedelta(days=30)
OPEN = ("contact", "needs", "proposal", "negotiation")
Field = tuple[str, Any, str]


@dataclass(eq=False)
class Word:
    """What a message made of a field, and what it was before."""

    told: Told
    fact: type
    place: Field
    before: Any
    after: Any
    at: int
    is_name: bool = False


@dataclass(eq=False)
class Record:
    """A visit, a task or a learnt name that a message made. `number` is a task's, once it is known."""

    told: Told
    fact: type
    kind: str
    values: dict[str, Any]
    at: int
    number: int | None = None
    stands: bool = True

    @property
    def is_name(self) -> bool:
        """Whether it is a short name that somebody chose."""
        return self.kind == "name"


@dataclass(frozen=True)
class Question:
    """What a message waits for: which customer, a large amount, a deal to be closed."""

    kind: str
    fact: Fact
    before: Any = None


@dataclass(eq=False)
class Undoing:
    """What was put back at once, and when: it can be put back in turn until the message is told anew."""

    told: Told
    version: int
    at: int
    words: list[Word] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    kept: bool = False
    is_spent: bool = False


@dataclass(eq=False, repr=False)
class Told:
    """A message as it is meant now. `known` are its facts by kind, `wrote` what of it stands, in order."""

    number: int
    by: str
    at: datetime
    saying: Saying
    sizes: bool = False
    known: dict[type, Fact] = field(default_factory=dict)
    wrote: list[Word | Record] = field(default_factory=list)
    asks: dict[type, Question] = field(default_factory=dict)
    answers: dict[Question, Any] = field(default_factory=dict)
    chosen: str = ""
    expires: datetime | None = None
    is_undone: bool = False
    has_card: bool = False
    version: int = 0

    def __repr__(self) -> str:
        return f"{self.by}: {self.saying.words()}"
