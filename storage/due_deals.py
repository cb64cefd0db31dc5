"""Deals and customers that nobody has contacted for a while, or for which nothing more is to be done; birthdays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.due import Birthday, Quiet
from crm.policy import Actor
from storage.deal_tables import deals, stages
from storage.people_tables import users
from storage.tables import contacts, customers, tasks, visits
from storage.visibility import sees_customer

_HELD = (visits.c.customer_id == customers.c.id, visits.c.withdrawn_at.is_(None))
_LAST_OF_DEAL = (
    select(func.max(visits.c.held_on))
    .where(*_HELD, or_(visits.c.deal_id == deals.c.id, visits.c.deal_id.is_(None)))
    .correlate(deals, customers)
    .scalar_subquery()
)
_LAST = select(func.max(visits.c.held_on)).where(*_HELD).correlate(customers).scalar_subquery()
_OPEN_TASK = (
    tasks.c.customer_id == customers.c.id,
    tasks.c.state == "open",
    tasks.c.withdrawn_at.is_(None),
)
_OF_DEAL = (stages.c.outcome == "open", deals.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None))
_MADE: ColumnElement[date] = func.date(deals.c.created_at, type_=Date())


def _deals() -> Select[Any]:
    return (
        select(
            deals.c.id,
            deals.c.name,
            customers.c.id,
            customers.c.name,
            deals.c.owner_id,
            users.c.name,
            _LAST_OF_DEAL,
            _MADE,
        )
        .join(customers, customers.c.id == deals.c.customer_id)
        .join(stages, stages.c.id == deals.c.stage_id)
        .join(users, users.c.id == deals.c.owner_id)
        .where(*_OF_DEAL)
    )


async def quiet_deals(
    session: AsyncSession,
    since: date,
    until: date,
    *,
    without_step: bool = False,
    actor: Actor | None = None,
    keys: Collection[int] | None = None,
) -> list[Quiet]:
    """Open deals contacted last from `since` to `until`, made then where nobody has; `without_step` nothing is open
    for them. With an `actor` those alone that they see.
    """
    last: ColumnElement[date] = func.coalesce(_LAST_OF_DEAL, _MADE, type_=Date())
    found = _deals().where(last >= since, last <= until)
    if keys is not None:
        found = found.where(deals.c.id.in_(keys))
    if actor is not None:
        found = found.where(sees_customer(actor))
    if without_step:
        about_it = or_(tasks.c.deal_id == deals.c.id, tasks.c.deal_id.is_(None))
        found = found.where(~select(tasks.c.id).where(*_OPEN_TASK, about_it).correlate(deals, customers).exists())
    rows = await session.execute(found.order_by(last, deals.c.id))
    return [_quiet(row) for row in rows]


def _quiet(row: Any) -> Quiet:
    told = dict(zip(("deal_id", "deal", "customer_id", "customer", "owner_id", "owner"), row[:6], strict=True))
    return Quiet(**told, contacted_on=row[6] or row[7], is_contacted=row[6] is not None)


async def customers_without_step(
    session: AsyncSession,
    since: date,
    until: date,
    *,
    actor: Actor | None = None,
    keys: Collection[int] | None = None,
) -> list[Quiet]:
    """Customers contacted last within these days for whom no deal and no task is open."""
    deal = select(deals.c.id).join(stages, stages.c.id == deals.c.stage_id)
    no_deal = ~deal.where(deals.c.customer_id == customers.c.id, *_OF_DEAL[:2]).correlate(customers).exists()
    no_task = ~select(tasks.c.id).where(*_OPEN_TASK).correlate(customers).exists()
    found = (
        select(customers.c.id, customers.c.name, customers.c.owner_id, users.c.name, _LAST)
        .join(users, users.c.id == customers.c.owner_id)
        .where(customers.c.withdrawn_at.is_(None), since <= _LAST, until >= _LAST, no_deal, no_task)
    )
    if keys is not None:
        found = found.where(customers.c.id.in_(keys))
    if actor is not None:
        found = found.where(sees_customer(actor))
    rows = await session.execute(found.order_by(_LAST, customers.c.id))
    return [Quiet(None, "", *row, is_contacted=True) for row in rows]


async def birthdays_on(
    session: AsyncSession, days: Sequence[str], *, actor: Actor | None = None, keys: Collection[int] | None = None
) -> list[Birthday]:
    """People at customers whose birthday is one of the days (MM-DD), leavers left out."""
    on_day = or_(*(or_(contacts.c.birthday == day, contacts.c.birthday.like(f"____-{day}")) for day in days))
    standing = and_(contacts.c.withdrawn_at.is_(None), contacts.c.left_on.is_(None), customers.c.withdrawn_at.is_(None))
    found = (
        select(
            contacts.c.id,
            contacts.c.name,
            contacts.c.title,
            customers.c.id,
            customers.c.name,
            customers.c.owner_id,
            func.substr(contacts.c.birthday, func.length(contacts.c.birthday) - 4),
        )
        .join(customers, customers.c.id == contacts.c.customer_id)
        .where(on_day, standing)
    )
    if keys is not None:
        found = found.where(contacts.c.id.in_(keys))
    if actor is not None:
        found = found.where(sees_customer(actor))
    return [Birthday(*row) for row in await session.execute(found.order_by(contacts.c.id))]
