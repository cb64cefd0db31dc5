"""Visits, as cards show them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.visits import Visit
from storage.tables import changes, visits


async def last_visits(session: AsyncSession, customer_id: int, limit: int) -> list[Visit]:
    """A customer's last visits, the newest first. The caller has asked the policy for the customer."""
    where = (visits.c.customer_id == customer_id, visits.c.withdrawn_at.is_(None))
    order = (visits.c.held_on.desc(), visits.c.id.desc())
    return list(await session.scalars(select(Visit).where(*where).order_by(*order).limit(limit)))


async def visit_told(session: AsyncSession, customer_id: int, user_id: int, since: datetime) -> Visit | None:
    """The newest visit to a customer that a person has told since a moment."""
    whose = (visits.c.customer_id == customer_id, visits.c.user_id == user_id, visits.c.withdrawn_at.is_(None))
    found: Visit | None = await session.scalar(
        select(Visit).where(*whose, visits.c.created_at >= since).order_by(visits.c.id.desc()).limit(1)
    )
    return found


async def visits_of_message(session: AsyncSession, inbox_id: int | None) -> list[Visit]:
    """The visits that a message has made, as far as its changes are logged; those withdrawn left out."""
    made = select(changes.c.thing_id).where(
        changes.c.inbox_id == inbox_id, changes.c.thing == "visit", changes.c.field == ""
    )
    where = (visits.c.id.in_(made), visits.c.withdrawn_at.is_(None))
    return list(await session.scalars(select(Visit).where(*where).order_by(visits.c.id)))
