"""The names that understanding may recognise: customers, people, deals, stages, tasks. Names only, no records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlu.rule import Key


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A person at a customer: `name` in full, `title` as recorded (总经理), `short_names` as people say (王总)."""

    key: Key
    name: str
    title: str = ""
    short_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """A deal of a customer; `is_open` until it is won or lost."""

    key: Key
    name: str
    stage: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer with all that may name it.

    `learnt` holds (short name, user key) that count for that user only, and with None for all: either means this one
    of several customers that are called so.
    """

    key: Key
    name: str
    short_names: tuple[str, ...] = ()
    contacts: tuple[KnownContact, ...] = ()
    deals: tuple[KnownDeal, ...] = ()
    owner: Key | None = None
    learnt: tuple[tuple[str, Key | None], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownUser:
    """A colleague."""

    key: Key
    name: str
    short_names: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class KnownStage:
    """A stage of a pipeline, in pipeline order; `key` is unique across pipelines that share it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownTask:
    """An open task: the number that people say is `key`."""

    key: Key
    title: str
    assignee: Key | None = None
    customer: Key | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """What the chat is about: used only when the message itself names no customer."""

    customer: Key | None = None
    deal: Key | None = None
