"""Check-ins: of visits as lists show them, those that wait for their visit, and the customers near a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import cos, radians

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.check_ins import CheckIn, metres_between
from crm.customers import Customer
from crm.policy import Actor
from storage.check_in_table import check_ins
from storage.tables import customers
from storage.visibility import sees_customer

METRES_A_DEGREE = 111_195
NEAR_ENOUGH = 200  # customers that are compared


async def distances_on(session: AsyncSession, visit_ids: Sequence[int]) -> dict[int, int | None]:
    """How many metres from the customer's place those of the visits were checked in at that were; None where nobody
    has said where the customer is. Who asks sees the visits.
    """
    of_visits = (check_ins.c.visit_id.in_(visit_ids), check_ins.c.withdrawn_at.is_(None))
    found = select(CheckIn, Customer).join(Customer, customers.c.id == check_ins.c.customer_id)
    rows = await session.execute(found.where(*of_visits).order_by(check_ins.c.id))
    return {check.visit_id or 0: distance(check, customer) for check, customer in rows}


def distance(check: CheckIn, customer: Customer) -> int | None:
    """The metres between where somebody checked in and where the customer is said to be, None where nobody has."""
    place = customer.place
    return None if place is None else metres_between((check.latitude, check.longitude), place)


async def waiting_check_ins(session: AsyncSession, user_id: int, customer_id: int, since: datetime) -> list[CheckIn]:
    """A user's check-ins at a customer since a moment whose visit was not told of yet."""
    whose = (check_ins.c.user_id == user_id, check_ins.c.customer_id == customer_id, check_ins.c.at >= since)
    waiting = (check_ins.c.visit_id.is_(None), check_ins.c.withdrawn_at.is_(None))
    return list(await session.scalars(select(CheckIn).where(*whose, *waiting).order_by(check_ins.c.id)))


async def customers_near(
    session: AsyncSession, actor: Actor, place: tuple[float, float], metres: int, limit: int
) -> list[Customer]:
    """The customers within so many metres of a place that the actor sees, the nearest first."""
    latitude, longitude = place
    up = metres / METRES_A_DEGREE
    aside = up / max(cos(radians(latitude)), 0.01)
    box = (
        customers.c.latitude.between(latitude - up, latitude + up),
        customers.c.longitude.between(longitude - aside, longitude + aside),
    )
    where = (*box, customers.c.withdrawn_at.is_(None), sees_customer(actor))
    found = [one for one in await session.scalars(select(Customer).where(*where).limit(NEAR_ENOUGH)) if one.place]
    by_distance = {one.id: metres_between(place, one.place) for one in found if one.place}
    return sorted((one for one in found if by_distance[one.id] <= metres), key=lambda one: by_distance[one.id])[:limit]
