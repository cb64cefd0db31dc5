"""The whole database as lines, as of one moment, whoever writes meanwhile."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import Store
from storage.migrate import schema_state
from storage.whole.lines import FORMAT, ordered, to_line

BATCH = 2_000


async def lines_of(store: Store, now: datetime) -> AsyncIterator[str]:
    """A head, every row, and an end that counts them: whoever reads it knows whether it is whole."""
    schema = (await schema_state(store))[0]
    head = {"genjin": "export", "format": FORMAT, "schema": schema, "at": now.astimezone(UTC).isoformat()}
    yield json.dumps(head)
    counts: dict[str, int] = {}
    async with store.reading()() as session:
        if not store.is_sqlite:  # there every transaction sees one moment already
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for table in ordered():
            async for row in _rows(session, table):
                counts[table.name] = counts.get(table.name, 0) + 1
                yield to_line(table, row)
    yield json.dumps({"end": True, "rows": counts})


async def _rows(session: AsyncSession, table: Table) -> AsyncIterator[Mapping[str, Any]]:
    last = 0
    wanted = select(table).order_by(table.c.id).limit(BATCH)
    while rows := (await session.execute(wanted.where(table.c.id > last))).mappings().all():
        for row in rows:
            yield _without_code(dict(row)) if table.name == "outbox" else dict(row)
        last = rows[-1]["id"]


def _without_code(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A message that would still bring somebody a code goes nowhere."""
    blocks = row["body"].get("reply", {}).get("blocks", ())
    if not any(block["is"] == "start_code" for block in blocks):
        return row
    return {**row, "body": {}, "state": "dropped", "error": "its code was left out"}
