"""The promises of the two engines: moments keep their zone, rows point somewhere, no write is lost."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, StatementError

from crm.changes import Change
from crm.users import Identity, User
from storage.engine import Store, open_store
from storage.people_tables import users
from storage.tables import changes
from storage.trouble import DATABASE_TROUBLE, told


async def _one_user(store: Store) -> int:
    async with store.writing()() as session:
        user = User(name="李娜", short_names=["娜姐"])
        session.add(user)
        await session.commit()
    return user.id


async def test_a_moment_comes_back_aware_and_equal(store: Store, now: datetime) -> None:
    user_id = await _one_user(store)
    async with store.writing()() as session:
        session.add(Change(at=now, user_id=user_id, thing="user", thing_id=user_id))
        await session.commit()
    async with store.reading()() as session:
        change = (await session.scalars(select(Change))).one()
    assert change.at == now
    assert change.at.tzinfo is UTC


async def test_moments_compare_across_zones(store: Store, now: datetime) -> None:
    user_id = await _one_user(store)
    async with store.writing()() as session:
        session.add(Change(at=now, user_id=user_id, thing="user", thing_id=user_id))
        await session.commit()
    async with store.reading()() as session:
        count = select(func.count()).select_from(changes)
        before = await session.scalar(count.where(changes.c.at < now.astimezone(UTC) + timedelta(seconds=1)))
        after = await session.scalar(count.where(changes.c.at > now.astimezone(UTC)))
    assert (before, after) == (1, 0)


async def test_a_naive_moment_is_refused(store: Store, now: datetime) -> None:
    user_id = await _one_user(store)
    async with store.writing()() as session:
        session.add(Change(at=now.replace(tzinfo=None), user_id=user_id, thing="user", thing_id=user_id))
        with pytest.raises(StatementError, match="a moment without a zone"):
            await session.commit()


async def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    async with store.writing()() as session:
        session.add(Identity(user_id=404, channel="telegram", address="1"))
        with pytest.raises(IntegrityError):
            await session.commit()


async def test_a_word_outside_its_list_is_refused(store: Store) -> None:
    async with store.writing()() as session:
        session.add(User(name="某人", role="emperor"))
        with pytest.raises(IntegrityError):
            await session.commit()


async def test_of_400_concurrent_increments_none_is_lost(store: Store) -> None:
    user_id = await _one_user(store)
    held = select(User).where(users.c.id == user_id).with_for_update()  # SQLite, where writers queue up, leaves it out

    async def increment() -> None:
        async with store.writing()() as session:
            user = (await session.scalars(held)).one()
            await asyncio.sleep(0)
            user.short_names = [*user.short_names, "x"]
            await session.commit()

    await asyncio.gather(*(increment() for _ in range(400)))
    async with store.reading()() as session:
        assert (await session.scalars(select(User))).one().short_names == ["娜姐", *["x"] * 400]


async def test_leaving_without_commit_writes_nothing(store: Store) -> None:
    async with store.writing()() as session:
        session.add(User(name="李娜"))
        await session.flush()
    async with store.reading()() as session:
        assert (await session.scalars(select(User))).all() == []


def _path(store: Store) -> Path:
    return Path(str(store.write.url.database))


async def test_a_writer_that_holds_the_lock_only_delays(sqlite_store: Store) -> None:
    held = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(_path(sqlite_store), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(3)
        other.execute("COMMIT")
        other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    await asyncio.to_thread(held.wait)
    began = time.monotonic()
    await _one_user(sqlite_store)
    assert time.monotonic() - began > 2
    holder.join()


async def test_a_reader_does_not_wait_for_a_writer(sqlite_store: Store) -> None:
    await _one_user(sqlite_store)
    async with sqlite_store.writing()() as writing:
        writing.add(User(name="王磊"))
        await writing.flush()
        began = time.monotonic()
        async with sqlite_store.reading()() as reading:
            assert len((await reading.scalars(select(User))).all()) == 1
        assert time.monotonic() - began < 1


async def test_a_full_disk_is_told_and_leaves_what_was(sqlite_store: Store) -> None:
    await _one_user(sqlite_store)
    async with sqlite_store.writing()() as session:
        pages = await session.scalar(text("PRAGMA page_count"))
        await session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.add_all(User(name=f"{n} " + "某" * 4_000) for n in range(50))
        with pytest.raises(OperationalError) as caught:
            await session.commit()
    assert told(caught.value) == "database or disk is full"
    async with sqlite_store.reading()() as session:
        assert [user.name for user in await session.scalars(select(User))] == ["李娜"]


async def test_a_file_that_is_read_only_is_told(sqlite_store: Store) -> None:
    path = _path(sqlite_store)
    await sqlite_store.close()
    store = open_store(f"sqlite:///file:{path}?mode=ro&uri=true")
    try:
        async with store.reading()() as session:
            with pytest.raises(OperationalError) as caught:
                await session.execute(text("UPDATE users SET name = name || 'x'"))
        assert told(caught.value) == "attempt to write a readonly database"
    finally:
        await store.close()


async def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'no such folder' / 'genjin.db'}")
    try:
        with pytest.raises(DATABASE_TROUBLE) as caught:
            await _one_user(store)
        assert told(caught.value) == "unable to open database file"
    finally:
        await store.close()
        await asyncio.sleep(0.2)  # aiosqlite's thread has a last word for this loop, which must not have ended


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    store = open_store("postgresql://keeper:hidden@127.0.0.1:1/crm")
    try:
        with pytest.raises(DATABASE_TROUBLE) as caught:
            await _one_user(store)
        assert "127.0.0.1" in told(caught.value)
        assert "hidden" not in told(caught.value)
    finally:
        await store.close()


@pytest.mark.parametrize("url", ["nothing", "sqlite:/x/y:z", "postgresql://keeper:hidden@host:port/crm"])
def test_what_is_no_url_is_refused_as_one(url: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        open_store(url)
    assert "hidden" not in told(caught.value)


async def test_an_error_of_the_database_does_not_tell_what_was_to_be_written(sqlite_store: Store) -> None:
    row = {"name": "张三的秘密", "role": "no such role"}
    with pytest.raises(IntegrityError) as caught:
        async with sqlite_store.write.begin() as connection:
            await connection.execute(insert(users), row)
    assert "张三的秘密" not in str(caught.value)


async def _kept_open(store: Store) -> Any:
    """The driver's connection that the next session gets again."""
    async with store.read.connect() as connection:
        return (await connection.get_raw_connection()).driver_connection


async def test_a_connection_that_the_server_closed_is_made_anew(store: Store) -> None:
    if store.is_sqlite:  # a file closes nothing
        return
    kept, is_over = await _kept_open(store), asyncio.Event()
    kept.add_termination_listener(lambda _: is_over.set())
    other = open_store(store.write.url.render_as_string(hide_password=False))
    async with other.reading()() as session:
        await session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": kept.get_server_pid()})
    await other.close()
    await asyncio.wait_for(is_over.wait(), 5)
    async with store.reading()() as session:
        assert await session.scalar(text("SELECT 2")) == 2
