"""Pushes: what is to be told to somebody at some moment without their asking, and whether it has been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

STATES = ("waiting", "told", "dropped")
# What a colleague caused, told at once and not by a reminder: of a task, of a visit, of a note on a customer.
NOTE_OF_TASK, NOTE_OF_VISIT, NOTE_OF_CUSTOMER = "task_note", "visit_note", "customer_note"
NOTES = (NOTE_OF_TASK, NOTE_OF_VISIT, NOTE_OF_CUSTOMER)
OF_A_TASK = ("task", NOTE_OF_TASK)
SILENT, NO_STEP, NO_STEP_CUSTOMER = "silent_deal", "no_next_step", "customer_no_step"
OF_A_DEAL = (SILENT, NO_STEP)


@dataclass(slots=True, eq=False)
class Push:
    """One thing to tell one person, once: `key` is unique. `thing_id` is a record of what the kind is about, of the
    customer `customer_id` where there is one.

    `level` is its place on a ladder, 0 before the first rung. `is_exact` goes out to the minute even in quiet hours:
    somebody set that minute. `post` is the outbox key of the message that told it. It is no stored entity: very many
    come at once (storage/pushes.py).
    """

    key: str
    kind: str
    user_id: int
    due_at: datetime
    thing_id: int | None = None
    customer_id: int | None = None
    level: int = 0
    is_exact: bool = False
    state: str = "waiting"
    told_at: datetime | None = None
    post: str = ""
    id: int = 0
