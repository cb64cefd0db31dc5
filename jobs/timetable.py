"""What runs when: one table. A job computes what is due from `now`, and is harmless when it runs twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs.birthdays import plan_birthdays
from jobs.digests import send_digests
from jobs.expire_questions import expire_questions
from jobs.send_pushes import send_pushes
from jobs.silent_deals import plan_silent_deals
from jobs.task_reminders import plan_tasks
from storage.audit import seal_changes
from storage.engine import Store

Run = Callable[[Store, datetime], Awaitable[int]]


@dataclass(frozen=True)
class Job:
    """A job by name. `run` does what is due and returns how much that was; a number above 0 wakes the dispatch."""

    name: str
    every: timedelta
    run: Run


# In this order: what is planned in a tick can be told in it.
TIMETABLE: tuple[Job, ...] = (
    Job("expire_questions", timedelta(minutes=1), expire_questions),
    Job("plan_tasks", timedelta(seconds=10), plan_tasks),
    Job("plan_silent_deals", timedelta(minutes=20), plan_silent_deals),
    Job("plan_birthdays", timedelta(minutes=20), plan_birthdays),
    Job("send_digests", timedelta(seconds=30), send_digests),
    Job("send_pushes", timedelta(seconds=10), send_pushes),
    Job("seal_changes", timedelta(seconds=10), seal_changes),
)
