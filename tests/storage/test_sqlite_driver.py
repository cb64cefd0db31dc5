"""What the driver's short cuts must not cost: nobody waits in the loop, and a cancelled task breaks nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.engine import Store

_LONG = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) FROM n")
_ADD = text("INSERT INTO teams (name) VALUES (:name)")
_COUNT = text("SELECT count(*) FROM teams")


@asynccontextmanager
async def beating() -> AsyncIterator[list[None]]:
    """Counts how often the loop gets round meanwhile."""
    beats: list[None] = []

    async def beat() -> None:
        while True:
            await asyncio.sleep(0.001)
            beats.append(None)

    task = asyncio.create_task(beat())
    yield beats
    task.cancel()


async def add(store: Store, name: str) -> None:
    """One short transaction."""
    async with store.write.begin() as connection:
        await connection.execute(_ADD, {"name": name})


async def count(store: Store) -> int:
    """How many there are."""
    async with store.read.connect() as connection:
        return int(await connection.scalar(_COUNT) or 0)


async def test_waiting_for_another_writer_does_not_stop_the_loop(sqlite_store: Store) -> None:
    with closing(sqlite3.connect(str(sqlite_store.write.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with beating() as beats:
            waiting = asyncio.create_task(add(sqlite_store, "late"))
            await asyncio.sleep(0.2)
            assert len(beats) > 20
            assert not waiting.done()
            other.execute("COMMIT")
            await waiting
    assert await count(sqlite_store) == 1


async def test_a_long_report_does_not_stop_the_loop(sqlite_store: Store) -> None:
    async with beating() as beats, sqlite_store.read.connect() as connection:
        await connection.execute(_LONG)
        assert len(beats) > 5


async def test_a_writer_cancelled_at_any_moment_leaves_a_working_engine(sqlite_store: Store) -> None:
    for rounds in range(30):
        task = asyncio.create_task(add(sqlite_store, f"team {rounds}"))
        for _ in range(rounds):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    before = await count(sqlite_store)
    await add(sqlite_store, "after")
    assert await count(sqlite_store) == before + 1


async def test_what_fails_is_rolled_back_and_told_as_sqlalchemy_tells_it(sqlite_store: Store) -> None:
    await add(sqlite_store, "one")
    with pytest.raises(IntegrityError):
        async with sqlite_store.write.begin() as connection:
            await connection.execute(_ADD, {"name": "two"})
            await connection.execute(_ADD, {"name": "one"})
    assert await count(sqlite_store) == 1


async def test_four_hundred_writers_at_once_lose_nothing(sqlite_store: Store) -> None:
    await asyncio.gather(*(add(sqlite_store, f"team {number}") for number in range(400)))
    assert await count(sqlite_store) == 400


async def test_after_a_commit_that_fails_the_next_message_is_written(sqlite_store: Store) -> None:
    async with sqlite_store.write.connect() as connection:
        await connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        await connection.execute(text("INSERT INTO teams (name, parent_id) VALUES ('一组', 999)"))
        with pytest.raises(IntegrityError):
            await connection.commit()
    await add(sqlite_store, "二组")
    assert await count(sqlite_store) == 1
