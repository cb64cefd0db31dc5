"""What people put right, as it is read to improve understanding."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.corrections import Correction
from storage.post_tables import corrections


async def corrections_since(session: AsyncSession, after: int = 0) -> Sequence[Correction]:
    """Every correction made after the one of that number, the oldest first."""
    return list(await session.scalars(select(Correction).where(corrections.c.id > after).order_by(corrections.c.id)))
