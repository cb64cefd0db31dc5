"""How a command gets at the settings and the database, and how it says what keeps it from its work."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.settings import PREFIX, Settings
from storage.alone import InUse, alone
from storage.engine import Store, open_store
from storage.migrate import schema_state
from storage.pipelines import prepare
from storage.trouble import DATABASE_TROUBLE, told


class Failed(Exception):
    """The command could not do its work; the text says what to mend, in one line, or one for each problem of a file."""


def read_settings() -> Settings:
    """The settings of this process's environment, and of `.env` here where it is silent. SettingsError."""
    return Settings.from_env({**_written_down(Path(".env")), **os.environ})


def _written_down(path: Path) -> dict[str, str]:
    """The variables in a file of NAME=value lines; none where it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if line.startswith(PREFIX))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    """The configured database, with a schema: a new one gets it, an old one is refused. Failed in one line."""
    store = _ready(settings.database_url)
    try:
        try:
            await _at_newest(store)
        except DATABASE_TROUBLE as error:
            raise Failed(f"GENJIN_DATABASE_URL: the database cannot be opened: {told(error)}") from error
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def opened_alone(settings: Settings, *, is_to_be_made: bool = False) -> AsyncIterator[Store]:
    """The configured database, whatever its schema, held for this process alone. Failed in one line.

    `is_to_be_made`: its file is put there by whoever asks, so it is not tried before.
    """
    store = (_store if is_to_be_made else _ready)(settings.database_url)
    try:
        try:
            holding = alone(store)
            await holding.__aenter__()
        except InUse as error:
            raise Failed("a Genjin process works on GENJIN_DATABASE_URL: stop it first") from error
        except DATABASE_TROUBLE as error:
            raise Failed(f"GENJIN_DATABASE_URL: the database cannot be opened: {told(error)}") from error
        try:
            yield store
        finally:
            await holding.__aexit__(None, None, None)
    finally:
        await store.close()


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite URL; None for other databases and for one in memory."""
    store = _store(url)
    name = store.write.url.database
    return Path(name) if store.is_sqlite and name and name != ":memory:" else None


def _store(url: str) -> Store:
    try:
        return open_store(url)
    except DATABASE_TROUBLE as error:
        raise Failed(f"GENJIN_DATABASE_URL: {told(error)}") from error


def _ready(url: str) -> Store:
    """The store at a URL; a file is tried here, since aiosqlite's thread would outlive a loop that ends on it."""
    path = sqlite_path(url)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA schema_version")
        except DATABASE_TROUBLE as error:
            raise Failed(f"GENJIN_DATABASE_URL: the database cannot be opened: {told(error)}") from error
    return _store(url)


async def _at_newest(store: Store) -> None:
    now, newest = await schema_state(store)
    if now is None:
        await prepare(store)
    elif now != newest:
        raise Failed(f"the database stands at schema {now}, this Genjin needs {newest}: run genjin migrate")
