"""Customers and contacts: found with the asker's rights, and what a card shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm import policy
from crm.customers import Contact, Customer, ShortName
from crm.errors import CustomerGone, NotAllowed
from crm.policy import Actor
from storage.deal_tables import deals
from storage.lists.contacts import DECIDERS_FIRST
from storage.people import users_named
from storage.tables import collaborators, contacts, customers, short_names, visits
from storage.visibility import sees_customer, shared_with

Held = tuple[Customer, set[str]]
_IS_SHARED = exists().where(
    collaborators.c.customer_id == bindparam("customer_id"),
    collaborators.c.user_id == bindparam("user_id"),
    collaborators.c.withdrawn_at.is_(None),
)
_HAS_DEAL = exists().where(
    deals.c.customer_id == bindparam("customer_id"),
    deals.c.shares_customer,
    deals.c.owner_id.in_(bindparam("people", expanding=True)),
    deals.c.withdrawn_at.is_(None),
)
_CUSTOMER = select(Customer, _IS_SHARED | _HAS_DEAL).where(customers.c.id == bindparam("customer_id"))
_CUSTOMER_LOCKED = _CUSTOMER.with_for_update(of=customers)
_CONTACTS_OF = (
    select(Contact)
    .where(contacts.c.customer_id == bindparam("customer_id"), contacts.c.withdrawn_at.is_(None))
    .order_by(*DECIDERS_FIRST)
)

_LAST_CONTACTS = (
    select(visits.c.customer_id, func.max(visits.c.held_on))
    .where(visits.c.customer_id.in_(bindparam("keys", expanding=True)), visits.c.withdrawn_at.is_(None))
    .group_by(visits.c.customer_id)
)
_NAMES_HELD = 7_340_032  # which of the server's advisory locks are names of customers: any number that stays the same


async def customer_for(session: AsyncSession, actor: Actor, key: int, verb: str = "see") -> Customer:
    """The customer, if the actor may do the verb with it. Raises CustomerGone, NotAllowed (masked)."""
    return await allowed(session, await held_customer(session, actor, key, is_writing=verb != "see"), verb)


async def held_customer(session: AsyncSession, actor: Actor, key: int, *, is_writing: bool) -> Held:
    """A customer with the relations that the actor holds to it; `allowed` says for what. Raises CustomerGone."""
    # Whoever may write waits for others who write about this customer: two chats never mix halves of two moves.
    asked = {"customer_id": key, "user_id": actor.id, "people": [actor.id, *actor.below]}
    found = _barred(actor, is_writing) if actor.barred else _CUSTOMER_LOCKED if is_writing else _CUSTOMER
    row = (await session.execute(found, asked)).first()
    if row is None or row[0].withdrawn_at is not None or not actor.user.is_active:
        raise CustomerGone
    customer, is_shared = row
    return customer, policy.relations(actor, customer.owner_id, {actor.id} if is_shared else ())


def _barred(actor: Actor, is_writing: bool) -> Select[Any]:
    """The same for somebody for whom not every group counts: rare, and so built each time."""
    is_shared = exists().where(collaborators.c.customer_id == bindparam("customer_id"), *shared_with(actor))
    found: Any = select(Customer, is_shared | _HAS_DEAL).where(customers.c.id == bindparam("customer_id"))
    return found.with_for_update(of=customers) if is_writing else found  # type: ignore[no-any-return]


async def allowed(session: AsyncSession, held: Held, verb: str) -> Customer:
    """The customer, if the relations held allow the verb. Raises NotAllowed (masked: name and owner only)."""
    customer, relations = held
    if not policy.may(verb, relations):
        owner = await users_named(session, [customer.owner_id])
        raise NotAllowed(customer=customer.name, owner=owner[customer.owner_id])
    return customer


async def visible_among(session: AsyncSession, actor: Actor, keys: Sequence[int]) -> list[Customer]:
    """Those of the customers that the actor sees, in the order of their ids."""
    where = (customers.c.id.in_(set(keys)), customers.c.withdrawn_at.is_(None), sees_customer(actor))
    return list(await session.scalars(select(Customer).where(*where).order_by(customers.c.id)))


async def contacts_of(session: AsyncSession, customer_id: int) -> list[Contact]:
    """The contacts of a customer, decision makers first."""
    return list(await session.scalars(_CONTACTS_OF, {"customer_id": customer_id}))


async def short_names_of(session: AsyncSession, customer_id: int) -> list[ShortName]:
    """What people call a customer."""
    where = (short_names.c.customer_id == customer_id, short_names.c.withdrawn_at.is_(None))
    return list(await session.scalars(select(ShortName).where(*where).order_by(short_names.c.id)))


async def last_contacts(session: AsyncSession, keys: Sequence[int]) -> dict[int, date]:
    """The day of the last visit to each of the customers; those without any are left out."""
    return dict((await session.execute(_LAST_CONTACTS, {"keys": list(set(keys))})).all())


async def recent_customers(session: AsyncSession, actor: Actor, limit: int, offset: int = 0) -> list[Customer]:
    """The customers that the actor visited last."""
    last = (
        select(visits.c.customer_id, func.max(visits.c.id).label("newest"))
        .where(visits.c.user_id == actor.id, visits.c.withdrawn_at.is_(None))
        .group_by(visits.c.customer_id)
        .subquery()
    )
    where = (customers.c.withdrawn_at.is_(None), sees_customer(actor))
    found = select(Customer).join(last, last.c.customer_id == customers.c.id).where(*where)
    return list(await session.scalars(found.order_by(last.c.newest.desc()).limit(limit).offset(offset)))


async def customer_name(session: AsyncSession, key: int) -> str:
    """A customer's name, for cards of whoever has asked the policy already."""
    return str(await session.scalar(select(customers.c.name).where(customers.c.id == key)))


async def customer_of_that_name(session: AsyncSession, name: str) -> int | None:
    """The id of the customer of exactly that name, whoever owns it."""
    found: int | None = await session.scalar(
        select(customers.c.id).where(customers.c.name == name, customers.c.withdrawn_at.is_(None)).limit(1)
    )
    return found


async def hold_name(session: AsyncSession, name: str) -> None:
    """Let nobody else make a customer of that name until this transaction is over; on SQLite one writes at a time."""
    if session.get_bind().dialect.name == "postgresql":
        held = func.pg_advisory_xact_lock(_NAMES_HELD, func.hashtext(name.casefold()))
        await session.execute(select(held))


async def owners_of(session: AsyncSession, keys: Sequence[int]) -> list[str]:
    """The names of those who look after the customers: what a masked answer may say."""
    owners = await session.scalars(select(customers.c.owner_id).where(customers.c.id.in_(set(keys))).distinct())
    return sorted((await users_named(session, list(owners))).values())


async def customer_ids_of(session: AsyncSession, thing: Any) -> list[int]:
    """The customer that a record is or belongs to, directly or by its deal; none for what belongs to no customer."""
    if isinstance(thing, Customer):
        return [thing.id]
    direct = getattr(thing, "customer_id", None)
    if direct is not None:
        return [direct]
    deal_id = getattr(thing, "deal_id", None)
    found = await session.scalars(select(deals.c.customer_id).where(deals.c.id == deal_id)) if deal_id else ()
    return list(found)
