"""What an export holds: which tables in which order, and how a row stands in a line. Nothing here reads or writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Table

import storage.tables  # noqa: F401 - every table belongs to the metadata once it is loaded
from storage.columns import Json, Moment, metadata

FORMAT = 1
# What lets somebody in, or does something for whoever holds it: it means nothing elsewhere, and is nobody's to have.
LEFT_OUT = frozenset({"buttons", "calendar_links", "invites"})


class BadExport(Exception):
    """A file that cannot be read in; the text says why, with the number of the line."""


def ordered() -> list[Table]:
    """The tables of an export, each behind those that its rows cannot be without."""
    left = {name: table for name, table in sorted(metadata.tables.items()) if name not in LEFT_OUT}
    found: list[Table] = []
    while left:
        ready = [name for name, table in left.items() if not _needed(table) & (left.keys() - {name})]
        found += [left.pop(name) for name in ready]
    return found


def _needed(table: Table) -> set[str]:
    return {key.column.table.name for column in table.c if not column.nullable for key in column.foreign_keys}


def looks_ahead(table: Table, before: Sequence[Table]) -> list[str]:
    """The columns of a table that may name rows which come later: of tables behind it, and of itself."""
    names = {each.name for each in before}
    return [c.name for c in table.c if any(key.column.table.name not in names for key in c.foreign_keys)]


def kind_of(column: Column[Any]) -> str:
    """How a column's values stand in a line: text, integer, boolean, date, moment or json."""
    if isinstance(column.type, Moment):
        return "moment"
    if isinstance(column.type, Date):
        return "date"
    if isinstance(column.type, Boolean):
        return "boolean"
    if isinstance(column.type, Integer):
        return "integer"
    return "json" if isinstance(column.type, type(Json)) else "text"


def to_line(table: Table, row: Mapping[str, Any]) -> str:
    """A row as a line; what is null is left out."""
    plain = {name: _plain(value) for name, value in row.items() if value is not None}
    return json.dumps({"table": table.name, "row": plain}, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def from_row(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row that `to_line` wrote. BadExport."""
    if unknown := row.keys() - table.c.keys():
        raise BadExport(f"{table.name} has no {sorted(unknown)[0]}")
    return {column.name: _value(column, row.get(column.name)) for column in table.c}


_TYPES: dict[str, type | tuple[type, ...]] = {"integer": int, "boolean": bool, "text": str, "date": str, "moment": str}


def _value(column: Column[Any], value: Any) -> Any:
    kind = kind_of(column)
    if value is None:
        if not column.nullable:
            raise BadExport(f"{column.table.name}.{column.name} is missing")
        return None
    wanted = _TYPES.get(kind)
    if wanted and (not isinstance(value, wanted) or (kind == "integer" and isinstance(value, bool))):
        raise BadExport(f"{column.table.name}.{column.name} is no {kind}")
    if kind == "text" and "\x00" in value:
        raise BadExport(f"{column.table.name}.{column.name} holds what no text holds")
    try:
        if kind == "moment":
            return _aware(value)
        return date.fromisoformat(value) if kind == "date" else value
    except ValueError as error:
        raise BadExport(f"{column.table.name}.{column.name} is no {kind}") from error


def _aware(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment


def described() -> Iterator[str]:
    """The schema as docs/export.md tells it: a head and a table of columns for each kind of row."""
    for table in ordered():
        yield f"### {table.name}"
        yield "| column | is | names | may be absent |"
        for column in table.c:
            names = ", ".join(key.column.table.name for key in column.foreign_keys)
            yield f"| {column.name} | {kind_of(column)} | {names} | {'yes' if column.nullable else ''} |"
