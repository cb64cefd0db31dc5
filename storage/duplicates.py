"""Customers that have a telephone number or tax id of another: likely the same firm under another name. One is looked
for by the database; of many at once, each customer that is there is looked at once.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from crm.imports import shorter_forms, sound_of
from crm.policy import Actor
from crm.reach import bare, number_key
from storage.number_keys import phone_key, tax_key
from storage.tables import contacts, customers
from storage.visibility import sees_customer

_BETWEEN = (" ", "-", "(", ")", "+", ".")
_FEW = 8


async def same_number(session: AsyncSession, phone: str, tax_id: str) -> list[int]:
    """The ids of customers with that number, of their own or of somebody there, or that tax id; whoever owns them."""
    found: dict[int, None] = {}
    if phone_key(phone):
        of_people = select(contacts.c.customer_id).where(
            contacts.c.withdrawn_at.is_(None), contacts.c.left_on.is_(None), _is_number(contacts.c, phone)
        )
        either = union(select(customers.c.id).where(_is_number(customers.c, phone)), of_people)
        found |= dict.fromkeys(await _standing(session, customers.c.id.in_(either)))
    if tax_key(tax_id):
        found |= dict.fromkeys(await _standing(session, customers.c.tax_key == tax_key(tax_id)))
    return list(found)


@dataclass(frozen=True)
class Held:
    """A customer with what tells that two are one firm."""

    id: int
    name: str
    phone: str
    tax_id: str


async def held_by(session: AsyncSession, actor: Actor, most: int) -> list[Held]:
    """The newest customers of the actor's and of those below, in the order of their ids; an admin's are all."""
    where = [customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    if actor.user.role != "admin":
        where.append(customers.c.owner_id.in_({actor.id, *actor.below}))
    told = select(customers.c.id, customers.c.name, customers.c.phone, customers.c.tax_key).where(*where)
    rows = (await session.execute(told.order_by(customers.c.id.desc()).limit(most))).all()
    return [Held(*row) for row in reversed(rows)]


async def _standing(session: AsyncSession, where: ColumnElement[bool]) -> list[int]:
    found = select(customers.c.id).where(customers.c.withdrawn_at.is_(None), where).order_by(customers.c.id)
    return list(await session.scalars(found.limit(_FEW)))


def _is_number(columns: Any, phone: str) -> ColumnElement[bool]:
    """Whether a row's number ends as the one told does: few rows have its last digits, and those are looked at."""
    told = columns.phone
    for sign in _BETWEEN:
        told = func.replace(told, sign, "")
    ends = told.endswith(bare(re.sub(r"\D", "", phone)), autoescape=True)
    return and_(columns.phone_key == phone_key(phone), ends)


BATCH = 1_000
KeysOf = Callable[[Sequence[str]], Sequence[tuple[str, str, str]]]  # names -> (full, core, cuts), as they are compared
Alike = dict[str, dict[str, list[int]]]  # kind of key -> key -> customers


@dataclass(frozen=True)
class Sought:
    """The keys of many firms at once. `shorter` are the forms of their names that records may have as theirs."""

    full: Collection[str]
    name: Collection[str]
    shorter: Collection[str]
    sound: Collection[str]
    phone: Collection[str]
    tax_id: Collection[str]


async def like_any(session: AsyncSession, sought: Sought, keys_of: KeysOf) -> Alike:
    """The customers that stand and have any of the keys, whoever owns them: one pass over all, a batch at a time."""
    found: Alike = {"full": {}, "name": {}, "shorter": {}, "longer": {}, "sound": {}, "phone": {}, "tax_id": {}}
    told = select(customers.c.id, customers.c.name, customers.c.phone, func.upper(customers.c.tax_id))
    async for rows in _batches(session, told.where(customers.c.withdrawn_at.is_(None)), customers.c.id):
        for (key, _, phone, tax_id), (full, core, cuts) in zip(rows, keys_of([row[1] for row in rows]), strict=True):
            _note(found["full"], sought.full, full, key)
            _note(found["name"], sought.name, core, key)
            _note(found["shorter"], sought.shorter, core, key)
            for form in shorter_forms(core, cuts):
                _note(found["longer"], sought.name, form, key)
            _note(found["sound"], sought.sound, sound_of(core), key)
            _note(found["phone"], sought.phone, number_key(phone), key)
            _note(found["tax_id"], sought.tax_id, tax_id, key)
    people = select(contacts.c.id, contacts.c.customer_id, contacts.c.phone).join(customers)
    people = people.where(customers.c.withdrawn_at.is_(None), contacts.c.withdrawn_at.is_(None))
    people = people.where(contacts.c.left_on.is_(None), contacts.c.phone != "")
    if sought.phone:
        async for rows in _batches(session, people, contacts.c.id):
            for _, key, phone in rows:
                _note(found["phone"], sought.phone, number_key(phone), key)
    return found


def _note(found: dict[str, list[int]], sought: Collection[str], key: str, customer: int) -> None:
    if key and key in sought and customer not in found.setdefault(key, []):
        found[key].append(customer)


async def _batches(session: AsyncSession, wanted: Select[Any], key: Any) -> AsyncIterator[Sequence[Any]]:
    last = 0
    while rows := (await session.execute(wanted.where(key > last).order_by(key).limit(BATCH))).all():
        yield rows
        last = rows[-1][0]
        await asyncio.sleep(0)  # others have their turn
