"""The reps who entered nothing within a period: neither does the log name them, nor is a visit theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from storage.people_tables import users
from storage.reports.scope import People, is_asked_of, within
from storage.tables import changes, visits

TOLD_LATE = timedelta(
    days=7
)  # what was written down later than that after a visit stands in the log, unless it was imported


async def silent_reps(
    session: AsyncSession, actor: Actor, people: People, since: datetime, until: datetime
) -> tuple[str, ...]:
    """The names of the active reps among `people` without an entry from `since` up to `until`, in the order of ids."""
    last = (
        select(changes.c.at)
        .where(changes.c.user_id == users.c.id, changes.c.at < until)
        .order_by(changes.c.id.desc())
        .limit(1)
        .correlate(users)
        .scalar_subquery()
    )
    written = select(visits.c.id).where(
        visits.c.user_id == users.c.id,
        visits.c.held_on >= (since - TOLD_LATE).date(),
        *within(visits.c.created_at, since, until),
    )
    where = [users.c.role == "rep", users.c.is_active, users.c.withdrawn_at.is_(None), is_asked_of(actor)]
    if people is not None:
        where.append(users.c.id.in_(people))
    quiet = func.coalesce(last, since - TOLD_LATE) < since
    found = select(users.c.name).where(*where, quiet, ~written.correlate(users).exists())
    return tuple(await session.scalars(found.order_by(users.c.id)))
