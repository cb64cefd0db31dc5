"""Lines of an export into an empty database: all of them or none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.deal_tables import pipelines, stages
from storage.engine import Store
from storage.migrate import schema_state
from storage.search.keep import index_everything
from storage.whole.lines import FORMAT, BadExport, from_row, looks_ahead, ordered

BATCH = 1_000


class NotEmpty(Exception):
    """The database holds records already."""


@dataclass
class _Reading:
    """A table's rows on their way in; `later` are values that name rows which are not there yet."""

    connection: AsyncConnection
    rows: list[dict[str, Any]] = field(default_factory=list)
    later: list[tuple[Table, str, int, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    async def put(self, table: Table) -> None:
        """Write the rows gathered so far."""
        if self.rows:
            await self.connection.execute(insert(table), self.rows)
        self.rows.clear()


async def read_lines(store: Store, lines: Iterable[str]) -> dict[str, int]:
    """Read an export in and return how many rows each table has. BadExport, NotEmpty: then nothing was written."""
    schema = (await schema_state(store))[0]
    parsed = _parsed(lines)
    _check_head(next(parsed, (0, {}))[1], schema)
    async with store.write.begin() as connection:
        await _make_room(connection)
        reading = _Reading(connection)
        try:
            await _read(reading, parsed)
            await _name_later(reading)
            await _count_on(store, connection)
            await connection.run_sync(index_everything)
            if not store.is_sqlite:
                await connection.execute(text("ANALYZE"))  # or it plans for an empty database
        except IntegrityError as error:
            raise BadExport(f"rows of it contradict each other: {str(error.orig).splitlines()[0]}") from error
    return reading.counts


def _parsed(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line)
        except ValueError as error:
            raise BadExport(f"line {number} is no JSON") from error
        if not isinstance(told, dict):
            raise BadExport(f"line {number} is no object")
        yield number, told


def _check_head(head: dict[str, Any], schema: str | None) -> None:
    if head.get("genjin") != "export":
        raise BadExport("it is no export of Genjin")
    if head.get("format") != FORMAT or head.get("schema") != schema:
        raise BadExport(f"it was written at schema {head.get('schema')}, this database stands at {schema}")


async def _make_room(connection: AsyncConnection) -> None:
    """Only the pipelines that ship may be there; those of the export come in their place. NotEmpty."""
    for table in ordered():
        if table not in (pipelines, stages) and await connection.scalar(select(func.count()).select_from(table)):
            raise NotEmpty
    for table in (stages, pipelines):
        await connection.execute(delete(table))


async def _read(reading: _Reading, parsed: Iterator[tuple[int, dict[str, Any]]]) -> None:
    tables = ordered()
    places = {table.name: place for place, table in enumerate(tables)}
    ahead = {table.name: looks_ahead(table, tables[:place]) for place, table in enumerate(tables)}
    at, number = 0, 0
    for number, told in parsed:
        if told.get("end"):
            break
        place = places.get(str(told.get("table")), -1)
        if place < at or not isinstance(told.get("row"), dict):
            raise BadExport(f"line {number} stands where it cannot: {told.get('table') or 'no table'}")
        if place > at or len(reading.rows) >= BATCH:
            await reading.put(tables[at])
            at = place
        try:
            _take(reading, tables[at], from_row(tables[at], told["row"]), ahead[tables[at].name])
        except BadExport as error:
            raise BadExport(f"line {number}: {error}") from error
    else:
        raise BadExport("its end is missing")
    await reading.put(tables[at])
    if told.get("rows") != reading.counts or next(parsed, None) is not None:
        raise BadExport(f"line {number}: it does not hold the rows that its end counts")


def _take(reading: _Reading, table: Table, row: dict[str, Any], ahead: list[str]) -> None:
    for name in ahead:
        if row[name] is not None:
            reading.later.append((table, name, row["id"], row[name]))
            row[name] = None
    reading.rows.append(row)
    reading.counts[table.name] = reading.counts.get(table.name, 0) + 1


async def _name_later(reading: _Reading) -> None:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    tables = {table.name: table for table, _, _, _ in reading.later}
    for table, name, key, value in reading.later:
        groups.setdefault((table.name, name), []).append({"key": key, "told": value})
    for (table_name, name), values in groups.items():
        table = tables[table_name]
        statement = update(table).where(table.c.id == bindparam("key")).values({name: bindparam("told")})
        await reading.connection.execute(statement, values)


async def _count_on(store: Store, connection: AsyncConnection) -> None:
    """PostgreSQL counts ids by itself: go on behind the highest."""
    if store.is_sqlite:
        return
    for table in ordered():
        found = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), coalesce(max(id), 0) + 1, false) FROM {table.name}"  # noqa: S608, E501 - our own names
        await connection.execute(text(found))
