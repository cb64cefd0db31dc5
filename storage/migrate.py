"""Bring a database to the newest schema: Alembic's migrations, run on the store's own connection."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.engine import Store
from storage.search.keep import index_all


def alembic_config() -> Config:
    """Alembic's settings, told in code: there is no ini file to find."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


async def migrate(store: Store, revision: str = "head") -> None:
    """Climb to `revision` in one transaction; what fails half-way leaves the database as it was.

    On SQLite foreign keys are off meanwhile, because rebuilding a table would delete its children, and checked after.
    """
    async with store.write.connect() as connection:
        if store.is_sqlite:
            # Outside a transaction only: SQLite ignores the pragma within one.
            raw = await connection.get_raw_connection()
            await raw.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            async with connection.begin():
                await connection.run_sync(_upgrade, revision)
        finally:
            if store.is_sqlite:
                await raw.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


async def schema_state(store: Store) -> tuple[str | None, str | None]:
    """The revision that the database stands at (None: empty) and the newest one."""
    async with store.read.connect() as connection:
        current = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    return current, ScriptDirectory.from_config(alembic_config()).get_current_head()


def _upgrade(connection: Connection, revision: str) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if revision == "head":
        index_all(connection)
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if broken:
            raise RuntimeError(f"the migration left rows that point nowhere: {broken[:3]}")
