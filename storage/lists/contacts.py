"""Contacts as lists and cards show them, with the asker's rights."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Contact, Customer
from crm.filters import Condition
from crm.policy import Actor
from storage.lists.conditions import narrowed_contacts
from storage.people_tables import users
from storage.tables import contacts, customers, visits
from storage.visibility import sees_customer

DECIDERS_FIRST = ((contacts.c.role == "decision_maker").desc(), contacts.c.id)
LOOKED_BACK = 500  # visits of a customer searched for the last one with a person


@dataclass(frozen=True)
class ContactsWanted:
    """Which contacts: those of a customer (None: of any), of a decision role ("": any), of the customers that `people`
    look after (None: anybody); `where` narrows them besides.
    """

    customer_id: int | None
    role: str = ""
    people: frozenset[int] | None = None
    where: tuple[Condition, ...] = ()


async def count_contacts(session: AsyncSession, actor: Actor, wanted: ContactsWanted) -> int:
    """How many of the contacts wanted the actor sees."""
    found = select(func.count(contacts.c.id)).select_from(contacts.join(customers))
    return int(await session.scalar(found.where(*_where(actor, wanted))) or 0)


async def list_contacts(
    session: AsyncSession, actor: Actor, wanted: ContactsWanted, limit: int, offset: int
) -> list[Contact]:
    """A window of the contacts wanted that the actor sees, decision makers first."""
    found = select(Contact).join(customers, customers.c.id == contacts.c.customer_id).where(*_where(actor, wanted))
    return list(await session.scalars(found.order_by(*DECIDERS_FIRST).limit(limit).offset(offset)))


async def list_contacts_of_all(
    session: AsyncSession, actor: Actor, wanted: ContactsWanted, limit: int, offset: int = 0
) -> list[tuple[Contact, Customer, str]]:
    """A window of the contacts wanted that the actor sees, each with the customer and the name of its owner."""
    found = select(Contact, Customer, users.c.name).join(Customer, customers.c.id == contacts.c.customer_id)
    found = found.join(users, users.c.id == customers.c.owner_id).where(*_where(actor, wanted))
    rows = await session.execute(found.order_by(customers.c.id, contacts.c.id).limit(limit).offset(offset))
    return [(person, home, owner) for person, home, owner in rows]


async def contacts_among(session: AsyncSession, actor: Actor, keys: Collection[int]) -> list[tuple[Contact, Customer]]:
    """Those of the contacts that the actor sees, with their customers, in the order of their ids."""
    found = select(Contact, Customer).join(Customer, customers.c.id == contacts.c.customer_id)
    where = (contacts.c.id.in_(set(keys)), *_seen(actor))
    return [(person, home) for person, home in await session.execute(found.where(*where).order_by(contacts.c.id))]


async def last_met(session: AsyncSession, contact: Contact) -> date | None:
    """The day of the last visit with a person at their customer. The caller has asked the policy for the customer."""
    where = (visits.c.customer_id == contact.customer_id, visits.c.withdrawn_at.is_(None))
    found = select(visits.c.held_on, visits.c.contact_ids).where(*where)
    rows = await session.execute(found.order_by(visits.c.held_on.desc(), visits.c.id.desc()).limit(LOOKED_BACK))
    return next((held_on for held_on, keys in rows if contact.id in keys), None)


def _where(actor: Actor, wanted: ContactsWanted) -> list[ColumnElement[bool]]:
    where = [*_seen(actor)]
    if wanted.customer_id is not None:
        where.append(contacts.c.customer_id == wanted.customer_id)
    if wanted.people is not None:
        where.append(customers.c.owner_id.in_(wanted.people))
    if wanted.role:
        where.append(contacts.c.role == wanted.role)
    return [*where, *narrowed_contacts(wanted.where)]


def _seen(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return contacts.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor)
