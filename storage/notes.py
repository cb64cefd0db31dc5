"""Notes, as a customer's card shows them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.notes import CustomerNote
from storage.note_tables import notes


async def last_notes(session: AsyncSession, customer_id: int, limit: int) -> list[CustomerNote]:
    """A customer's last notes but those of payments, which stand with the money; the newest first. The caller has asked
    the policy for the customer.
    """
    where = (notes.c.customer_id == customer_id, notes.c.kind != "payment", notes.c.withdrawn_at.is_(None))
    return list(await session.scalars(select(CustomerNote).where(*where).order_by(notes.c.id.desc()).limit(limit)))
