"""A backup is whole whoever writes meanwhile, and nothing but a whole one takes a database's place."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.demo import fill
from storage.backup import BadBackup, back_up, holds_records, restore, verify
from storage.columns import metadata
from storage.engine import Store
from tests.databases import SqliteFiles


def _count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - its own table


async def test_what_is_restored_elsewhere_counts_the_same(sqlite_store: Store, now: datetime, tmp_path: Path) -> None:
    await fill(sqlite_store, now)
    database = Path(str(sqlite_store.write.url.database))
    back_up(database, tmp_path / "kept.db")
    assert restore(tmp_path / "kept.db", tmp_path / "elsewhere" / "genjin.db", now) is None
    restored = tmp_path / "elsewhere" / "genjin.db"
    assert all(_count(restored, name) == _count(database, name) for name in metadata.tables)
    assert holds_records(restored)


async def test_a_backup_made_while_others_write_is_whole(sqlite_files: SqliteFiles, tmp_path: Path) -> None:
    url = await sqlite_files.fresh()
    database, stop = Path(url.removeprefix("sqlite:///")), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=10)) as connection:
            for number in range(100_000):
                if stop.is_set():
                    return
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO users (name, role) VALUES (?, 'rep')", [f"甲{number}"])
                connection.execute("INSERT INTO teams (name) VALUES (?)", [f"甲{number}"])
                connection.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(database, tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    counts = [(_count(tmp_path / f"{n}.db", "users"), _count(tmp_path / f"{n}.db", "teams")) for n in range(5)]
    assert all(users == teams for users, teams in counts)
    assert counts[-1][0] > 0


async def test_a_backup_with_rows_that_point_nowhere_is_refused(
    sqlite_files: SqliteFiles, tmp_path: Path, now: datetime
) -> None:
    path = Path((await sqlite_files.fresh()).removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO identities (user_id, channel, address) VALUES (404, 'telegram', '1')")
        connection.commit()
    with pytest.raises(BadBackup, match="rows point nowhere"):
        restore(path, tmp_path / "new.db", now)
    assert not (tmp_path / "new.db").exists()


async def test_a_backup_of_a_newer_version_is_refused(sqlite_files: SqliteFiles) -> None:
    path = Path((await sqlite_files.fresh()).removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(BadBackup, match="newer Genjin"):
        verify(path)


async def test_a_log_beside_the_former_database_never_meets_the_new_one(
    sqlite_files: SqliteFiles, tmp_path: Path, now: datetime
) -> None:
    backup, database = Path((await sqlite_files.fresh()).removeprefix("sqlite:///")), tmp_path / "genjin.db"
    database.write_text("damaged beyond reading")
    (tmp_path / "genjin.db-wal").write_text("what was in its log")
    former = restore(backup, database, now)
    assert former is not None
    assert former.read_text() == "damaged beyond reading"
    assert not (tmp_path / "genjin.db-wal").exists()
    verify(database)
