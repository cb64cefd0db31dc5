"""Visits that somebody may judge (crm/policy.py: comment_visit), at customers that they see."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.visits import Visit
from storage.lists.visits import VisitRow
from storage.people_tables import users
from storage.tables import customers, visits
from storage.visibility import sees_customer

_NEWEST = (visits.c.held_on.desc(), visits.c.id.desc())


async def judged_visits(session: AsyncSession, actor: Actor, keys: Collection[int]) -> list[VisitRow]:
    """Those of the visits on which the actor may comment, own ones too, the newest first."""
    people = {actor.id, *actor.below}
    whose = true() if actor.user.role == "admin" else visits.c.user_id.in_(people)
    return await _rows(session, actor, [visits.c.id.in_(set(keys)), whose])


async def last_judged(
    session: AsyncSession,
    actor: Actor,
    limit: int,
    *,
    customers_among: Collection[int] | None = None,
    people_among: Collection[int] | None = None,
) -> list[VisitRow]:
    """The last visit of people below to each of the customers, by one of the people; the newest first."""
    where = [visits.c.withdrawn_at.is_(None), visits.c.user_id != actor.id]
    if actor.user.role != "admin":
        where.append(visits.c.user_id.in_(actor.below))
    if customers_among is not None:
        where.append(visits.c.customer_id.in_(set(customers_among)))
    if people_among is not None:
        where.append(visits.c.user_id.in_(set(people_among)))
    place = func.row_number().over(partition_by=visits.c.customer_id, order_by=_NEWEST).label("place")
    last = select(visits.c.id, place).where(*where).subquery()
    return await _rows(session, actor, [visits.c.id.in_(select(last.c.id).where(last.c.place == 1))], limit)


async def _rows(
    session: AsyncSession, actor: Actor, where: list[ColumnElement[bool]], limit: int | None = None
) -> list[VisitRow]:
    stand = (visits.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor))
    found = (
        select(Visit, customers.c.name, users.c.name)
        .join(customers, customers.c.id == visits.c.customer_id)
        .join(users, users.c.id == visits.c.user_id)
        .where(*where, *stand)
        .order_by(*_NEWEST)
        .limit(limit)
    )
    return [VisitRow(visit, customer, user) for visit, customer, user in await session.execute(found)]
