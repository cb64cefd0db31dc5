"""What pushes tell of, as the records stand: a task that is due, a deal that is silent, whoever has a birthday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from crm.tasks import ToTell


class DueTask(NamedTuple):
    """An open task with the names of its customer ("" for none), of whoever does it and of whoever gave it."""

    task: ToTell
    customer: str
    assignee: str
    giver: str


@dataclass(frozen=True)
class TaskPast:
    """What happened to a task: how often its day was moved, and on which moments somebody was told of it."""

    moves: int
    told: tuple[datetime, ...]


@dataclass(frozen=True)
class Quiet:
    """A deal that is open (`deal_id` None: a customer without one) and the day of the last contact, of its making where
    nobody `is_contacted`.
    """

    deal_id: int | None
    deal: str
    customer_id: int
    customer: str
    owner_id: int
    owner: str
    contacted_on: date
    is_contacted: bool


@dataclass(frozen=True)
class Birthday:
    """A contact whose `birthday` (MM-DD) it is, and their customer."""

    contact_id: int
    name: str
    title: str
    customer_id: int
    customer: str
    owner_id: int
    birthday: str
