"""What does the daily funnel's text cost beside the bare SQL that finds its figures? 100,000 deals, 1,000,000 moves.

Run: python -m benchmarks.funnel [sqlite|postgresql] [DEALS]; without a name on SQLite, then on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.many_deals import fill_many
from crm.policy import Actor
from crm.users import User
from storage.engine import Store, open_store
from storage.migrate import migrate
from storage.pipelines import ship_pipelines
from storage.reports import funnel_report
from talk.forms import Reader
from talk.lists import list_blocks
from talk.message import Word
from talk.reports import funnel_facts
from tests.databases import PostgresServer

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
TODAY, SINCE = NOW.date(), NOW.replace(hour=0)
ROUNDS = 5
ALLOWED = "at most 3x + 50 ms"
# What the report tells, asked in plain SQL as one would type it: an admin's, who sees every customer.
_HOME = "FROM deals d JOIN customers c ON c.id = d.customer_id"
_SEEN = "d.withdrawn_at IS NULL AND c.withdrawn_at IS NULL"
_OPEN = "d.stage_id IN (SELECT id FROM stages WHERE outcome = 'open')"
_SUMS = "count(*), sum(d.amount_minor), count(d.amount_minor)"
_SILENT = """d.created_at < :silent AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.customer_id = d.customer_id
  AND (v.deal_id = d.id OR v.deal_id IS NULL) AND v.withdrawn_at IS NULL AND v.held_on >= :silent_day)"""
_STANDING = """d.created_at < :standing AND NOT EXISTS (SELECT 1 FROM stage_changes x WHERE x.deal_id = d.id
  AND x.at >= :standing AND x.withdrawn_at IS NULL)"""
_MOVES = """(SELECT deal_id, min(id) first FROM stage_changes WHERE at >= :since AND at < :until
  AND withdrawn_at IS NULL GROUP BY deal_id) m"""
BARE = (
    f"SELECT s.key, d.currency, d.close_on BETWEEN :first AND :last, {_SUMS},"
    f" sum(d.amount_minor * coalesce(d.probability, s.win_rate) / 100) {_HOME} JOIN stages s ON s.id = d.stage_id"
    f" WHERE {_SEEN} AND s.outcome = 'open' GROUP BY 1, 2, 3",
    f"SELECT d.currency, {_SUMS} {_HOME} WHERE {_SEEN} AND d.closed_at >= :month"  # noqa: S608
    " AND d.stage_id IN (SELECT id FROM stages WHERE outcome = 'won') GROUP BY 1",
    f"SELECT x.from_stage_id, d.stage_id, {_SUMS} FROM {_MOVES} JOIN stage_changes x ON x.id = m.first"  # noqa: S608
    f" JOIN deals d ON d.id = m.deal_id JOIN customers c ON c.id = d.customer_id WHERE {_SEEN} GROUP BY 1, 2",
    f"SELECT d.currency, {_SUMS} {_HOME} WHERE {_SEEN} AND d.created_at >= :since AND d.created_at < :until GROUP BY 1",
    f"SELECT d.stage_id, d.currency, {_SUMS} {_HOME} WHERE {_SEEN} AND d.closed_at >= :since AND d.closed_at < :until"
    " GROUP BY 1, 2",
    f"SELECT d.id, d.name, c.name, u.name, d.amount_minor FROM {_MOVES} JOIN deals d ON d.id = m.deal_id"  # noqa: S608
    f" JOIN customers c ON c.id = d.customer_id JOIN users u ON u.id = d.owner_id WHERE {_SEEN} AND {_OPEN}"
    " ORDER BY d.amount_minor DESC LIMIT 3",
    f"SELECT count(*) {_HOME} WHERE {_SEEN} AND {_OPEN} AND (({_SILENT}) OR ({_STANDING}) OR d.close_on < :today)",
    "SELECT u.name FROM users u WHERE u.role = 'rep' AND u.is_active AND NOT EXISTS (SELECT 1 FROM visits v"
    " WHERE v.user_id = u.id AND v.held_on >= :silent_day AND v.created_at >= :since)",
)


async def report_text(session: AsyncSession) -> str:
    """The daily funnel of the whole firm, down to the words."""
    admin = (await session.scalars(select(User).where(User.role == "admin"))).one()  # type: ignore[arg-type]
    report = await funnel_report(session, Actor(admin), None, SINCE, NOW, TODAY)
    blocks = list_blocks(funnel_facts(report, Word("whose_all")), Reader("zh", UTC, TODAY))
    return "\n".join(map(str, blocks))


async def bare_sql(session: AsyncSession) -> None:
    """The same figures by statements written by hand, with nothing made of the rows."""
    day = timedelta(days=1)
    is_sqlite = session.get_bind().dialect.name == "sqlite"

    def bound(value: Any) -> Any:
        if not is_sqlite:
            return value
        return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else f"{value:%Y-%m-%d}"

    told = {
        "since": SINCE,
        "until": NOW,
        "month": SINCE.replace(day=1),
        "silent": SINCE - 6 * day,
        "standing": SINCE - 30 * day,
        "silent_day": (SINCE - 6 * day).date(),
        "first": TODAY.replace(day=1),
        "last": TODAY.replace(day=30),
        "today": TODAY,
    }
    for statement in BARE:
        asked = text(statement)
        (await session.execute(asked, {name: bound(told[name]) for name in asked.compile().params})).all()


async def best_of(store: Store, work: Callable[[AsyncSession], Awaitable[Any]]) -> tuple[float, Any]:
    """The median of some rounds in seconds after one that warms up, each in a session of its own; what came of it."""
    spent, made = [], None
    for _ in range(ROUNDS + 1):
        async with store.reading()() as session:
            began = time.perf_counter()
            made = await work(session)
            spent.append(time.perf_counter() - began)
    return statistics.median(spent[1:]), made


async def measure(name: str, url: str, count: int) -> None:
    """Fill a database and print what the report and the bare SQL take on it."""
    store = open_store(url)
    try:
        await migrate(store)
        async with store.writing()() as session:
            await ship_pipelines(session)
            await session.commit()
        await fill_many(store, url, count, NOW)
        bare, _ = await best_of(store, bare_sql)
        report, told = await best_of(store, report_text)
        print(told)
        print(
            f"{name}: {count} deals, {10 * count} moves: bare SQL {bare * 1000:.0f} ms, report {report * 1000:.0f} ms,"
            f" {report / bare:.2f}x ({ALLOWED}: {'held' if report <= 3 * bare + 0.05 else 'MISSED'})"
        )
    finally:
        await store.close()


def main() -> None:
    """Measure on the databases named, else on both."""
    named = [one for one in sys.argv[1:] if not one.isdigit()] or ["sqlite", "postgresql"]
    count = next((int(one) for one in sys.argv[1:] if one.isdigit()), 100_000)
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in named:
            asyncio.run(measure("SQLite", f"sqlite:///{Path(folder) / 'funnel.db'}", count))
    if "postgresql" in named:
        server = PostgresServer()
        try:
            asyncio.run(_on_postgresql(server, count))
        finally:
            server.stop()


async def _on_postgresql(server: PostgresServer, count: int) -> None:
    await measure("PostgreSQL", await server.empty(), count)


if __name__ == "__main__":
    main()
