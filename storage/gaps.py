"""What is told of the customers that somebody looks after, and of their open deals there: two statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.money import Money
from crm.policy import Actor
from crm.reports.gaps import CustomerHeld, DealHeld
from storage.deal_tables import deals, stages
from storage.tables import contacts, customers, tasks
from storage.visibility import sees_customer

_PERSON = (contacts.c.customer_id == customers.c.id, contacts.c.withdrawn_at.is_(None), contacts.c.left_on.is_(None))
_TASK = (
    tasks.c.customer_id == deals.c.customer_id,
    tasks.c.state == "open",
    tasks.c.withdrawn_at.is_(None),
    or_(tasks.c.deal_id == deals.c.id, tasks.c.deal_id.is_(None)),
)
_HELD = select(
    customers.c.id,
    customers.c.name,
    customers.c.tier,
    customers.c.industry,
    customers.c.size,
    select(contacts.c.name).where(*_PERSON).order_by(contacts.c.id).limit(1).correlate(customers).scalar_subquery(),
    exists().where(*_PERSON, contacts.c.phone != ""),
    exists().where(*_PERSON, contacts.c.role == "decision_maker"),
).where(customers.c.withdrawn_at.is_(None))
_DEALS = (
    select(
        deals.c.customer_id,
        deals.c.name,
        deals.c.amount_minor,
        deals.c.currency,
        deals.c.close_on,
        exists().where(*_TASK),
    )
    .join(stages, stages.c.id == deals.c.stage_id)
    .join(customers, customers.c.id == deals.c.customer_id)
    .where(deals.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), stages.c.outcome == "open")
    .order_by(deals.c.id)
)


async def records_held(
    session: AsyncSession, actor: Actor, customer_id: int | None = None, people: Collection[int] = ()
) -> list[CustomerHeld]:
    """The customers of the actor, or of those people, with the open deals there, in no order; or the one customer; as
    far as the actor sees them.
    """
    theirs = customers.c.owner_id.in_(set(people) or {actor.id})
    mine = theirs if customer_id is None else customers.c.id == customer_id
    where = (mine, sees_customer(actor))
    found: dict[int, list[DealHeld]] = defaultdict(list)
    for key, name, minor, currency, close_on, has_task in await session.execute(_DEALS.where(*where)):
        found[key].append(DealHeld(name, _whole(minor, currency), close_on, bool(has_task)))
    rows: Any = await session.execute(_HELD.where(*where))
    return [_customer(row, found[row[0]]) for row in rows]


def _customer(row: Any, found: Sequence[DealHeld]) -> CustomerHeld:
    key, name, tier, industry, size, person, has_phone, has_decision_maker = row
    people = (person or "", bool(has_phone), bool(has_decision_maker))
    return CustomerHeld(key, name, tier, industry, size, *people, deals=found)


def _whole(minor: int | None, currency: str) -> int | None:
    return None if minor is None else int(Money(minor, currency).major)
