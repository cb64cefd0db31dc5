"""A firm with very many deals and ten moves each, written in bulk: for measuring reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import text

from crm.pipelines import Stage
from storage.deals import pipeline_by_key, stages_of
from storage.engine import Store

REPS = 100
DEALS_A_CUSTOMER = 5
MOVES = 10
PATH = (
    "contact",
    "needs",
    "contact",
    "needs",
    "proposal",
    "needs",
    "proposal",
    "negotiation",
    "proposal",
    "negotiation",
)
ENDS = ("won", "lost", "negotiation", "proposal", "needs", "contact")
Row = tuple[Any, ...]


async def fill_many(store: Store, url: str, count: int, now: datetime) -> None:
    """Write so many deals, their customers, ten moves of each and a visit or two; half of the deals are over."""
    async with store.reading()() as session:
        pipeline = await pipeline_by_key(session, "standard")
        stages = {stage.key: stage for stage in await stages_of(session, pipeline.id)}
    tables = _tables(count, now, stages)
    if store.is_sqlite:
        into_sqlite(url.removeprefix("sqlite:///"), tables)
    else:
        await into_postgresql(store, tables)


def _tables(count: int, now: datetime, stages: dict[str, Stage]) -> Iterator[tuple[str, str, Iterable[Row]]]:
    customers = -(-count // DEALS_A_CUSTOMER)
    people = [(1, "Boss", "admin"), *((key, f"Rep {key}", "rep") for key in range(2, REPS + 2))]
    yield "users", "id,name,role", people
    owners = [(key, f"Customer {key}", 2 + key % REPS, now - timedelta(days=500)) for key in range(1, customers + 1)]
    yield "customers", "id,name,owner_id,created_at", owners
    draw = Random(7)
    deals = [_deal(key, now, stages, draw) for key in range(1, count + 1)]
    columns = "id,customer_id,name,pipeline_id,stage_id,owner_id,created_at,amount_minor,close_on,closed_at"
    yield "deals", columns, (deal[:10] for deal in deals)
    yield "stage_changes", "id,deal_id,from_stage_id,to_stage_id,at,user_id", _moves(deals, stages)
    yield "visits", "id,customer_id,user_id,held_on,created_at,words,deal_id", _visits(deals, now, draw)


def _deal(key: int, now: datetime, stages: dict[str, Stage], draw: Random) -> Row:
    """A deal's columns, and behind them its moves as (stage, moment)."""
    customer = 1 + (key - 1) // DEALS_A_CUSTOMER
    created = now - timedelta(days=draw.uniform(MOVES, 400))
    last = now - timedelta(days=draw.expovariate(1 / 30)) if key % 2 else now - timedelta(days=draw.uniform(0, 300))
    last = max(last, created + timedelta(hours=1))
    end = draw.choice(ENDS[:2]) if key % 2 == 0 else draw.choice(ENDS[2:])
    way = [stages[one].id for one in PATH[: MOVES - 1]]
    if way[-1] == stages[end].id:
        way[-1] = stages["needs"].id
    steps = [(stage, created + (last - created) * place / (MOVES - 1)) for place, stage in enumerate(way)]
    steps.append((stages[end].id, last))
    is_over = end in ("won", "lost")
    closes = None if is_over else (now + timedelta(days=draw.uniform(-20, 120))).date()
    amount = draw.randrange(10_000, 5_000_000) * 100 if key % 9 else None
    home = (key, customer, f"Deal {key}", stages[end].pipeline_id, stages[end].id, 2 + customer % REPS)
    return (*home, created, amount, closes, last if is_over else None, steps)


def _moves(deals: Sequence[Row], stages: dict[str, Stage]) -> Iterator[Row]:
    moves = sorted(
        (at, deal[0], before, after, deal[5])
        for deal in deals
        for before, (after, at) in zip([0, *(stage for stage, _ in deal[10])], deal[10], strict=False)
    )
    for key, (at, deal, before, after, user) in enumerate(moves, 1):
        yield key, deal, before or None, after, at, user


def _visits(deals: Sequence[Row], now: datetime, draw: Random) -> Iterator[Row]:
    for key, deal in enumerate(deals, 1):
        held = now - timedelta(days=draw.expovariate(1 / 15))
        yield key, deal[1], deal[5], held.date(), held, "told", deal[0]


def into_sqlite(path: str, tables: Iterable[tuple[str, str, Iterable[Row]]]) -> None:
    """Write tables (name, columns, rows) in bulk, and gather what the planner wants to know."""
    with closing(sqlite3.connect(path)) as connection:
        for table, columns, rows in tables:
            holes = ",".join("?" * len(columns.split(",")))
            plain = (tuple(_plain(value) for value in row) for row in rows)
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holes})", plain)  # noqa: S608
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    return value.isoformat() if isinstance(value, date) else value


async def into_postgresql(store: Store, tables: Iterable[tuple[str, str, Iterable[Row]]]) -> None:
    """The same on PostgreSQL."""
    async with store.write.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        for table, columns, rows in tables:
            left = iter(rows)
            while some := list(islice(left, 50_000)):
                await raw.copy_records_to_table(table, records=some, columns=columns.split(","))
    async with store.write.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("ANALYZE"))
