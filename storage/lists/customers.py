"""Customers as lists show them: a window at a time, and how many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Customer
from crm.filters import Condition
from crm.money import Money
from crm.policy import Actor
from storage.deal_tables import deals, stages
from storage.lists.conditions import narrowed_customers
from storage.lists.order import CONTACTED, HELD, customers_in_order
from storage.people_tables import users
from storage.tables import customers, visits
from storage.visibility import sees_customer


@dataclass(frozen=True)
class CustomersWanted:
    """Which customers: looked after by `people` (None: by anybody), of a tier ("": any), made from one moment up to
    another. `silent_from` is a midnight: it leaves those made before that nobody has contacted since. `where` is what
    narrows them besides; `sort` what they are ordered by, after a "-" from the greatest on.
    """

    people: frozenset[int] | None = None
    tier: str = ""
    created: tuple[datetime | None, datetime | None] = (None, None)
    silent_from: datetime | None = None
    where: tuple[Condition, ...] = ()
    sort: str = ""


@dataclass(frozen=True)
class CustomerRow:
    """A customer, the name of whoever looks after it, and the day of the last contact."""

    customer: Customer
    owner: str
    contacted_on: date | None


async def count_customers(session: AsyncSession, actor: Actor, wanted: CustomersWanted) -> int:
    """How many of the customers wanted the actor sees."""
    return int(await session.scalar(select(func.count(customers.c.id)).where(*customers_where(actor, wanted))) or 0)


async def list_customers(
    session: AsyncSession, actor: Actor, wanted: CustomersWanted, limit: int, offset: int
) -> list[CustomerRow]:
    """A window of the customers wanted that the actor sees, whoever was contacted longest ago first."""
    found = select(Customer, users.c.name, CONTACTED).join(users, users.c.id == customers.c.owner_id)
    order = customers_in_order(wanted.sort)
    rows = await session.execute(
        found.where(*customers_where(actor, wanted)).order_by(*order).limit(limit).offset(offset)
    )
    return [CustomerRow(customer, owner, contacted_on) for customer, owner, contacted_on in rows]


async def open_sums(session: AsyncSession, keys: Collection[int]) -> dict[int, list[Money]]:
    """What the open deals of customers come to, a currency each. The caller has asked the policy for the customers."""
    total = func.sum(deals.c.amount_minor)
    found = select(deals.c.customer_id, deals.c.currency, total).join(stages, stages.c.id == deals.c.stage_id)
    where = (deals.c.customer_id.in_(keys), deals.c.withdrawn_at.is_(None), deals.c.amount_minor.is_not(None))
    rows = found.where(*where, stages.c.outcome == "open").group_by(deals.c.customer_id, deals.c.currency)
    sums: dict[int, list[Money]] = {}
    for key, currency, minor in await session.execute(rows.order_by(deals.c.currency)):
        sums.setdefault(key, []).append(Money(int(minor), currency))
    return sums


def customers_where(actor: Actor, wanted: CustomersWanted) -> list[ColumnElement[bool]]:
    """Hold for the customers wanted that the actor sees."""
    where = [customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    if wanted.people is not None:
        where.append(customers.c.owner_id.in_(wanted.people))
    if wanted.tier:
        where.append(customers.c.tier == wanted.tier)
    first, last = wanted.created
    if first is not None:
        where.append(customers.c.created_at >= first)
    if last is not None:
        where.append(customers.c.created_at < last)
    if wanted.silent_from is not None:
        contact = select(visits.c.id).where(*HELD, visits.c.held_on >= wanted.silent_from.date())
        where += [customers.c.created_at < wanted.silent_from, ~contact.correlate(customers).exists()]
    return [*where, *narrowed_customers(wanted.where)]
