"""Tasks: what somebody promised to do, and by when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

STATES = ("open", "done", "dropped")


@dataclass(eq=False)
class Task:
    """Something to be done by the end of the day `due_on`, or by the moment `due_at` where a clock time was told.

    `accepted_at` is when the assignee took on what somebody else gave them.
    `remind_at` is a moment to which somebody put its reminder off. `plan_from` is set whenever the task changes: what
    is to be told of it from then on has to be planned anew (jobs/task_reminders.py).
    """

    title: str
    assignee_id: int
    giver_id: int
    created_at: datetime
    due_on: date | None = None
    due_at: datetime | None = None
    customer_id: int | None = None
    deal_id: int | None = None
    state: str = "open"
    done_at: datetime | None = None
    accepted_at: datetime | None = None
    remind_at: datetime | None = None
    plan_from: datetime | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.plan_from is None:
            self.plan_from = self.created_at


class ToTell(NamedTuple):
    """Of a task what its reminders need: there may be very many of them at once."""

    id: int
    title: str
    assignee_id: int
    giver_id: int
    customer_id: int | None
    due_on: date | None
    due_at: datetime | None
    remind_at: datetime | None
    plan_from: datetime | None
    is_open: bool


def is_overdue(task: Task, today: date) -> bool:
    """Whether an open task's day has passed."""
    return task.state == "open" and task.due_on is not None and task.due_on < today
