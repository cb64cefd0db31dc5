"""What every test may ask for: a migrated database on either engine, and a moment that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from storage.engine import Store, open_store
from tests.databases import PostgresServer, SqliteFiles

Databases = SqliteFiles | PostgresServer


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the pictures that documents show are to be written anew."""
    parser.addoption("--pictures", type=Path, help="write the browser tests' pictures into this folder")


@pytest.fixture
def picture(pytestconfig: pytest.Config, tmp_path: Path) -> Callable[[str], Path]:
    """Where a picture of that name goes: beside the test's other files unless --pictures names a folder."""
    folder = pytestconfig.getoption("--pictures") or tmp_path
    return lambda name: folder / name


@pytest.fixture
def now() -> datetime:
    """A Friday evening in Shanghai."""
    return datetime(2026, 11, 20, 18, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Where SQLite databases come from."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Where PostgreSQL databases come from: one server for each process of the run."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Any:
    """Each engine in turn."""
    return request.getfixturevalue({"sqlite": "sqlite_files", "postgresql": "postgres"}[request.param])


@pytest.fixture
async def store(databases: Databases) -> AsyncIterator[Store]:
    """A migrated, empty store on each engine in turn."""
    url = await databases.fresh()
    opened = open_store(url)
    yield opened
    await opened.close()
    await databases.drop(url)


@pytest.fixture
async def demo_store(databases: Databases, now: datetime) -> AsyncIterator[Store]:
    """A store with the demo of `now` in it, on each engine in turn: copied, which is faster than to fill it again."""
    url = await databases.fresh(now)
    opened = open_store(url)
    yield opened
    await opened.close()
    await databases.drop(url)


@pytest.fixture
async def empty_store(databases: Databases) -> AsyncIterator[Store]:
    """A store without a schema, on each engine in turn."""
    url = await databases.empty()
    opened = open_store(url)
    yield opened
    await opened.close()
    await databases.drop(url)


@pytest.fixture
async def sqlite_store(sqlite_files: SqliteFiles) -> AsyncIterator[Store]:
    """A migrated, empty store on SQLite, where the engine does not matter."""
    url = await sqlite_files.fresh()
    opened = open_store(url)
    yield opened
    await opened.close()
    await sqlite_files.drop(url)
