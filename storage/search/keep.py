"""The indexes kept level with the records, in the transaction that writes them: a session tells what it has touched.

What is written past the session (rows in bulk) is told to `index_customers` by whoever writes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, event, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Session

from crm.customers import Collaborator, Contact, Customer, ShortName
from crm.deals import Deal
from crm.notes import CustomerNote
from crm.visits import Visit
from storage.search.accounts import accounts_between, accounts_of
from storage.search.index import TermIndex
from storage.search.terms import VERSION, Account, as_text, terms_of
from storage.search.words import NOTES, VISITS, Told, index_words, words_between
from storage.tables import customers

CUSTOMERS = TermIndex("customer_terms")
INDEXES = (CUSTOMERS, VISITS.index, NOTES.index)
AT_ONCE = 2_000  # records
_HOLD = text("SELECT id FROM customers WHERE id = ANY(CAST(:keys AS integer[])) ORDER BY id FOR NO KEY UPDATE")
_TOUCHED, _MADE = "touched for the search", "made, for the search"
_FOUND_BY: dict[type[Any], tuple[str, ...]] = {
    Customer: ("name", "owner_id", "phone", "tax_id", "withdrawn_at"),
    ShortName: ("text", "customer_id", "withdrawn_at"),
    Contact: ("name", "title", "phone", "other_phone", "customer_id", "withdrawn_at"),
    Deal: ("name", "owner_id", "shares_customer", "customer_id", "withdrawn_at"),
    Collaborator: ("user_id", "customer_id", "withdrawn_at"),
    Visit: ("customer_id", "words", "needs", "objections", "people", "competitors"),
    CustomerNote: ("customer_id", "text"),
}


class FindingSession(Session):
    """A session that keeps the indexes level with the records it writes."""


@event.listens_for(FindingSession, "after_flush")
def _note(session: Session, _context: Any) -> None:
    touched: dict[type[Any], set[int]] = session.info.setdefault(_TOUCHED, {})
    session.info.setdefault(_MADE, set()).update(thing.id for thing in session.new if type(thing) is Customer)
    for thing in session.new | session.dirty:
        for kind, key in _touched(thing, is_new=thing in session.new):
            touched.setdefault(kind, set()).add(key)


def _touched(thing: Any, *, is_new: bool) -> Iterator[tuple[type[Any], int]]:
    kind = type(thing)
    attributes = inspect(thing).attrs
    if kind not in _FOUND_BY or not (is_new or any(attributes[f].history.has_changes() for f in _FOUND_BY[kind])):
        return
    if kind in (Customer, Visit, CustomerNote):
        yield kind, thing.id
    else:
        yield Customer, thing.customer_id
        yield from ((Customer, key) for key in attributes["customer_id"].history.deleted or ())


@event.listens_for(FindingSession, "before_commit")
def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction():  # what a savepoint holds may yet be rolled back
        keep_level(session)
        session.info.pop(_TOUCHED, None)
        session.info.pop(_MADE, None)


def keep_level(session: Session) -> None:
    """Write what the session has touched so far into the indexes: it can be found from here on."""
    session.flush()
    touched: dict[type[Any], set[int]] = session.info.get(_TOUCHED, {})
    if touched:
        connection = session.connection()
        index_customers(connection, touched.get(Customer, ()), session.info.get(_MADE, ()))
        for told, kind in ((VISITS, Visit), (NOTES, CustomerNote)):
            for some in _batches(touched.get(kind, ())):
                index_words(connection, told, some)


def index_customers(connection: Connection, keys: Collection[int], made: Collection[int] = ()) -> None:
    """Index customers as they stand now, however many; forget those that were withdrawn. `made`: those that this
    transaction made, about which nobody else can write yet.
    """
    for some in _batches(keys):
        _write(connection, some, _told(_read(connection, some, made)))


async def index_many(connection: AsyncConnection, keys: Collection[int]) -> None:
    """The same of very many: others have their turn meanwhile."""
    for some in _batches(keys):
        found = await connection.run_sync(_read, some)
        told = await asyncio.to_thread(_told, found)
        await connection.run_sync(_write, some, told)


def _read(connection: Connection, keys: list[int], made: Collection[int] = ()) -> dict[int, Account]:
    others = [key for key in keys if key not in made]
    if others and connection.dialect.name == "postgresql":
        # Two who write about one customer at a time would each leave out what the other has not committed yet.
        connection.execute(_HOLD, {"keys": others})
    return accounts_of(connection, keys)


def _told(found: dict[int, Account]) -> list[tuple[int, str]]:
    return [(key, as_text(terms_of(account))) for key, account in found.items()]


def _write(connection: Connection, keys: list[int], told: list[tuple[int, str]]) -> None:
    CUSTOMERS.put(connection, told)
    CUSTOMERS.remove(connection, set(keys) - {key for key, _ in told})


def _batches(keys: Collection[int]) -> Iterator[list[int]]:
    """So many at once: a statement takes but so many values."""
    left = iter(sorted(keys))
    while some := list(islice(left, AT_ONCE)):
        yield some


def index_all(connection: Connection) -> None:
    """Index every record where the indexes hold another version's terms."""
    if connection.scalar(text("SELECT version FROM term_version")) != VERSION:
        index_everything(connection)


def index_everything(connection: Connection) -> None:
    """Index every record, whatever the indexes hold."""
    with CUSTOMERS.anew(connection):
        for first, last in _spans(connection, customers):
            CUSTOMERS.put(connection, _told(accounts_between(connection, first, last)))
    for told in (VISITS, NOTES):
        index_anew(connection, told)
    connection.execute(text("DELETE FROM term_version"))
    connection.execute(text("INSERT INTO term_version (version) VALUES (:version)"), {"version": VERSION})


def index_anew(connection: Connection, told: Told) -> None:
    """Index every visit or note anew."""
    with told.index.anew(connection):
        for first, last in _spans(connection, told.table):
            told.index.put(connection, words_between(connection, told, first, last))


def _spans(connection: Connection, table: Table) -> Iterator[tuple[int, int]]:
    """A table's records as (first, last) id, so many at once."""
    last = connection.scalar(select(func.max(table.c.id))) or 0
    return ((first, first + AT_ONCE - 1) for first in range(1, last + 1, AT_ONCE))
