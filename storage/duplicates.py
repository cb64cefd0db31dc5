"""Customers that have a telephone number or tax id of another: likely the same firm under another name."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage.number_keys import phone_key, tax_key
from storage.tables import contacts, customers

_BEFORE = re.compile(r"^(?:00)?86(?=\d{10,11}$)|^0(?=\d{9,11}$)")  # the country's code, the trunk's nought
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


async def _standing(session: AsyncSession, where: ColumnElement[bool]) -> list[int]:
    found = select(customers.c.id).where(customers.c.withdrawn_at.is_(None), where).order_by(customers.c.id)
    return list(await session.scalars(found.limit(_FEW)))


def _is_number(columns: Any, phone: str) -> ColumnElement[bool]:
    """Whether a row's number ends as the one told does: few rows have its last digits, and those are looked at."""
    bare = columns.phone
    for sign in _BETWEEN:
        bare = func.replace(bare, sign, "")
    ends = bare.endswith(_BEFORE.sub("", re.sub(r"\D", "", phone)), autoescape=True)
    return and_(columns.phone_key == phone_key(phone), ends)
