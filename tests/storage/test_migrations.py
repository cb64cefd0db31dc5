"""Migrations climb from nothing to exactly the tables, in one transaction."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, text

from storage.columns import metadata
from storage.engine import Store
from storage.migrate import migrate, schema_state

TERMS = ("customer_terms", "visit_terms", "note_terms", "term_version")


def _differences(connection: Connection) -> list[Any]:
    # SQLite tells a default of '' as "('')", which Alembic takes for another one.
    options: dict[str, Any] = {"compare_type": True, "compare_server_default": connection.dialect.name != "sqlite"}
    # Each engine keeps terms in its own way, which no table of ours tells.
    options["include_name"] = lambda name, kind, _: kind != "table" or not (name or "").startswith(TERMS)
    context = MigrationContext.configure(connection, opts=options)
    found: list[Any] = compare_metadata(context, metadata)
    return found


def _tables(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


async def test_the_migrations_make_exactly_the_tables(store: Store) -> None:
    async with store.read.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_a_new_database_stands_at_no_revision_and_then_at_the_newest(empty_store: Store) -> None:
    before, newest = await schema_state(empty_store)
    await migrate(empty_store)
    assert (before, await schema_state(empty_store)) == (None, (newest, newest))


async def test_migrating_twice_changes_nothing(store: Store) -> None:
    await migrate(store)
    async with store.read.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    create_table = Operations.create_table

    def fail_at_the_tenth(self: Operations, name: str, *columns: Any, **options: Any) -> Any:
        if len(made) == 9:
            raise RuntimeError("the power went")
        made.append(name)
        return create_table(self, name, *columns, **options)

    monkeypatch.setattr(Operations, "create_table", fail_at_the_tenth)
    with pytest.raises(RuntimeError, match="the power went"):
        await migrate(empty_store)
    async with empty_store.read.connect() as connection:
        assert len(made) == 9
        assert await connection.run_sync(_tables) == []


async def test_foreign_keys_are_on_again_after_a_migration(empty_store: Store) -> None:
    await migrate(empty_store)
    if empty_store.is_sqlite:
        async with empty_store.write.connect() as connection:
            assert await connection.scalar(text("PRAGMA foreign_keys")) == 1
