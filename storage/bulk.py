"""Very many records of one message, written set by set instead of one by one, in the caller's transaction.

The log of changes is written as the ledger writes it, so that undo, names and history see them as they see all others.
Every record that these functions make, change, take back or bring back goes through `_written`, which notes whose index
for searching is to be made anew; `index` makes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table, Update, bindparam, func, insert, inspect, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.number_keys import keyed
from storage.search.keep import index_many
from storage.search.words import NOTES, index_words
from storage.tables import THINGS, changes

BATCH = 1_000
MANY = 5_000  # customers: so many change what a table is like
FOUND_BY = frozenset({"contacts", "deals", "short_names", "collaborators"})  # their customers are found by them
T = TypeVar("T")
Filling = tuple[int, str, str]  # id of the record, field, value


@dataclass(frozen=True)
class Bulk:
    """A transaction in which `user_id` writes what the message `inbox_id` asked for."""

    session: AsyncSession
    now: datetime
    user_id: int
    inbox_id: int
    touched: set[int] = field(default_factory=set)  # customers that are found otherwise than before
    noted: set[int] = field(default_factory=set)  # notes that are new

    async def index(self) -> None:
        """Let what was written be found: the last thing to do, once for all of it."""
        connection = await self.session.connection()
        await index_many(connection, self.touched)
        for some in in_batches(sorted(self.noted)):
            await connection.run_sync(index_words, NOTES, some)
        if len(self.touched) >= MANY and connection.dialect.name == "postgresql":
            await connection.execute(text("ANALYZE customers, contacts, deals"))  # or it plans for the few there were
        self.touched.clear()
        self.noted.clear()

    async def add(self, thing: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Make records of a kind and log that they were made; their ids, in order."""
        table = table_of(thing)
        keys = await self._keys(table, len(rows))
        for some in in_batches(zip(keys, rows, strict=True)):
            await self._many(insert(table), [{"id": key, **keyed(table, row)} for key, row in some])
        await self.log({"thing": thing, "thing_id": key} for key in keys)
        await self._written(thing, keys)
        self.noted.update(keys if thing == "note" else ())
        return keys

    async def fill(self, thing: str, filled: Sequence[Filling]) -> int:
        """Write what is missing in records that are there, and log it. How many fields."""
        table = table_of(thing)
        for name in sorted({name for _, name, _ in filled}):
            column = table.c[name]
            empty = update(table).where(table.c.id == bindparam("row"), column == "")
            await self._set(empty, table, name, [(key, value) for key, of, value in filled if of == name])
        logged = [{"thing": thing, "thing_id": key, "field": name, "after": to} for key, name, to in filled]
        await self.log({**row, "before": ""} for row in logged)
        await self._written(thing, [key for key, _, _ in filled])
        return len(filled)

    async def log(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of the change log, as far as they differ from each other."""
        same = {"at": self.now, "user_id": self.user_id, "inbox_id": self.inbox_id, "entry": 0}
        blank = {"field": "", "before": None, "after": None, "undoes_id": None}
        for some in in_batches(rows):
            await self._many(insert(changes), [{**same, **blank, **row} for row in some])

    async def set_moment(self, thing: str, keys: Collection[int], at: datetime | None) -> None:
        """Withdraw records, or bring them back."""
        table = table_of(thing)
        for some in in_batches(keys):
            await self.session.execute(update(table).where(table.c.id.in_(some)).values(withdrawn_at=at))
            await asyncio.sleep(0)
        await self._written(thing, keys)

    async def set_values(self, thing: str, name: str, values: Sequence[tuple[int, Any]]) -> None:
        """Give a field of records a value each."""
        table = table_of(thing)
        await self._set(update(table).where(table.c.id == bindparam("row")), table, name, values)
        await self._written(thing, [key for key, _ in values])

    async def _set(self, wanted: Update, table: Table, name: str, values: Sequence[tuple[int, Any]]) -> None:
        """Give a field of rows a value each, and what the row is looked up by with it."""
        names = keyed(table, {name: ""})
        wanted = wanted.values({each: bindparam(f"new_{each}") for each in names})
        for some in in_batches(values):
            rows = [(key, keyed(table, {name: value})) for key, value in some]
            await self._many(wanted, [{"row": key, **{f"new_{n}": v for n, v in row.items()}} for key, row in rows])

    async def _written(self, thing: str, keys: Collection[int]) -> None:
        """Records of a kind stand otherwise than before: note what is found by them."""
        table = table_of(thing)
        for some in in_batches(keys):
            self.touched.update(some if thing == "customer" else await self._customers_of(table, some))

    async def _customers_of(self, table: Table, keys: Collection[int]) -> Collection[int]:
        if table.name not in FOUND_BY:
            return ()
        return set(await self.session.scalars(select(table.c.customer_id).where(table.c.id.in_(keys))))

    async def _keys(self, table: Table, count: int) -> list[int]:
        """Ids that nobody else gets: the writer is alone on SQLite, PostgreSQL's sequence gives them out."""
        if self.session.get_bind().dialect.name == "postgresql":
            drawn = text(f"SELECT nextval(pg_get_serial_sequence('{table.name}', 'id')) FROM generate_series(1, :n)")  # noqa: S608 - a table of ours
            return list(await self.session.scalars(drawn, {"n": count}))
        last = int(await self.session.scalar(select(func.max(table.c.id))) or 0)
        return list(range(last + 1, last + 1 + count))

    async def _many(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        """One statement for many rows, and then others have their turn."""
        connection = await self.session.connection()
        await connection.execute(statement, rows)
        await asyncio.sleep(0)


def in_batches(things: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as one statement takes."""
    rest = iter(things)
    while some := list(islice(rest, BATCH)):
        yield some


def table_of(thing: str) -> Table:
    """The table of a kind of record."""
    found: Table = inspect(THINGS[thing]).local_table
    return found
