"""Notes, as a customer's card shows them, and all of a customer's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.notes import CustomerNote
from crm.policy import Actor
from storage.note_tables import notes
from storage.people_tables import users
from storage.tables import customers
from storage.visibility import sees_customer


async def last_notes(session: AsyncSession, customer_id: int, limit: int) -> list[CustomerNote]:
    """A customer's last notes but those of payments, which stand with the money; the newest first. The caller has asked
    the policy for the customer.
    """
    where = (notes.c.customer_id == customer_id, notes.c.kind != "payment", notes.c.withdrawn_at.is_(None))
    return list(await session.scalars(select(CustomerNote).where(*where).order_by(notes.c.id.desc()).limit(limit)))


async def count_notes(session: AsyncSession, actor: Actor, customer_id: int) -> int:
    """How many of a customer's notes the actor sees."""
    found = select(func.count(notes.c.id)).join(customers, customers.c.id == notes.c.customer_id)
    return int(await session.scalar(found.where(*_where(actor, customer_id))) or 0)


async def list_notes_of(
    session: AsyncSession, actor: Actor, customer_id: int, limit: int, offset: int
) -> list[tuple[CustomerNote, str]]:
    """A window of them with who wrote each, the newest first."""
    rows = await session.execute(
        select(CustomerNote, users.c.name)
        .join(users, users.c.id == notes.c.user_id)
        .join(customers, customers.c.id == notes.c.customer_id)
        .where(*_where(actor, customer_id))
        .order_by(notes.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [(note, name) for note, name in rows]


def _where(actor: Actor, customer_id: int) -> tuple[ColumnElement[bool], ...]:
    """Those that stand for no record of their own."""
    stands = (notes.c.kind == "", notes.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None))
    return (*stands, notes.c.customer_id == customer_id, sees_customer(actor))
