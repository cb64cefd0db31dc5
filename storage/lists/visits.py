"""Visits as lists show them: a window at a time, how many there are, at how many customers, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from crm.filters import Condition
from crm.policy import Actor
from crm.visits import Visit
from storage.lists.conditions import of_narrowed_customers
from storage.people_tables import users
from storage.tables import customers, visits
from storage.visibility import sees_customer


@dataclass(frozen=True)
class VisitsWanted:
    """Which visits: by `people` (None: by anybody), at a customer, about a deal, held from `since` to `until`; `where`
    narrows them to those at certain customers; `kinds` are the ways that count, all where none is told.
    """

    people: frozenset[int] | None = None
    customer_id: int | None = None
    deal_id: int | None = None
    since: date | None = None
    until: date | None = None
    where: tuple[Condition, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitRow:
    """A visit with the names of the customer and of whoever went."""

    visit: Visit
    customer: str
    user: str


@dataclass(frozen=True)
class VisitCount:
    """How many visits, at how many customers; `user` is whose they are where they are counted by person."""

    visits: int
    customers: int
    user: str = ""


VISIT_ROWS: Select[Any] = (
    select(Visit, customers.c.name, users.c.name)
    .join(customers, customers.c.id == visits.c.customer_id)
    .join(users, users.c.id == visits.c.user_id)
)
LOOKED_BACK = 500  # visits searched for the last one with a person
NEWEST_FIRST = (visits.c.held_on.desc(), visits.c.id.desc())
_COUNTS = (func.count(visits.c.id), func.count(visits.c.customer_id.distinct()))


async def count_visits(session: AsyncSession, actor: Actor, wanted: VisitsWanted) -> VisitCount:
    """How many of the visits wanted the actor sees."""
    found = select(*_COUNTS).select_from(visits.join(customers)).where(*_where(actor, wanted))
    held, at = (await session.execute(found)).one()
    return VisitCount(int(held), int(at))


async def count_visits_by_person(session: AsyncSession, actor: Actor, wanted: VisitsWanted) -> list[VisitCount]:
    """How many of the visits wanted the actor sees, a person each, the busiest first; who made none is left out."""
    home = visits.join(customers).join(users, users.c.id == visits.c.user_id)
    found = select(*_COUNTS, users.c.name).select_from(home).where(*_where(actor, wanted))
    rows = await session.execute(
        found.group_by(users.c.id, users.c.name).order_by(_COUNTS[1].desc(), _COUNTS[0].desc(), users.c.id)
    )
    return [VisitCount(int(held), int(at), user) for held, at, user in rows]


async def people_without_visits(session: AsyncSession, actor: Actor, wanted: VisitsWanted) -> list[str]:
    """The names of those of the people wanted, reps all of them, who made none of the visits; in order of their ids."""
    made = select(visits.c.user_id).where(
        visits.c.withdrawn_at.is_(None),
        *([visits.c.held_on >= wanted.since] if wanted.since else []),
        *([visits.c.held_on <= wanted.until] if wanted.until else []),
    )
    may_ask = users.c.id.in_({actor.id, *actor.below}) if actor.user.role != "admin" else true()
    where = [users.c.role == "rep", users.c.is_active, may_ask, users.c.id.not_in(made)]
    if wanted.people is not None:
        where.append(users.c.id.in_(wanted.people))
    return list(await session.scalars(select(users.c.name).where(*where).order_by(users.c.id)))


async def list_visits(
    session: AsyncSession, actor: Actor, wanted: VisitsWanted, limit: int, offset: int
) -> list[VisitRow]:
    """A window of the visits wanted that the actor sees, the newest first."""
    found = VISIT_ROWS.where(*_where(actor, wanted)).order_by(*NEWEST_FIRST)
    return [VisitRow(*row) for row in await session.execute(found.limit(limit).offset(offset))]


async def last_visit(
    session: AsyncSession, actor: Actor, wanted: VisitsWanted, contact_id: int | None = None
) -> VisitRow | None:
    """The newest of the visits wanted that the actor sees; with somebody there, where one is told."""
    rows = await list_visits(session, actor, wanted, 1 if contact_id is None else LOOKED_BACK, 0)
    return next((row for row in rows if contact_id is None or contact_id in row.visit.contact_ids), None)


def _where(actor: Actor, wanted: VisitsWanted) -> list[ColumnElement[bool]]:
    where = [visits.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    if wanted.people is not None:
        where.append(visits.c.user_id.in_(wanted.people))
    if wanted.customer_id is not None:
        where.append(visits.c.customer_id == wanted.customer_id)
    if wanted.deal_id is not None:
        where.append(visits.c.deal_id == wanted.deal_id)
    if wanted.kinds:
        where.append(visits.c.kind.in_(wanted.kinds))
    if wanted.since is not None:
        where.append(visits.c.held_on >= wanted.since)
    if wanted.until is not None:
        where.append(visits.c.held_on <= wanted.until)
    return [*where, *of_narrowed_customers(visits.c.customer_id, actor, wanted.where)]
