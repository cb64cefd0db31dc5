"""Visits and notes by the words they were told in, with the asker's rights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from storage.note_tables import notes
from storage.people_tables import users
from storage.search.keep import keep_level
from storage.search.words import NOTES, VISITS, Told, words_wanted
from storage.tables import customers, visits
from storage.visibility import sees_customer

MOST = 200  # of each kind: who finds more says more


@dataclass(frozen=True)
class WordsHit:
    """A visit or a note in whose words something stands; `kind` is visit or note."""

    kind: str
    key: int
    on: date
    text: str
    customer: str
    customer_id: int
    user: str


async def find_words(
    session: AsyncSession, actor: Actor, text: str, *, customer_id: int | None = None, user_id: int | None = None
) -> list[WordsHit]:
    """The visits and notes that hold a text, of customers the actor sees, the newest first; none for less than two
    characters. `customer_id` and `user_id` leave those of one customer, or told by one person.
    """
    wanted = words_wanted(text)
    if not wanted:
        return []
    await session.run_sync(keep_level)
    where = [customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    found = [
        *await _found(session, VISITS, wanted, [*where, *_of(visits, customer_id, user_id)]),
        *await _found(session, NOTES, wanted, [*where, *_of(notes, customer_id, user_id)]),
    ]
    return sorted(found, key=lambda hit: (hit.on, hit.kind, hit.key), reverse=True)


def _of(table: Any, customer_id: int | None, user_id: int | None) -> list[ColumnElement[bool]]:
    where = [table.c.withdrawn_at.is_(None)]
    if customer_id is not None:
        where.append(table.c.customer_id == customer_id)
    if user_id is not None:
        where.append(table.c.user_id == user_id)
    return where


async def _found(session: AsyncSession, told: Told, wanted: Sequence[str], where: list[Any]) -> list[WordsHit]:
    table = told.table
    is_visit = table is visits
    on = visits.c.held_on if is_visit else notes.c.created_at
    shown = visits.c.words if is_visit else notes.c.text
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    statement, values = told.index.find([tuple(wanted)], (), None, is_sqlite=is_sqlite)
    matching = statement.columns(table.c.id).subquery()
    found = (
        select(table.c.id, on, shown, customers.c.name, customers.c.id, users.c.name)
        .select_from(table)
        .join(customers, customers.c.id == table.c.customer_id)
        .join(users, users.c.id == table.c.user_id)
        .where(table.c.id.in_(select(matching.c.id)), *where)
        .order_by(on.desc(), table.c.id.desc())
        .limit(MOST)
    )
    rows = (await session.execute(found, values)).all()
    kind = "visit" if is_visit else "note"
    return [WordsHit(kind, key, _day(at), *more) for key, at, *more in rows]


def _day(at: Any) -> date:
    return at if type(at) is date else at.date()
