"""Visits that somebody may judge (crm/policy.py: comment_visit), at customers that they see."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from storage.lists.visits import NEWEST_FIRST, VISIT_ROWS, VisitRow
from storage.tables import customers, visits
from storage.visibility import sees_customer


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
    place = func.row_number().over(partition_by=visits.c.customer_id, order_by=NEWEST_FIRST).label("place")
    last = select(visits.c.id, place).where(*where).subquery()
    return await _rows(session, actor, [visits.c.id.in_(select(last.c.id).where(last.c.place == 1))], limit)


async def _rows(
    session: AsyncSession, actor: Actor, where: list[ColumnElement[bool]], limit: int | None = None
) -> list[VisitRow]:
    stand = (visits.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor))
    found = VISIT_ROWS.where(*where, *stand).order_by(*NEWEST_FIRST).limit(limit)
    return [VisitRow(*row) for row in await session.execute(found)]
