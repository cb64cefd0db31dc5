"""Tasks as lists show them: a window at a time, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.filters import Condition
from crm.policy import Actor
from crm.tasks import Task
from storage.lists.conditions import of_narrowed_customers
from storage.people_tables import users
from storage.tables import customers, tasks
from storage.visibility import sees_task


@dataclass(frozen=True)
class TasksWanted:
    """Which tasks: of `people` (None: of anybody), about a customer or deal, due from `since` to `until`.

    `late_on` leaves those whose day had passed on that day. `is_done` wants the finished ones, of the moments from
    `done_from` up to `done_until`. `giver_id` leaves those that somebody gave to others. `where` narrows them to those
    about certain customers.
    """

    people: frozenset[int] | None = None
    customer_id: int | None = None
    deal_id: int | None = None
    since: date | None = None
    until: date | None = None
    late_on: date | None = None
    is_done: bool = False
    done_from: datetime | None = None
    done_until: datetime | None = None
    giver_id: int | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class TaskRow:
    """A task with the name of its customer, "" where it has none, and of whose it is."""

    task: Task
    customer: str
    assignee: str


TASK_ROWS: Select[Any] = (
    select(Task, customers.c.name, users.c.name)
    .outerjoin(customers, (customers.c.id == tasks.c.customer_id) & customers.c.withdrawn_at.is_(None))
    .join(users, users.c.id == tasks.c.assignee_id)
)
BY_DUE = (tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.due_at.is_(None), tasks.c.due_at, tasks.c.id)
_BY_DONE = (tasks.c.done_at.is_(None), tasks.c.done_at.desc(), tasks.c.id.desc())


async def count_tasks(session: AsyncSession, actor: Actor, wanted: TasksWanted) -> int:
    """How many of the tasks wanted the actor sees."""
    return int(await session.scalar(select(func.count(tasks.c.id)).where(*_where(actor, wanted))) or 0)


async def list_tasks(
    session: AsyncSession, actor: Actor, wanted: TasksWanted, limit: int, offset: int
) -> list[TaskRow]:
    """A window of the tasks wanted that the actor sees: the earliest due first; of finished ones the newest."""
    found = TASK_ROWS.where(*_where(actor, wanted)).order_by(*(_BY_DONE if wanted.is_done else BY_DUE))
    rows = await session.execute(found.limit(limit).offset(offset))
    return [TaskRow(task, customer or "", assignee) for task, customer, assignee in rows]


def _where(actor: Actor, wanted: TasksWanted) -> list[ColumnElement[bool]]:
    state = "done" if wanted.is_done else "open"
    where = [tasks.c.withdrawn_at.is_(None), tasks.c.state == state, sees_task(actor)]
    if wanted.people is not None:
        where.append(tasks.c.assignee_id.in_(wanted.people))
    if wanted.giver_id is not None:
        where += [tasks.c.giver_id == wanted.giver_id, tasks.c.assignee_id != wanted.giver_id]
    if wanted.customer_id is not None:
        where.append(tasks.c.customer_id == wanted.customer_id)
    if wanted.deal_id is not None:
        where.append(tasks.c.deal_id == wanted.deal_id)
    if wanted.since is not None:
        where.append(tasks.c.due_on >= wanted.since)
    if wanted.until is not None:
        where.append(tasks.c.due_on <= wanted.until)
    if wanted.late_on is not None:
        where.append(tasks.c.due_on < wanted.late_on)
    if wanted.done_from is not None:
        where.append(tasks.c.done_at >= wanted.done_from)
    if wanted.done_until is not None:
        where.append(tasks.c.done_at < wanted.done_until)
    return [*where, *of_narrowed_customers(tasks.c.customer_id, actor, wanted.where)]
