"""The names that understanding recognises, as the records hold them: all at start, then what the change log says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.tasks import Task
from crm.users import User
from storage.bulk import in_batches
from storage.deal_tables import deals, stages
from storage.people_tables import users
from storage.tables import changes, contacts, customers, short_names, tasks

AT_ONCE = 5_000  # customers
FEW = 100
_CUSTOMERS = (
    select(customers.c.id, customers.c.name, customers.c.owner_id)
    .where(customers.c.withdrawn_at.is_(None))
    .order_by(customers.c.id)
)
_SHORT_NAMES = select(short_names.c.customer_id, short_names.c.text, short_names.c.learnt_by_id, short_names.c.settles)
_CONTACTS = select(contacts.c.customer_id, contacts.c.id, contacts.c.name, contacts.c.title)
_DEALS = select(deals.c.customer_id, deals.c.id, deals.c.name, stages.c.key, stages.c.outcome).join(
    stages, stages.c.id == deals.c.stage_id
)
_OPEN_TASKS = select(Task).where(tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
_THESE_TASKS = _OPEN_TASKS.where(tasks.c.id.in_(bindparam("keys", expanding=True)))


class NamedCustomer(NamedTuple):
    """A customer with all that may name it, as plain values."""

    id: int
    name: str
    owner_id: int | None
    short_names: list[tuple[str, int | None, bool]]  # text, who learnt it, whether it settles
    contacts: list[tuple[int, str, str]]  # id, name, title
    deals: list[tuple[int, str, str, bool]]  # id, name, the stage's key, whether it is open


async def all_named_customers(session: AsyncSession) -> AsyncIterator[list[NamedCustomer]]:
    """All customers, some thousands at a time: never all of them are held at once."""
    last = 0
    while some := await _named(session, _CUSTOMERS.where(customers.c.id > last).limit(AT_ONCE)):
        yield some
        last = some[-1].id


async def named_customers(session: AsyncSession, keys: Collection[int]) -> list[NamedCustomer]:
    """The customers of those ids; those whose creation was undone are left out."""
    return await _named(session, _CUSTOMERS.where(customers.c.id.in_(keys)))


async def _named(session: AsyncSession, wanted: Any) -> list[NamedCustomer]:
    """The customers that a statement finds, with what belongs to them."""
    rows: Sequence[Any] = (await session.execute(wanted)).all()
    found = [NamedCustomer(key, name, owner, [], [], []) for key, name, owner in rows]
    of = {customer.id: customer for customer in found}
    if found:
        for key, text, learnt_by, settles in await _of(session, _SHORT_NAMES, short_names, found):
            if key in of:
                of[key].short_names.append((text, learnt_by, settles))
        for key, contact, name, title in await _of(session, _CONTACTS, contacts, found):
            if key in of:
                of[key].contacts.append((contact, name, title))
        for key, deal, name, stage, outcome in await _of(session, _DEALS, deals, found):
            if key in of:
                of[key].deals.append((deal, name, stage, outcome == "open"))
    return found


async def _of(session: AsyncSession, wanted: Any, table: Table, found: Sequence[NamedCustomer]) -> Sequence[Any]:
    """What belongs to customers between the first and the last of those found; of few, to them alone."""
    owner = table.c.customer_id
    first, last = found[0].id, found[-1].id
    keys = [customer.id for customer in found]
    wanted = wanted.where(owner.between(first, last) if len(found) > FEW else owner.in_(keys))
    told = await session.execute(wanted.where(table.c.withdrawn_at.is_(None)).order_by(table.c.id))
    return told.all()


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


async def customers_of_things(session: AsyncSession, things: Iterable[tuple[str, int]]) -> set[int]:
    """The ids of the customers that short names, contacts and deals of those ids belong to, customers as they are."""
    found: set[int] = set()
    homes: dict[str, Any] = {"short_name": short_names, "contact": contacts, "deal": deals}
    for kind in {thing for thing, _ in things}:
        keys = {key for thing, key in things if thing == kind}
        home = homes.get(kind)
        if home is None:
            found |= keys
            continue
        for some in in_batches(keys):
            found |= set(await session.scalars(select(home.c.customer_id).where(home.c.id.in_(some))))
    return found
