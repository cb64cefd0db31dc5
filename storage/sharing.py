"""With whom customers are shared: in words, for the sake of a deal, by a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Collaborator
from storage.people_tables import users
from storage.tables import collaborators

_STANDS = (collaborators.c.withdrawn_at.is_(None), users.c.is_active)
_HOME = collaborators.join(users, users.c.id == collaborators.c.user_id)


@dataclass(frozen=True)
class Sharer:
    """Somebody who works on a customer with its owner; `by_group` where only a group's membership makes them."""

    user_id: int
    name: str
    role: str
    by_group: bool


async def sharers_of(session: AsyncSession, keys: Collection[int]) -> dict[int, list[int]]:
    """The active people with whom some of the customers are shared: user -> customers."""
    found = select(collaborators.c.user_id, collaborators.c.customer_id).select_from(_HOME).distinct()
    where = (collaborators.c.customer_id.in_(keys), *_STANDS)
    shared: dict[int, list[int]] = defaultdict(list)
    order = (collaborators.c.user_id, collaborators.c.customer_id)
    for user_id, customer_id in await session.execute(found.where(*where).order_by(*order)):
        shared[user_id].append(customer_id)
    return dict(shared)


async def sharers_named(session: AsyncSession, customer_id: int) -> list[Sharer]:
    """Who works on a customer with its owner, by name. The caller has asked the policy for the customer."""
    by_hand = func.count().filter(collaborators.c.chat_id.is_(None))
    found = select(users.c.id, users.c.name, users.c.role, by_hand).select_from(_HOME)
    grouped = found.where(collaborators.c.customer_id == customer_id, *_STANDS).group_by(users.c.id)
    rows = await session.execute(grouped.order_by(users.c.name))
    return [Sharer(key, name, role, not told) for key, name, role, told in rows]


async def shares_of(session: AsyncSession, customer_id: int, user_id: int) -> list[Collaborator]:
    """The rows by which a customer is shared with somebody, a group's too."""
    where = (
        collaborators.c.customer_id == customer_id,
        collaborators.c.user_id == user_id,
        collaborators.c.withdrawn_at.is_(None),
    )
    return list(await session.scalars(select(Collaborator).where(*where).order_by(collaborators.c.id)))
