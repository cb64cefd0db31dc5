"""What somebody may mean who types a few letters: the customers that go by them, by name, people or deals there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Customer
from crm.policy import Actor
from storage.customers import recent_customers, visible_among
from storage.people import users_named
from storage.search import find
from storage.tables import customers
from storage.visibility import sees_customer

HITS = 1_000  # several of one customer; more than 50 customers are not looked at


@dataclass(frozen=True)
class Suggested:
    """A customer, who looks after it, and who or what of it goes by the letters, "" where it is itself."""

    customer: Customer
    owner: str
    by: str = ""


async def suggested(session: AsyncSession, actor: Actor, text: str, limit: int, offset: int = 0) -> list[Suggested]:
    """Customers that the actor sees, the likeliest first; for no letters those that they were with last."""
    if not text:
        recent = await recent_customers(session, actor, limit, offset)
        return await _with_owners(session, [(one, "") for one in recent])
    meant: dict[int, str] = {}
    for hit in await find(session, actor, text, HITS):
        meant.setdefault(hit.customer_id, "" if hit.kind == "customer" else hit.name)
    seen = {customer.id: customer for customer in await visible_among(session, actor, list(meant))}
    found = [(seen[key], by) for key, by in meant.items() if key in seen]
    return await _with_owners(session, found[offset : offset + limit])


async def customers_called(session: AsyncSession, actor: Actor, name: str, limit: int) -> list[Customer]:
    """The customers of exactly that name that the actor sees."""
    where = (customers.c.name == name, customers.c.withdrawn_at.is_(None), sees_customer(actor))
    return list(await session.scalars(select(Customer).where(*where).order_by(customers.c.id).limit(limit)))


async def _with_owners(session: AsyncSession, found: list[tuple[Customer, str]]) -> list[Suggested]:
    owners = await users_named(session, [customer.owner_id for customer, _ in found])
    return [Suggested(customer, owners[customer.owner_id], by) for customer, by in found]
