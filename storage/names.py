"""The names that understanding recognises, as the records hold them: all at start, then what the change log says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Contact, Customer, ShortName
from crm.deals import Deal
from crm.pipelines import Stage
from crm.tasks import Task
from crm.users import User
from storage.tables import changes, contacts, customers, deals, short_names, stages, tasks, users

_OPEN_TASKS = select(Task).where(tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
_THESE_TASKS = _OPEN_TASKS.where(tasks.c.id.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True)
class NamedCustomer:
    """A customer with all that may name it."""

    customer: Customer
    short_names: list[ShortName]
    contacts: list[Contact]
    deals: list[tuple[Deal, Stage]]


async def named_customers(session: AsyncSession, keys: Iterable[int] | None = None) -> list[NamedCustomer]:
    """The customers of those ids, or all; those whose creation was undone are left out."""
    found = select(Customer).where(customers.c.withdrawn_at.is_(None))
    chosen = None if keys is None else set(keys)
    if chosen is not None:
        found = found.where(customers.c.id.in_(chosen))
    called = await _by_customer(session, ShortName, short_names, chosen)
    people = await _by_customer(session, Contact, contacts, chosen)
    wanted = _of(select(Deal, Stage).join(Stage, stages.c.id == deals.c.stage_id), deals, chosen)
    bought: dict[int, list[tuple[Deal, Stage]]] = defaultdict(list)
    for deal, stage in await session.execute(wanted):
        bought[deal.customer_id].append((deal, stage))
    return [NamedCustomer(c, called[c.id], people[c.id], bought[c.id]) for c in await session.scalars(found)]


async def named_users(session: AsyncSession) -> list[User]:
    """Every active user whose invite was not undone."""
    return list(await session.scalars(select(User).where(users.c.is_active, users.c.withdrawn_at.is_(None))))


async def named_tasks(session: AsyncSession, keys: Iterable[int] | None = None) -> list[Task]:
    """The open tasks of those ids, or all."""
    if keys is None:
        return list(await session.scalars(_OPEN_TASKS))
    return list(await session.scalars(_THESE_TASKS, {"keys": list(keys)}))


async def newest_change(session: AsyncSession) -> int:
    """The id of the newest change, 0 where there is none."""
    return int(await session.scalar(select(func.max(changes.c.id))) or 0)


def _of(found: Any, table: Any, keys: set[int] | None) -> Any:
    found = found.where(table.c.withdrawn_at.is_(None)).order_by(table.c.id)
    return found if keys is None else found.where(table.c.customer_id.in_(keys))


async def _by_customer(
    session: AsyncSession, cls: type[Any], table: Any, keys: set[int] | None
) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for thing in await session.scalars(_of(select(cls), table, keys)):
        grouped[thing.customer_id].append(thing)
    return grouped


async def customers_of_things(session: AsyncSession, things: Iterable[tuple[str, int]]) -> set[int]:
    """The ids of the customers that short names, contacts and deals of those ids belong to, customers as they are."""
    found: set[int] = set()
    homes: dict[str, Any] = {"short_name": short_names, "contact": contacts, "deal": deals}
    for kind in {thing for thing, _ in things}:
        keys = {key for thing, key in things if thing == kind}
        home = homes.get(kind)
        if home is None:
            found |= keys
        else:
            found |= set(await session.scalars(select(home.c.customer_id).where(home.c.id.in_(keys))))
    return found
