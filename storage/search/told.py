"""Visits and notes by the words they were told in, with the asker's rights."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from storage.note_tables import notes
from storage.people_tables import users
from storage.search.keep import keep_level
from storage.search.plan import Clause
from storage.search.words import NOTES, VISITS, Told, customer_term, words_wanted
from storage.tables import customers, visits
from storage.visibility import sees_customer

MOST = 200  # of each kind that are told: who finds more says more
FEW = 400  # customers that are named to the index one by one
PAGE = 8
NEWEST = 1_000  # of each kind that are looked at where more customers are seen

_PLAN_ANEW = sql("SET LOCAL plan_cache_mode = force_custom_plan")
_PLAN_AS_USUAL = sql("SET LOCAL plan_cache_mode = DEFAULT")


@dataclass(frozen=True)
class WordsHit:
    """A visit or a note in which something stands; `kind` is visit or note. `also` are the needs, objections, people
    and competitors that a visit names beside its words.
    """

    kind: str
    key: int
    on: date
    text: str
    customer: str
    customer_id: int
    user: str
    also: tuple[str, ...] = ()


async def find_words(
    session: AsyncSession, actor: Actor, text: str, *, customer_id: int | None = None, user_id: int | None = None
) -> list[WordsHit]:
    """The visits and notes that hold a text, of customers the actor sees, the newest first; none for less than two
    characters. `customer_id` and `user_id` leave those of one customer, or told by one person.
    """
    wanted = words_wanted(text)
    if not wanted or not actor.user.is_active:
        return []
    await session.run_sync(keep_level)
    of = await _customers(session, actor) if customer_id is None else [customer_id]
    if of == []:
        return []
    found: list[WordsHit] = []
    async with _planned_for_these_words(session):
        for told in (VISITS, NOTES):
            statement = _statement(told, actor, customer_id, user_id)
            newest = None if of else NEWEST
            hits = await _found(session, told, statement, wanted, of=of or [], newest=newest)
            if newest is not None and len(hits) < PAGE:  # perhaps others told all of the newest
                hits = await _found(session, told, statement, wanted, of=[], newest=None)
            found += hits
    return sorted(found, key=lambda hit: (hit.on, hit.kind, hit.key), reverse=True)


@asynccontextmanager
async def _planned_for_these_words(session: AsyncSession) -> AsyncIterator[None]:
    """PostgreSQL plans each of the statements within for its own words: having run one five times it would settle on a
    plan for any, which for rare words reads all that was ever told.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        await session.execute(_PLAN_ANEW)
    yield
    if not is_sqlite:
        await session.execute(_PLAN_AS_USUAL)


async def _customers(session: AsyncSession, actor: Actor) -> list[int] | None:
    """The customers that an actor sees, None where they are many."""
    if actor.user.role == "admin":
        return None
    where = (customers.c.withdrawn_at.is_(None), sees_customer(actor))
    found = list(await session.scalars(select(customers.c.id).where(*where).limit(FEW + 1)))
    return found if len(found) <= FEW else None


def _statement(told: Told, actor: Actor, customer_id: int | None, user_id: int | None) -> Select[Any]:
    """What is shown of the records, with the asker's rights, the newest first."""
    table = told.table
    on, shown = (visits.c.held_on, visits.c.words) if told is VISITS else (notes.c.created_at, notes.c.text)
    where = [table.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    where += [table.c.customer_id == customer_id] if customer_id is not None else []
    where += [table.c.user_id == user_id] if user_id is not None else []
    return (
        select(table.c.id, on, shown, customers.c.name, customers.c.id, users.c.name, *told.columns[1:])
        .select_from(table)
        .join(customers, customers.c.id == table.c.customer_id)
        .join(users, users.c.id == table.c.user_id)
        .where(*where)
        .order_by(on.desc(), table.c.id.desc())
        .limit(MOST)
    )


async def _found(
    session: AsyncSession, told: Told, statement: Select[Any], wanted: Clause, *, of: list[int], newest: int | None
) -> list[WordsHit]:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    named = [customer_term(key) for key in of]
    found, values = told.index.find([wanted], named, newest, is_sqlite=is_sqlite, newest_first=newest is not None)
    matching = found.columns(told.table.c.id).subquery()
    rows = await session.execute(statement.where(told.table.c.id.in_(select(matching.c.id))), values)
    kind = "visit" if told is VISITS else "note"
    return [
        WordsHit(kind, key, _day(at), text, customer, customer_id, user, _texts(beside))
        for key, at, text, customer, customer_id, user, *beside in rows
    ]


def _texts(fields: Sequence[Any]) -> tuple[str, ...]:
    """Fields that hold a text or a list of texts, as texts."""
    each = (field if isinstance(field, list) else [field] for field in fields)
    return tuple(text for texts in each for text in texts if text)


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at
