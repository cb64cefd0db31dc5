"""One process a database. The lock is the operating system's or the server's, so it ends with its holder, however."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text

from storage.engine import Store

_KEY = 7_340_031  # any number, as long as it stays the same


class InUse(Exception):
    """Another process works on this database."""


@asynccontextmanager
async def alone(store: Store) -> AsyncIterator[None]:
    """Hold the database for this process. InUse where another one does."""
    async with _on_sqlite(store) if store.is_sqlite else _on_postgresql(store):
        yield


@asynccontextmanager
async def _on_sqlite(store: Store) -> AsyncIterator[None]:
    """An exclusive transaction on a file beside the database: locks of SQLite's own work on every system."""
    database = store.write.url.database
    if not database or database == ":memory:":
        yield
        return
    path = Path(database)
    lock = sqlite3.connect(path.with_name(f"{path.stem}.lock.db"), timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise InUse(str(path)) from error
        yield
    finally:
        lock.close()


@asynccontextmanager
async def _on_postgresql(store: Store) -> AsyncIterator[None]:
    """An advisory lock on a connection of its own."""
    async with store.write.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        if not await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
            raise InUse(str(store.write.url.database))
        try:
            yield
        finally:
            await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
