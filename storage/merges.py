"""What belongs to a customer, of every kind, so that it can go with it to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.attachments import Attachment
from crm.check_ins import CheckIn
from crm.customers import Collaborator, Contact, ShortName
from crm.deals import Deal
from crm.notes import CustomerNote
from crm.tasks import Task
from crm.visits import Visit
from storage.bulk import table_of

# In the order in which they go: people last, for visits and notes point at them.
BELONGING: dict[str, type[Any]] = {
    "deal": Deal,
    "visit": Visit,
    "task": Task,
    "note": CustomerNote,
    "attachment": Attachment,
    "check_in": CheckIn,
    "short_name": ShortName,
    "collaborator": Collaborator,
    "contact": Contact,
}


async def belongings_of(session: AsyncSession, thing: str, customer_id: int) -> Sequence[Any]:
    """The records of a kind that belong to a customer and stand, held until the transaction is over. Who sees it by a
    group alone is left out: that goes with the group.
    """
    table = table_of(thing)
    where = [table.c.customer_id == customer_id, table.c.withdrawn_at.is_(None)]
    if thing == "collaborator":
        where.append(table.c.chat_id.is_(None))
    found = select(BELONGING[thing]).where(*where).order_by(table.c.id).with_for_update()
    return list(await session.scalars(found))


async def counted(session: AsyncSession, customer_id: int, things: Sequence[str]) -> dict[str, int]:
    """How many records of the kinds belong to a customer and stand."""
    found: dict[str, int] = {}
    for thing in things:
        table = table_of(thing)
        where = (table.c.customer_id == customer_id, table.c.withdrawn_at.is_(None))
        found[thing] = int(await session.scalar(select(func.count()).select_from(table).where(*where)) or 0)
    return found
