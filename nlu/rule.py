"""The shapes that understanding is made of: what finders find, what rules propose, what a message is read as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from crm.money import Money

Key = int | str  # how the caller names a known thing: a row id in the bot, a name on the command line


@dataclass(frozen=True)
class When:
    """A time that a text gives: a day, a moment, or a period from `on` to `until`, all local to the sender's zone.

    `on` is the day (of a period its first, None where only the end is said); `at` the aware moment where a clock time
    is given; `until` the last day of a period; `until_at` its last moment where a clock time is given.

    `wrong` says that it cannot be meant: "no_such_day" (the day is the one next to what was `said`), or "past" for a
    deadline that is over. `provisional` says that working days were counted which are not published yet.
    """

    on: date | None = None
    at: datetime | None = None
    until: date | None = None
    until_at: datetime | None = None
    wrong: str = ""
    said: str = ""
    provisional: bool = False

    @property
    def last_day(self) -> date | None:
        """The day that a deadline told this way falls on."""
        return self.until or self.on


@dataclass(frozen=True)
class Amount:
    """A sum that a text gives; of a range `low` is the lower end and `high` the upper."""

    low: Money
    high: Money | None = None


@dataclass(frozen=True, eq=False)
class Mention:
    """Something the message names: `key` where it is known, several `candidates` where known ones fit equally.

    Two mentions of what is known are equal in whatever words.

    Neither: nobody knows it yet, and `text` is all there is. `text` is as the sender wrote it, without particles. `by`
    says what else than the words decided: "focus" (the chat's), "learnt" (the sender's own short name), "alike" (the
    name is written otherwise), "only" (a deal that is the customer's only open one), "several" (all are named, and one
    is wanted).
    """

    text: str
    key: Key | None = None
    candidates: tuple[Key, ...] = ()
    by: str = ""

    def _identity(self) -> tuple[Any, ...]:
        return (self.key,) if self.key is not None else (self.text, self.candidates)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mention) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())


@dataclass(frozen=True)
class Find:
    """One thing found in a text: `kind` as its finder is named, [start, end) in the normalised text, and the value."""

    kind: str
    start: int
    end: int
    text: str
    value: Any
    rule: str = ""


@dataclass(frozen=True)
class Reading:
    """One thing that a message asks for or reports.

    `intent` is the name of the rule file and of the skill (verb_noun). `slots` holds only what was said or follows from
    it; the names and types of each intent's slots stand in the docstring of its rule file. [start, end) is the clause
    in the original text. `sources` tells by slot how it was found: stated, resolved, assumed (nlu/sources.py). What is
    doubted is asked about before it is written.
    """

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    rule: str = ""
    strength: int = field(default=0, compare=False)  # how strongly the ranker let it stand
    is_doubted: bool = field(default=False, compare=False)
    is_guess: bool = field(default=False, compare=False)  # read by a perhaps-rule
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Understanding:
    """How a message was read: the readings in the order of the text, every find, all that the rules proposed, and one
    line a step that decided.
    """

    text: str
    normalised: str
    readings: tuple[Reading, ...]
    finds: tuple[Find, ...] = ()
    proposed: tuple[Reading, ...] = ()
    trace: tuple[str, ...] = ()


Finder = Callable[..., list[Find]]


@dataclass(frozen=True, eq=False)
class Rule:
    """How one intent is read: asked of each clause that holds a word of one of the trigger groups, a find of one of
    the kinds that it needs, and a word of one of the groups that it needs `beside`.

    `read(scene, clause)` yields the slots of a reading each, nothing where the clause does not say it after all.
    """

    intent: str
    name: str
    triggers: tuple[str, ...]
    read: Callable[..., Iterable[Mapping[str, Any]]]
    kinds: tuple[str, ...] = ()
    perhaps: bool = (
        False  # proposes what only the ranker can let stand, where no sure rule of the intent reads the clause
    )
    beside: tuple[str, ...] = ()
    certain: bool = False  # matches whole messages made of nothing else: no ranker is asked
    whole: bool = False  # matches whole messages, none longer than a command: asked of their first clause alone
    words: tuple[str, ...] = ()  # the message holds one of these, wherever it stands
    of_customer: bool = False  # reads nothing from a clause that is about no customer
