"""One's tasks and visits as calendar entries: what the file in the chat and the feed by a link both hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.tasks import Task
from storage.lists.tasks import TasksWanted, list_tasks
from storage.lists.visits import VisitsWanted, list_visits
from talk.calendars import Item, to_ics
from talk.catalogue import say
from talk.forms import reader_of

KINDS = frozenset({"tasks", "visits"})
LOOKED_BACK = timedelta(days=90)  # of visits and of what was to be done
MOST = 2_000


@dataclass(frozen=True)
class CalendarWanted:
    """Whose entries (None: of all that the asker sees), from `since` (None: lately) to `until`, of which kinds; `name`
    is what the calendar is called after.
    """

    people: frozenset[int] | None
    since: date | None = None
    until: date | None = None
    kinds: frozenset[str] = KINDS
    name: str = ""


async def calendar_of(
    session: AsyncSession, actor: Actor, now: datetime, wanted: CalendarWanted | None = None
) -> tuple[bytes, int]:
    """A calendar as a file, and how many entries it has: open tasks with a day, and visits made; of the asker unless
    told otherwise.
    """
    wanted = wanted or CalendarWanted(frozenset({actor.id}))
    items = await items_of(session, actor, now, wanted)
    name = {"name": wanted.name or actor.user.name}
    return to_ics(say("calendar_name", reader_of(actor.user, now), name), items), len(items)


async def items_of(session: AsyncSession, actor: Actor, now: datetime, wanted: CalendarWanted) -> list[Item]:
    """The entries, the visits first."""
    people, since, until = wanted.people, wanted.since or (now - LOOKED_BACK).date(), wanted.until
    visits_wanted = VisitsWanted(people, since=since, until=until)
    held = await list_visits(session, actor, visits_wanted, MOST, 0) if "visits" in wanted.kinds else []
    tasks_wanted = TasksWanted(people, since=since, until=until)
    due = await list_tasks(session, actor, tasks_wanted, MOST, 0) if "tasks" in wanted.kinds else []
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
