"""How much people of some roles have on a day: free and busy, nothing of what it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.users import User
from storage.people_tables import users
from storage.tables import tasks, visits


@dataclass(frozen=True)
class Busy:
    """Somebody, and how many tasks and visits they have on a day."""

    user: User
    things: int


async def busy_on(session: AsyncSession, roles: Collection[str], day: date) -> list[Busy]:
    """The active people of the roles, the freest first."""
    due = select(func.count(tasks.c.id)).where(
        tasks.c.assignee_id == users.c.id,
        tasks.c.due_on == day,
        tasks.c.state == "open",
        tasks.c.withdrawn_at.is_(None),
    )
    held = select(func.count(visits.c.id)).where(
        visits.c.user_id == users.c.id, visits.c.held_on == day, visits.c.withdrawn_at.is_(None)
    )
    things = due.correlate(users).scalar_subquery() + held.correlate(users).scalar_subquery()
    where = (users.c.role.in_(roles), users.c.is_active, users.c.withdrawn_at.is_(None))
    rows = await session.execute(select(User, things).where(*where).order_by(things, users.c.name))
    return [Busy(user, int(count)) for user, count in rows]
