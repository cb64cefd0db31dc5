"""One's tasks and visits as calendar entries: what the file in the chat and the feed by a link both hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.tasks import Task
from storage.lists.tasks import TasksWanted, list_tasks
from storage.lists.visits import VisitsWanted, list_visits
from talk.calendars import Item, to_ics
from talk.catalogue import say
from talk.forms import reader_of

LOOKED_BACK = timedelta(days=90)  # of visits and of what was to be done
MOST = 2_000


async def calendar_of(session: AsyncSession, actor: Actor, now: datetime) -> tuple[bytes, int]:
    """The calendar of a user as a file, and how many entries it has: open tasks with a day, and visits made lately."""
    items = await items_of(session, actor, now)
    return to_ics(say("calendar_name", reader_of(actor.user, now), {"name": actor.user.name}), items), len(items)


async def items_of(session: AsyncSession, actor: Actor, now: datetime) -> list[Item]:
    """The entries, the visits first."""
    people, since = frozenset({actor.id}), (now - LOOKED_BACK).date()
    held = await list_visits(session, actor, VisitsWanted(people, since=since), MOST, 0)
    due = await list_tasks(session, actor, TasksWanted(people, since=since), MOST, 0)
    reader = reader_of(actor.user, now)
    visits = [
        Item(
            f"visit-{row.visit.id}",
            say("calendar_visit", reader, {"customer": row.customer}),
            row.visit.held_at or row.visit.held_on,
            row.visit.created_at,
            row.visit.words,
        )
        for row in held
    ]
    return [*visits, *(_task(row.task, row.customer) for row in due if row.task.due_on or row.task.due_at)]


def _task(task: Task, customer: str) -> Item:
    when: date | datetime | None = task.due_at or task.due_on
    assert when is not None  # noqa: S101 - asked for by its day
    return Item(f"task-{task.id}", f"#{task.id} {task.title}", when, task.created_at, customer)
