"""Tasks as their reminders need them: which have changed since they were planned, and which are still to be told of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm.due import DueTask, TaskPast
from crm.tasks import ToTell
from crm.users import User
from storage.people_tables import users
from storage.pushes import CHUNK, told_of
from storage.tables import changes, customers, tasks

_OPEN: ColumnElement[bool] = and_(tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
_TO_TELL = (  # in the order of the fields of ToTell
    tasks.c.id,
    tasks.c.title,
    tasks.c.assignee_id,
    tasks.c.giver_id,
    tasks.c.customer_id,
    tasks.c.due_on,
    tasks.c.due_at,
    tasks.c.remind_at,
    tasks.c.plan_from,
    _OPEN.label("is_open"),
)
_DOER, _GIVER = users.alias(), users.alias()
_ROWS = (
    select(*_TO_TELL, customers.c.name, _DOER.c.name, _GIVER.c.name)
    .join(_DOER, _DOER.c.id == tasks.c.assignee_id)
    .join(_GIVER, _GIVER.c.id == tasks.c.giver_id)
    .outerjoin(customers, customers.c.id == tasks.c.customer_id)
)


async def unplanned_tasks(session: AsyncSession, most: int) -> list[ToTell]:
    """Some of the tasks that have changed since they were planned, locked where the engine can."""
    found = select(*_TO_TELL).where(tasks.c.plan_from.is_not(None)).order_by(tasks.c.id).limit(most)
    return [ToTell(*row) for row in await session.execute(found.with_for_update(of=tasks))]


async def mark_planned(session: AsyncSession, planned: Sequence[ToTell]) -> None:
    """What is to be told of these tasks stands as pushes now."""
    await session.execute(
        update(tasks).where(tasks.c.id.in_([task.id for task in planned])).values(plan_from=None),
        execution_options={"synchronize_session": False},
    )


async def plan_everybodys(session: AsyncSession, people: Collection[int] | None, now: datetime) -> None:
    """Plan open tasks anew, those of some people or all: their hours, the ladder or the calendar changed."""
    where = [_OPEN, *([tasks.c.assignee_id.in_(people)] if people is not None else [])]
    await session.execute(
        update(tasks).where(*where).values(plan_from=now), execution_options={"synchronize_session": False}
    )


async def due_tasks(session: AsyncSession, keys: Collection[int]) -> dict[int, DueTask]:
    """Those of the tasks that are still open. The caller asks the policy for each."""
    found: dict[int, DueTask] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        where = (tasks.c.id.in_(wanted[start : start + CHUNK]), _OPEN)
        for *task, customer, doer, giver in await session.execute(_ROWS.where(*where)):
            found[task[0]] = DueTask(ToTell(*task), customer or "", doer, giver)
    return found


async def past_of(session: AsyncSession, task: ToTell, before: datetime) -> TaskPast:
    """What happened to a task before a moment. The caller has asked the policy for it."""
    moved = (changes.c.thing == "task", changes.c.thing_id == task.id, changes.c.field == "due_on")
    moves = await session.scalar(select(func.count(changes.c.id)).where(*moved, changes.c.undoes_id.is_(None)))
    return TaskPast(int(moves or 0), tuple(await told_of(session, "task", task.id, before)))


async def users_by_id(session: AsyncSession, people: Collection[int] | None = None) -> dict[int, User]:
    """Those of the people (None: of everybody) who are active, by id."""
    where = [users.c.is_active, *([users.c.id.in_(people)] if people is not None else [])]
    return {user.id: user for user in await session.scalars(select(User).where(*where))}
