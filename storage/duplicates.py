"""Customers that have a telephone number or tax id of another: likely the same firm under another name."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import contacts, customers

LEAST = 7  # digits that tell whose a number is
_BEFORE = re.compile(r"^(?:00)?86(?=\d{10,11}$)|^0(?=\d{9,11}$)")  # the country's code, the trunk's nought
_BETWEEN = (" ", "-", "(", ")", "+", ".")
_FEW = 8


async def same_number(session: AsyncSession, phone: str, tax_id: str) -> list[int]:
    """The ids of customers with that number, of their own or of somebody there, or that tax id; whoever owns them."""
    found: dict[int, None] = {}
    tail = _BEFORE.sub("", re.sub(r"\D", "", phone))
    if len(tail) >= LEAST:
        of_people = select(contacts.c.customer_id).where(
            contacts.c.withdrawn_at.is_(None), contacts.c.left_on.is_(None), _ends(contacts.c.phone, tail)
        )
        either = or_(_ends(customers.c.phone, tail), customers.c.id.in_(of_people))
        found |= dict.fromkeys(await _standing(session, either))
    if tax_id:
        found |= dict.fromkeys(await _standing(session, func.upper(customers.c.tax_id) == tax_id.upper()))
    return list(found)


async def _standing(session: AsyncSession, where: ColumnElement[bool]) -> list[int]:
    found = select(customers.c.id).where(customers.c.withdrawn_at.is_(None), where).order_by(customers.c.id)
    return list(await session.scalars(found.limit(_FEW)))


def _ends(column: Any, tail: str) -> ColumnElement[bool]:
    bare = column
    for sign in _BETWEEN:
        bare = func.replace(bare, sign, "")
    ends: ColumnElement[bool] = bare.endswith(tail, autoescape=True)
    return ends
