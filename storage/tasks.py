"""Tasks, found with the asker's rights."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm import policy
from crm.errors import NoSuchTask, NotYourTask
from crm.policy import Actor
from crm.tasks import Task
from storage.people import users_named
from storage.tables import changes, tasks
from storage.visibility import sees_task

_FIRST_DUE = (tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.id)


async def open_tasks_of(session: AsyncSession, actor: Actor, customer_id: int, limit: int) -> list[Task]:
    """The open tasks about a customer that the actor sees, the earliest due first."""
    where = (tasks.c.customer_id == customer_id, tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
    return list(await session.scalars(select(Task).where(*where, sees_task(actor)).order_by(*_FIRST_DUE).limit(limit)))


async def task_for(session: AsyncSession, actor: Actor, key: int, verb: str) -> Task:
    """The task, locked where the engine can, if the actor may do the verb with it. Raises NoSuchTask, NotYourTask.

    A task that the actor does not see and one that never was answer alike.
    """
    where = (tasks.c.id == key, tasks.c.withdrawn_at.is_(None), sees_task(actor))
    task: Task | None = await session.scalar(select(Task).where(*where).with_for_update(of=tasks))
    if task is None:
        raise NoSuchTask(task=f"#{key}")
    if not may(actor, task, verb):
        names = await users_named(session, [task.assignee_id])
        raise NotYourTask(task=f"#{task.id}", owner=names[task.assignee_id])
    return task


def may(actor: Actor, task: Task, verb: str) -> bool:
    """Whether the actor may do the verb with a task."""
    return policy.may(verb, policy.relations(actor, task.assignee_id, giver_id=task.giver_id))


async def open_tasks_among(session: AsyncSession, actor: Actor, keys: Collection[int], verb: str) -> list[Task]:
    """Those of the tasks that are open and with which the actor may do the verb, the earliest due first."""
    where = (tasks.c.id.in_(set(keys)), tasks.c.state == "open", tasks.c.withdrawn_at.is_(None), sees_task(actor))
    found = await session.scalars(select(Task).where(*where).order_by(*_FIRST_DUE))
    return [task for task in found if may(actor, task, verb)]


async def has_open_task(session: AsyncSession, assignee_id: int, customer_id: int, due_on: date, title: str) -> bool:
    """Whether somebody has that very task at a customer, due on that day."""
    where = (tasks.c.assignee_id == assignee_id, tasks.c.customer_id == customer_id, tasks.c.due_on == due_on)
    stands = (tasks.c.state == "open", tasks.c.withdrawn_at.is_(None), tasks.c.title == title)
    return await session.scalar(select(tasks.c.id).where(*where, *stands).limit(1)) is not None


async def task_states(session: AsyncSession, keys: Collection[int]) -> dict[int, str]:
    """The state of each of the tasks; one that was withdrawn is dropped."""
    found = select(tasks.c.id, tasks.c.state, tasks.c.withdrawn_at).where(tasks.c.id.in_(set(keys)))
    return {key: "dropped" if gone else state for key, state, gone in await session.execute(found)}


async def own_open_tasks(session: AsyncSession, actor: Actor, limit: int, customer_id: int | None = None) -> list[Task]:
    """What the actor has to do, about one customer where one is given, the earliest due first."""
    where = [tasks.c.assignee_id == actor.id, tasks.c.state == "open", tasks.c.withdrawn_at.is_(None)]
    if customer_id is not None:
        where.append(tasks.c.customer_id == customer_id)
    return list(await session.scalars(select(Task).where(*where).order_by(*_FIRST_DUE).limit(limit)))


async def tasks_touched(session: AsyncSession, actor: Actor, since: datetime) -> list[int]:
    """The ids of the tasks that the actor's messages wrote about since a moment, the last first."""
    where = (changes.c.user_id == actor.id, changes.c.thing == "task", changes.c.at >= since)
    last = func.max(changes.c.id).label("last")
    found = select(changes.c.thing_id, last).where(*where).group_by(changes.c.thing_id).order_by(last.desc()).limit(20)
    return [key for key, _ in await session.execute(found)]
