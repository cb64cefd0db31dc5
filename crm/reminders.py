"""When somebody is reminded of a task: at its hour first, then rung by rung once it is overdue. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crm.calendar import Calendar, Hours, moment, out_of_quiet
from crm.ladders import RECIPIENTS, Rung
from crm.tasks import Task, ToTell
from crm.users import User

BEFORE = timedelta(minutes=30)  # a task with a clock time is reminded of so long before


@dataclass(frozen=True)
class Step:
    """When somebody is told: `level` 0 is the reminder itself, n the n-th rung. `is_exact` goes out by night too."""

    level: int
    at: datetime
    is_exact: bool = False


def listeners(assignee: User, above: Sequence[User]) -> dict[int, tuple[User, frozenset[str]]]:
    """Who is told of somebody's tasks and as what (crm.ladders.RECIPIENTS): by id. `above` are the superiors, nearest
    first; where there is none, whoever is highest stands in.
    """
    standing = [assignee, *above]
    roles: dict[int, set[str]] = {}
    for place, role in enumerate(RECIPIENTS):
        person = standing[min(place, len(standing) - 1)]
        roles.setdefault(person.id, set()).add(role)
    return {user.id: (user, frozenset(roles[user.id])) for user in standing if user.id in roles}


def task_steps(
    task: Task | ToTell, person: User, roles: frozenset[str], rungs: Sequence[Rung], calendar: Calendar
) -> list[Step]:
    """Every moment at which a person is told of a task, as whoever they are to it, in order of time."""
    zone, works, quiet = ZoneInfo(person.zone), Hours.read(person.working_hours), Hours.read(person.quiet_hours)
    steps = [first] if "rep" in roles and (first := _first(task, zone, works)) else []
    due_on = task.due_at.astimezone(zone).date() if task.due_at else task.due_on
    if due_on is not None:
        for level, rung in enumerate(rungs, start=1):
            if roles.intersection(rung.to):
                steps.append(Step(level, moment(calendar.after(due_on, rung.after), works.since, zone)))
    steps = [step if step.is_exact else Step(step.level, out_of_quiet(step.at, quiet, zone)) for step in steps]
    return sorted(steps, key=lambda step: (step.at, step.level))


def next_steps(steps: Sequence[Step], since: datetime, now: datetime, waited: Collection[int] = ()) -> list[Step]:
    """The step to wait for, and those that come after it: of what has passed the last alone, then all that comes. What
    has passed counts where it did so since, or still waited (`waited`: levels) as somebody's hours moved past it.
    """
    passed = [step for step in steps if step.at <= now and (step.at > since or step.level in waited)]
    return [*passed[-1:], *(step for step in steps if step.at > now)]


def _first(task: Task | ToTell, zone: ZoneInfo, works: Hours) -> Step | None:
    """What a person set to the minute is told to the minute; a day's task as work begins."""
    if task.remind_at is not None:
        return Step(0, task.remind_at, is_exact=True)
    if task.due_at is not None:
        return Step(0, task.due_at - BEFORE, is_exact=True)
    return Step(0, moment(task.due_on, works.since, zone)) if task.due_on is not None else None
