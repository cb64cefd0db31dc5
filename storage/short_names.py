"""The short names that people taught: each person's own, and what an admin settled for all."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Customer, ShortName
from crm.policy import Actor
from storage.tables import customers, short_names
from storage.visibility import sees_customer

_STANDS = and_(short_names.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None))


async def taught(session: AsyncSession, user_id: int) -> list[ShortName]:
    """What counts for a person: what they taught, and what was settled for all. Of customers whoever sees them."""
    mine = or_(short_names.c.learnt_by_id == user_id, short_names.c.settles)
    found = select(ShortName).join(Customer, customers.c.id == short_names.c.customer_id).where(_STANDS, mine)
    return list(await session.scalars(found.order_by(short_names.c.id)))


async def taught_window(
    session: AsyncSession, actor: Actor, *, settled: bool, limit: int, skip: int
) -> list[tuple[ShortName, Customer]]:
    """The actor's own short names, or those settled for all, of the customers that they see; by the short name."""
    found = (
        select(ShortName, Customer)
        .join(Customer, customers.c.id == short_names.c.customer_id)
        .where(_shown(actor, settled=settled))
        .order_by(short_names.c.text, short_names.c.id)
        .limit(limit)
        .offset(skip)
    )
    return [(short, customer) for short, customer in await session.execute(found)]


async def count_taught(session: AsyncSession, actor: Actor, *, settled: bool) -> int:
    """How many there are in such a list."""
    joined = short_names.join(customers, customers.c.id == short_names.c.customer_id)
    found = select(func.count()).select_from(joined).where(_shown(actor, settled=settled))
    return int(await session.scalar(found) or 0)


def _shown(actor: Actor, *, settled: bool) -> ColumnElement[bool]:
    whose = short_names.c.settles if settled else short_names.c.learnt_by_id == actor.id
    return and_(_STANDS, whose, sees_customer(actor))
