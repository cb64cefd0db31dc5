"""`genjin migrate`, `demo`, `backup` and `restore`: what is done to the database as a whole."""

from __future__ import annotations

import asyncio
import shlex
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import make_url

from bot.commands.opening import Failed, opened, opened_alone, read_settings, sqlite_path
from bot.demo import HoldsRecords, fill
from bot.settings import Settings
from storage.backup import BadBackup, back_up, back_up_files, holds_records, missing_files, restore_files, verify
from storage.backup import restore as put_in_place
from storage.files import Files, files_beside
from storage.migrate import schema_state
from storage.pipelines import prepare
from storage.trouble import DATABASE_TROUBLE, told


def migrate() -> None:
    """Bring the database to this version's schema."""
    typer.echo(asyncio.run(_migrate()))


async def _migrate() -> str:
    async with opened_alone(read_settings()) as store:
        try:
            before, newest = await schema_state(store)
            await prepare(store)
        except DATABASE_TROUBLE as error:
            raise Failed(f"GENJIN_DATABASE_URL: nothing was changed: {told(error)}") from error
    if before == newest:
        return f"the database stands at schema {newest}, the newest"
    return f"the database went from {f'schema {before}' if before else 'nothing'} to schema {newest}"


def demo() -> None:
    """Fill an empty database with a company of a dozen and half a year of its deals."""
    typer.echo(asyncio.run(_demo()))


async def _demo() -> str:
    async with opened(read_settings()) as store:
        try:
            people = await fill(store, datetime.now(UTC))
        except HoldsRecords as error:
            raise Failed("the database holds records: name an empty one in GENJIN_DATABASE_URL") from error
    return f"the demo is in: {len(people.people)} people, 60 customers, 70 deals"


def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to; default: the data directory's backups.")] = None,
) -> None:
    """Copy the database to a file and the files that people sent to a folder beside it, while the bot works."""
    settings = read_settings()
    database = _sqlite(settings, f"pg_dump --format=custom --file {shlex.quote(str(file or 'genjin.dump'))}")
    if not database.exists():
        raise Failed(f"GENJIN_DATABASE_URL: there is no {database}")
    target = file or settings.data_dir / "backups" / f"{database.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}.db"
    try:
        back_up(database, target)
    except (OSError, sqlite3.Error, BadBackup) as error:
        raise Failed(f"no backup was made: {error}") from error
    try:
        missing = back_up_files(target, Files(settings.files_folder))
    except OSError as error:
        raise Failed(f"the records are backed up to {target}, their files are not: {told(error)}") from error
    typer.echo(f"backed up to {target}")
    if missing:
        raise Failed(f"{_listed(missing)} missing or damaged in {settings.files_folder}, and so not in the backup")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that genjin backup made.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also over a database that holds records, and without files that are lost.")
    ] = False,
) -> None:
    """Put a backup in the place of the database, and its files with it; the former database is kept beside it."""
    settings = read_settings()
    database = _sqlite(settings, f"pg_restore --clean --if-exists {shlex.quote(str(file))}")
    if file.resolve() == database.resolve():
        raise Failed(f"{file} is the database itself")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"GENJIN_DATABASE_URL: {told(error)}") from error
    former = asyncio.run(_restore(settings, file, database, force))
    typer.echo(f"restored {file}" + (f"; the former database is {former}" if former else ""))


async def _restore(settings: Settings, file: Path, database: Path, force: bool) -> Path | None:
    async with opened_alone(settings, is_to_be_made=True) as store:
        try:
            former = await asyncio.to_thread(_replace, file, database, Files(settings.files_folder), force)
            await prepare(store)
        except DATABASE_TROUBLE as error:
            raise Failed(f"nothing was restored: {told(error)}") from error
    return former


def _replace(file: Path, database: Path, files: Files, force: bool) -> Path | None:
    if database.exists() and not force and holds_records(database):
        raise Failed(f"{database} holds records: say --force to replace it (it is kept beside)")
    try:
        verify(file)
        missing = missing_files(file)
        if missing and not force:
            raise Failed(
                f"nothing was restored: {_listed(missing)} missing or damaged in {files_beside(file)}: "
                "put that folder beside the backup, or say --force to restore without"
            )
        restore_files(file, files)
        return put_in_place(file, database, datetime.now(UTC))
    except BadBackup as error:
        raise Failed(f"nothing was restored: {error}") from error


def _listed(names: list[str]) -> str:
    """The first of the names, and how many more there are, with the verb."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more} {'is' if len(names) == 1 else 'are'}"


def _sqlite(settings: Settings, instead: str) -> Path:
    """The database's file. Failed names the command where the database is PostgreSQL's, without the password."""
    path = sqlite_path(settings.database_url)
    if path is not None:
        return path
    url = make_url(settings.database_url)
    asked = {"host": url.host or url.query.get("host"), "port": url.port, "username": url.username}
    told_where = " ".join(f"--{name} {shlex.quote(str(value))}" for name, value in asked.items() if value)
    command = f"{instead} {told_where} --dbname {url.database or 'genjin'}"
    raise Failed(f"on PostgreSQL its own tool does this: {command}; the files stand in {settings.files_folder}")
