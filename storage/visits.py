"""Visits, as cards show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Customer
from crm.policy import Actor
from crm.visits import Visit
from storage.post_tables import cards
from storage.tables import changes, customers, visits
from storage.visibility import sees_customer

LATE = timedelta(minutes=10)  # what a message tells may be written so long after it was sent


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


async def visit_near(
    session: AsyncSession,
    user_id: int,
    customer_id: int,
    now: datetime,
    told: tuple[datetime, datetime] | None = None,
) -> Visit | None:
    """The user's last visit to a customer that is being written `now`, or that was told of between two moments."""
    when = visits.c.created_at == now
    if told is not None:
        when = or_(when, and_(visits.c.created_at >= told[0], visits.c.created_at <= told[1] + LATE))
    theirs = (visits.c.user_id == user_id, visits.c.customer_id == customer_id, visits.c.withdrawn_at.is_(None))
    found: Visit | None = await session.scalar(select(Visit).where(*theirs, when).order_by(visits.c.id.desc()).limit(1))
    return found


async def last_visit_told(session: AsyncSession, actor: Actor, chat_id: int, since: datetime) -> Visit | None:
    """The visit that the actor told of last in a chat, since a moment; None where they see its customer no more."""
    mine = (cards.c.chat_id == chat_id, cards.c.user_id == actor.id, cards.c.at >= since)
    found = select(Visit).join(changes, and_(changes.c.thing_id == visits.c.id, changes.c.thing == "visit"))
    found = found.join(cards, cards.c.inbox_id == changes.c.inbox_id).join(customers)
    standing = (visits.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor))
    visit: Visit | None = await session.scalar(
        found.where(*mine, *standing, changes.c.field == "").order_by(cards.c.at.desc(), visits.c.id.desc()).limit(1)
    )
    return visit


async def recent_visits(
    session: AsyncSession, actor: Actor, limit: int, but: int | None = None
) -> Sequence[tuple[Visit, Customer]]:
    """The actor's last visit to each customer they see, `but` that one, the newest first."""
    mine = [visits.c.user_id == actor.id, visits.c.withdrawn_at.is_(None)]
    if but is not None:
        mine.append(visits.c.id != but)
    newest = (visits.c.held_on.desc(), visits.c.id.desc())
    place = func.row_number().over(partition_by=visits.c.customer_id, order_by=newest).label("place")
    last = select(visits.c.id, place).where(*mine).subquery()
    found = select(Visit, Customer).join(Customer, customers.c.id == visits.c.customer_id)
    found = found.join(last, (last.c.id == visits.c.id) & (last.c.place == 1))
    where = (customers.c.withdrawn_at.is_(None), sees_customer(actor))
    return [(v, c) for v, c in await session.execute(found.where(*where).order_by(*newest).limit(limit))]
