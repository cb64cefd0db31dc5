"""Customers, people and deals by a part of their name, or a person by the end of the phone number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from storage.tables import contacts, customers, deals, short_names
from storage.visibility import sees_customer

PHONE_TAIL = 4  # digits that are enough to name a person by the phone


@dataclass(frozen=True)
class Hit:
    """Something found: `kind` is customer, contact or deal; `key` its id; `name` its own, `customer` its customer's."""

    kind: str
    key: int
    name: str
    customer: str


async def count_hits(session: AsyncSession, actor: Actor, text: str) -> int:
    """How many things of that name the actor sees."""
    found = union_all(*_found(actor, text)).subquery()
    return int(await session.scalar(select(func.count()).select_from(found)) or 0)


async def list_hits(session: AsyncSession, actor: Actor, text: str, limit: int, offset: int) -> list[Hit]:
    """A window of what the actor sees of that name: customers, then people, then deals, by name."""
    found = union_all(*_found(actor, text)).subquery()
    order = (found.c.place, found.c.name, found.c.id)
    rows = await session.execute(select(found).order_by(*order).limit(limit).offset(offset))
    kinds = ("customer", "contact", "deal")
    return [Hit(kinds[place], key, name, customer) for place, key, name, customer in rows]


def _found(actor: Actor, text: str) -> tuple[Select[Any], ...]:
    """One SELECT a kind: (place, id, name, customer)."""
    called = select(short_names.c.customer_id).where(
        short_names.c.text.icontains(text, autoescape=True),
        short_names.c.withdrawn_at.is_(None),
        or_(short_names.c.learnt_by_id.is_(None), short_names.c.learnt_by_id == actor.id),
    )
    seen = (customers.c.withdrawn_at.is_(None), sees_customer(actor))
    own = select(literal(0).label("place"), customers.c.id, customers.c.name, customers.c.name.label("customer"))
    people = select(literal(1), contacts.c.id, contacts.c.name, customers.c.name).join_from(contacts, customers)
    sold = select(literal(2), deals.c.id, deals.c.name, customers.c.name).join_from(
        deals, customers, customers.c.id == deals.c.customer_id
    )
    return (
        own.where(*seen, or_(customers.c.name.icontains(text, autoescape=True), customers.c.id.in_(called))),
        people.where(*seen, contacts.c.withdrawn_at.is_(None), _person(text)),
        sold.where(*seen, deals.c.withdrawn_at.is_(None), deals.c.name.icontains(text, autoescape=True)),
    )


def _person(text: str) -> ColumnElement[bool]:
    named = contacts.c.name.icontains(text, autoescape=True)
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) >= PHONE_TAIL and digits.isdecimal() and digits.isascii():
        return or_(named, func.replace(func.replace(contacts.c.phone, "-", ""), " ", "").endswith(digits))
    return named
