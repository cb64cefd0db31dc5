"""Backup and restore of a SQLite database: copied while it is written to, verified before it replaces anything.

The files that people sent stand beside a backup as they stand beside the database: kept.files beside kept.db.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory

from storage.files import Files, files_beside
from storage.migrate import alembic_config


class BadBackup(Exception):
    """A file that cannot serve as the database; the text says why."""


def back_up(database: Path, target: Path) -> None:
    """Copy a database as of one moment, whoever writes meanwhile. FileExistsError, OSError, sqlite3.Error."""
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.part")
    try:
        _copy(database, half)
        verify(half)
        half.rename(target)
    finally:
        half.unlink(missing_ok=True)


def restore(backup: Path, database: Path, now: datetime) -> Path | None:
    """Put a verified copy of a backup in the database's place. The caller holds the database alone.

    Returns where the former file was moved, None where there was none. BadBackup, OSError, sqlite3.Error.
    """
    verify(backup)
    database.parent.mkdir(parents=True, exist_ok=True)
    half = database.with_name(f"{database.name}.part")
    half.unlink(missing_ok=True)
    try:
        _copy(backup, half)
        former = _aside(database, now) if database.exists() else None
        half.rename(database)
    finally:
        half.unlink(missing_ok=True)
    return former


def back_up_files(backup: Path, files: Files) -> list[str]:
    """Copy the files that a backup's records tell of to its side; the names of those missing or damaged. OSError."""
    return _copy_files(backup, files, Files(files_beside(backup)))


def missing_files(backup: Path) -> list[str]:
    """The names of the files that a backup's records tell of and that are missing or damaged beside it."""
    beside = Files(files_beside(backup))
    return [name for content, name in _contents(backup) if not beside.is_whole(content)]


def restore_files(backup: Path, files: Files) -> list[str]:
    """Copy a backup's files to where they are used, whole ones only; the names of the others. OSError."""
    return _copy_files(backup, Files(files_beside(backup)), files)


def _copy_files(backup: Path, source: Files, target: Files) -> list[str]:
    missing: list[str] = []
    for content, name in _contents(backup):
        data = source.read(content)
        if data is None:
            missing.append(name)
        else:
            target.put(data)
    return missing


def _contents(path: Path) -> list[tuple[str, str]]:
    """(content, name) of each file that the records in a database file tell of; older schemas tell of none."""
    with closing(_open(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachments'").fetchone():
            return []
        kept = "SELECT sha256, min(name) FROM attachments WHERE state = 'kept' GROUP BY sha256 ORDER BY sha256"
        return [(content, name) for content, name in connection.execute(kept)]


def verify(path: Path) -> None:
    """Refuse what is not a whole Genjin database of a schema that this version knows. BadBackup."""
    try:
        with closing(_open(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BadBackup(f"{path} is damaged")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BadBackup(f"{path} is damaged: rows point nowhere")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise BadBackup(f"{path} is not a Genjin database: {error}") from error
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if row is None or row[0] not in known:
        raise BadBackup(f"{path} was made by a newer Genjin")


def holds_records(path: Path) -> bool:
    """Whether a database file has users or customers. sqlite3.Error where it is no database."""
    with closing(_open(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        kept = [table for table in ("users", "customers") if table in tables]
        return any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in kept)  # noqa: S608


def _open(path: Path) -> sqlite3.Connection:
    """Reading only: a file that is missing is not made."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)


def _copy(source: Path, target: Path) -> None:
    with closing(_open(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it


def _aside(database: Path, now: datetime) -> Path:
    former = database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}")
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # what is still in the log goes into the file
    for tail in ("-wal", "-shm"):  # left where the file was no database: they must not meet the new one
        if (beside := database.with_name(database.name + tail)).exists():
            beside.rename(former.with_name(former.name + tail))
    database.rename(former)
    return former
