"""aiosqlite with fewer changes of thread: SQLAlchemy's adapter makes four a statement, which cost more than it does.

What may take long still runs in aiosqlite's thread. For the writer that is BEGIN, which waits for other writers, and
COMMIT, which waits for the disk: within its transaction the lock is held, and statements on records are short. For
readers it is every statement, in one change of thread; to begin and to roll back they wait for nothing.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Awaitable, Iterator, Sequence
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_dbapi
from sqlalchemy.util.concurrency import await_


class InPlaceCursor:
    """A cursor as SQLAlchemy wants it from a driver; rows are fetched at once."""

    server_side = False
    arraysize = 1

    def __init__(self, adapted: Writer) -> None:
        self._adapted = adapted
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, operation: str, parameters: Any = ()) -> None:
        """Run a statement: here within a transaction, else in aiosqlite's thread."""
        self._await(self._execute(operation, parameters or ()))

    def executemany(self, operation: str, seq_of_parameters: Sequence[Any]) -> None:
        """Run a statement once for each set of parameters. Only within a transaction."""
        self._await(self._execute_many(operation, seq_of_parameters))

    def _await(self, work: Awaitable[None]) -> None:
        # Also where nothing is waited for: SQLAlchemy insists that a driver's work is awaited.
        try:
            await_(work)
        except Exception as error:
            self._adapted._handle_exception(error)

    async def _execute(self, operation: str, parameters: Any) -> None:
        if self._adapted.may_wait(operation):
            await self._adapted.driver._execute(self._run, operation, parameters)  # type: ignore[no-untyped-call]
        else:
            self._run(operation, parameters)

    def _run(self, operation: str, parameters: Any) -> None:
        self._take(self._adapted.raw.execute(operation, parameters))

    async def _execute_many(self, operation: str, seq_of_parameters: Sequence[Any]) -> None:
        self._take(self._adapted.raw.executemany(operation, seq_of_parameters))

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = deque(cursor.fetchall() if cursor.description else ())
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()

    async def _async_soft_close(self) -> None:
        """Nothing is open any more."""

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    def setinputsizes(self, *_sizes: Any) -> None:
        """SQLite wants none."""

    def fetchone(self) -> Any:
        """The next row, None at the end."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()


class Writer(AsyncAdapt_aiosqlite_connection):
    """SQLAlchemy's adapter with the cursor above."""

    __slots__ = ()
    _cursor_cls = InPlaceCursor  # type: ignore[assignment]

    def may_wait(self, _operation: str) -> bool:
        """Whether a statement belongs into aiosqlite's thread."""
        return not self.raw.in_transaction

    def commit(self) -> None:
        """Wait for the disk. One that fails leaves nothing open: SQLAlchemy takes the transaction for over."""
        try:
            super().commit()
        except Exception:
            self.rollback()
            raise

    def rollback(self) -> None:
        """Waits for nothing; after a commit, which SQLAlchemy follows with one, there is nothing to do."""
        if self.driver._connection is not None and self.raw.in_transaction:
            self.raw.rollback()

    @property
    def driver(self) -> aiosqlite.Connection:
        """aiosqlite's connection."""
        connection: aiosqlite.Connection = self._connection  # type: ignore[assignment]
        return connection

    @property
    def raw(self) -> sqlite3.Connection:
        """The connection below it. ValueError once it is closed."""
        return self.driver._conn


class Reader(Writer):
    """The same for a connection that only reads, perhaps for long."""

    __slots__ = ()

    def may_wait(self, operation: str) -> bool:
        """Whether a statement belongs into aiosqlite's thread."""
        return operation != "BEGIN"


class InPlaceSqlite(AsyncAdapt_aiosqlite_dbapi):
    """The driver to hand to `create_async_engine` as its module."""

    def __init__(self, kind: type[Writer]) -> None:
        super().__init__(aiosqlite, sqlite3)
        self._kind = kind

    def connect(self, *arguments: Any, **options: Any) -> Writer:
        """Connect. SQLAlchemy tells Python that threads may take turns (check_same_thread)."""
        return self._kind(self, super().connect(*arguments, **options)._connection)
