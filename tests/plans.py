"""How an engine goes about a query: the plan of each statement that a question asks."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession


async def plan_of(session: AsyncSession, question: Awaitable[Any]) -> str:
    """The plans as the engine tells them, where reading whole tables is never the way for being small."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
    asked: list[tuple[str, Any]] = []
    connection = await session.connection()
    event.listen(connection.sync_connection, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    await question
    explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
    rows = [row for sql, told in list(asked) for row in await connection.exec_driver_sql(explain + sql, told)]
    return "\n".join(map(str, rows))
