"""Engines: how SQLite and PostgreSQL are opened so that no write is lost. One for writing, one for reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.search.keep import FindingSession
from storage.sqlite_driver import InPlaceSqlite, Reader, Writer
from storage.staff import staff_of

BUSY_MS = 10_000
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}")


@dataclass(frozen=True)
class Store:
    """A database opened twice: `write` begins at once as a writer, `read` never waits for one."""

    write: AsyncEngine
    read: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, where a single connection does all writing."""
        return self.write.dialect.name == "sqlite"

    # Making a maker costs more than making a session: each is a class of its own.
    @cached_property
    def _writing(self) -> async_sessionmaker[Any]:
        return async_sessionmaker(
            self.write, sync_session_class=FindingSession, expire_on_commit=False, autoflush=False
        )

    @cached_property
    def _reading(self) -> async_sessionmaker[Any]:
        return async_sessionmaker(self.read, expire_on_commit=False, autoflush=False)

    def writing(self) -> async_sessionmaker[Any]:
        """Sessions whose transaction may write."""
        return self._writing

    def reading(self) -> async_sessionmaker[Any]:
        """Sessions that only read."""
        return self._reading

    async def close(self) -> None:
        """Give every connection back."""
        await self.write.dispose()
        if self.read is not self.write:
            await self.read.dispose()


def open_store(url: str) -> Store:
    """The store at a database URL; `sqlite:` and `postgresql:` get their async drivers. Connects on first use.

    ArgumentError where it is no URL.
    """
    try:
        parsed = make_url(url)
    except ValueError as error:  # a port that is no number comes through as such
        raise ArgumentError("the port is not a number") from error
    if parsed.get_backend_name() != "sqlite":
        engine = _postgresql(parsed.set(drivername="postgresql+asyncpg"))
        return Store(engine, engine)
    parsed = parsed.set(drivername="sqlite+aiosqlite")
    write = _sqlite(
        parsed, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0, pool_timeout=60, module=InPlaceSqlite(Writer)
    )
    return Store(write, _sqlite(parsed, "BEGIN", pool_size=4, module=InPlaceSqlite(Reader)))


def _postgresql(url: Any) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=10, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "checkout")
    def _is_open(connection: Any, _record: Any, _proxy: Any) -> None:
        # The driver knows that the server hung up: a ping would be three round trips, twice a message.
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    return engine


def _sqlite(url: Any, begin: str, **pool: Any) -> AsyncEngine:
    # An error goes into the logs: what people wrote does not.
    engine = create_async_engine(url, poolclass=AsyncAdaptedQueuePool, hide_parameters=True, **pool)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own transactions lose writes: BEGIN is said below
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        connection.create_function("staff_of", 2, staff_of)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
