"""Visits, as cards show them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.visits import Visit
from storage.tables import visits


async def last_visits(session: AsyncSession, customer_id: int, limit: int) -> list[Visit]:
    """A customer's last visits, the newest first. The caller has asked the policy for the customer."""
    where = (visits.c.customer_id == customer_id, visits.c.withdrawn_at.is_(None))
    order = (visits.c.held_on.desc(), visits.c.id.desc())
    return list(await session.scalars(select(Visit).where(*where).order_by(*order).limit(limit)))
