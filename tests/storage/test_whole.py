"""Everything out of one database and into another, of either kind: all tables are equal, and the log's chain holds."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from storage.audit import seal_changes, verify_changes
from storage.columns import metadata
from storage.engine import Store, open_store
from storage.people_tables import users
from storage.post_tables import outbox
from storage.whole.lines import LEFT_OUT, BadExport, described
from storage.whole.read import NotEmpty, read_lines
from storage.whole.write import lines_of
from tests.databases import PostgresServer, SqliteFiles
from tests.fakes import Clock, Office

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
async def elsewhere(
    request: pytest.FixtureRequest, sqlite_files: SqliteFiles, postgres: PostgresServer
) -> AsyncIterator[Store]:
    """An empty database of each kind in turn, whatever the other one is."""
    place: Any = sqlite_files if request.param == "sqlite" else postgres
    url = await place.fresh()
    store = open_store(url)
    yield store
    await store.close()
    await place.drop(url)


async def _tables(store: Store) -> dict[str, list[dict[str, Any]]]:
    async with store.reading()() as session:
        return {
            name: [dict(row) for row in (await session.execute(select(table).order_by(table.c.id))).mappings()]
            for name, table in metadata.tables.items()
        }


async def _exported(store: Store, now: datetime) -> list[str]:
    return [line async for line in lines_of(store, now)]


async def _used(store: Store, now: datetime) -> None:
    """The demo after a day's work, its log sealed."""
    office = Office(store, Clock(now))
    await office.say("李娜", "今天下午去了华信,跟王总聊了ERP二期,他说预算80万左右,嫌用友贵,下周三前给修订报价")
    await office.say("李娜", "撤销")
    await office.say("李娜", "导出我的客户")
    while (await _tables(store))["changes"][-1]["place"] is None:
        await seal_changes(store, now)


async def test_all_tables_are_equal_after_a_round_trip(demo_store: Store, elsewhere: Store, now: datetime) -> None:
    await _used(demo_store, now)
    before = await _tables(demo_store)
    counts = await read_lines(elsewhere, await _exported(demo_store, now))
    after = await _tables(elsewhere)
    assert {name: rows for name, rows in after.items() if name not in LEFT_OUT} == {
        name: rows for name, rows in before.items() if name not in LEFT_OUT
    }
    assert counts == {name: len(rows) for name, rows in after.items() if rows}
    assert sum(counts.values()) > 1_000
    async with demo_store.reading()() as here, elsewhere.reading()() as there:
        chain = await verify_changes(there)
        assert chain.is_whole
        assert chain == await verify_changes(here)


async def test_what_was_loaded_goes_on(demo_store: Store, elsewhere: Store, now: datetime) -> None:
    await read_lines(elsewhere, await _exported(demo_store, now))
    seen = await Office(elsewhere, Clock(now)).say("李娜", "今天去了华信,见了王总")
    assert "上海华信科技有限公司" in seen[0].text


async def test_what_lets_somebody_in_stays_here(demo_store: Store, now: datetime) -> None:
    office, code = Office(demo_store, Clock(now)), "a-code-that-lets-in"
    await office.say("李娜", "我的商机")  # with buttons under it
    body = {"do": "send", "chat": "1", "reply": {"blocks": [{"is": "start_code", "code": code}], "choices": []}}
    row = {"dedupe_key": "k", "channel": "telegram", "chat": "1", "kind": "reply", "body": body}
    async with demo_store.write.begin() as connection:
        await connection.execute(insert(outbox).values(**row, created_at=now, due_at=now))
    lines = await _exported(demo_store, now)
    assert not {json.loads(line).get("table") for line in lines} & LEFT_OUT
    assert code not in "\n".join(lines)


async def test_a_database_that_holds_records_is_left_as_it_is(demo_store: Store, now: datetime) -> None:
    with pytest.raises(NotEmpty):
        await read_lines(demo_store, await _exported(demo_store, now))


def _cut(lines: list[str]) -> list[str]:
    return lines[:-1]


def _without_a_row(lines: list[str]) -> list[str]:
    return [line for place, line in enumerate(lines) if place != 40]


def _other_schema(lines: list[str]) -> list[str]:
    return [json.dumps({**json.loads(lines[0]), "schema": "0001"}), *lines[1:]]


def _with(row: dict[str, Any]) -> Callable[[list[str]], list[str]]:
    return lambda lines: [lines[0], json.dumps(row), *lines[1:]]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_cut, "its end is missing"),
        (_without_a_row, "does not hold the rows|contradict"),
        (_other_schema, "schema 0001"),
        (lambda _: [], "no export"),
        (lambda _: ["{}"], "no export"),
        (lambda lines: [lines[0], "[1]"], "line 2 is no object"),
        (lambda lines: [lines[0], "\x00"], "line 2 is no JSON"),
        (_with({"table": "pg_user", "row": {}}), "line 2 stands where it cannot"),
        (_with({"table": "users", "row": {"name": "x"}}), "line 2|stands where it cannot"),
        (_with({"table": "customers", "row": {"shell": 1}}), "line"),
    ],
)
async def test_a_file_that_is_not_whole_writes_nothing(
    demo_store: Store, elsewhere: Store, now: datetime, spoil: Callable[[list[str]], list[str]], why: str
) -> None:
    lines = spoil(await _exported(demo_store, now))
    with pytest.raises(BadExport, match=why):
        await read_lines(elsewhere, lines)
    async with elsewhere.reading()() as session:
        assert (await session.execute(select(users.c.id))).all() == []


def test_the_schema_is_told_as_it_is() -> None:
    told = (ROOT / "docs" / "export.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in described() if line not in told] == []
    heads = [line for line in told if line.startswith("### ")]
    assert heads == [line for line in described() if line.startswith("### ")]
    for name in sorted(LEFT_OUT):
        assert any(f"`{name}`" in line for line in told)
