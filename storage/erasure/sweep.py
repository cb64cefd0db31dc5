"""After an erasure: the files go from the disk, and the database is packed, so that no page keeps what was erased."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime

from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from storage.columns import metadata
from storage.engine import BUSY_MS, Store
from storage.files import Files
from storage.out_tables import erasures
from storage.post_tables import outbox
from storage.search.keep import INDEXES

# A file on its way may hold what was erased; its content goes once it is sent, and the packing is for what is gone.
_LEAVING = (
    select(outbox.c.id).where(outbox.c.kind == "file", outbox.c.state.in_(("pending", "retry", "sending"))).limit(1)
)

_LOCKED = "55P03"  # PostgreSQL: somebody reads for long


async def sweep_erased(files: Files, store: Store, now: datetime) -> int:
    """Do what erasures left to do; tried again the next time where somebody is still reading. Always 0."""
    async with store.reading()() as session:
        waiting = (await session.execute(select(erasures).where(erasures.c.swept_at.is_(None)))).all()
        is_leaving = waiting and await session.scalar(_LEAVING)
    if not waiting or is_leaving:
        return 0
    for row in waiting:
        for content in row.contents:
            await asyncio.to_thread(files.remove, content)
    if not await _packed(store):
        return 0
    async with store.writing().begin() as session:
        keys = [row.id for row in waiting]
        await session.execute(update(erasures).where(erasures.c.id.in_(keys)).values(swept_at=now, contents=[]))
    return 0


async def _packed(store: Store) -> bool:
    """Write the database anew without what is free in it; whether that came to its end."""
    if store.is_sqlite:
        return await asyncio.to_thread(_pack_file, str(store.write.url.database))
    tables = ", ".join([*metadata.tables, *(index.name for index in INDEXES)])
    async with store.write.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text(f"SET lock_timeout = {BUSY_MS}"))
        try:  # whole: a page that is merely vacuumed keeps the bytes; what is common in a table is kept as statistics
            await alone.execute(text(f"VACUUM (FULL, ANALYZE) {tables}"))
            await alone.execute(text("VACUUM (FULL) pg_catalog.pg_statistic"))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") != _LOCKED:
                raise
            return False
        finally:
            await alone.execute(text("RESET lock_timeout"))
    return True


def _pack_file(path: str) -> bool:
    with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)) as connection:
        try:
            for index in INDEXES:
                connection.execute(index.optimize)
            connection.execute("VACUUM")
        except sqlite3.OperationalError:  # somebody writes: the next time
            return False
        is_busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy
