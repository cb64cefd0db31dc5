"""Tasks, found with the asker's rights."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.tasks import Task
from storage.tables import tasks
from storage.visibility import sees_task


async def open_tasks_of(session: AsyncSession, actor: Actor, customer_id: int, limit: int) -> list[Task]:
    """The open tasks about a customer that the actor sees, the earliest due first."""
    where = (tasks.c.customer_id == customer_id, tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
    order = (tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.id)
    return list(await session.scalars(select(Task).where(*where, sees_task(actor)).order_by(*order).limit(limit)))
