"""What do rights cost? "My team's deals" and a rep's lookup, beside the same queries given the owners' ids by hand.

Run: python -m benchmarks.rights [sqlite|postgresql] [CUSTOMERS]; without a name on SQLite, then on PostgreSQL.
5,000 people in a tree of six levels, a deal of every fourth customer. Ours finds out first who asks and who is below.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.many_deals import Row, into_postgresql, into_sqlite
from crm.pipelines import Stage
from crm.policy import Actor
from crm.users import User
from storage.deals import pipeline_by_key, stages_of
from storage.engine import Store, open_store
from storage.lists import deals as deal_lists
from storage.lists.deals import DealsWanted, list_deals, total_deals
from storage.migrate import migrate
from storage.people import actor_by_identity
from storage.pipelines import ship_pipelines
from storage.search import find, lookup
from storage.search.keep import index_all
from storage.tables import customers as customers_table
from storage.visibility import sees_customer
from tests.databases import PostgresServer

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
WIDE, LEVELS, PEOPLE = 3, 6, 5_000
CUSTOMERS = 1_000_000
ASKED = 60  # each query so often, by different people
FEW = 20  # the same where the answer takes long
PAGE = 8
ALLOWED = "at most 2x"
Asked = Callable[[AsyncSession, Actor], Awaitable[Any]]


def _teams() -> list[tuple[int, int | None, int]]:
    """The tree as (team, the one above, its level): each team has WIDE below it."""
    found: list[tuple[int, int | None, int]] = [(1, None, 1)]
    for team, _, level in found:
        if level < LEVELS:
            found += [(len(found) + more, team, level + 1) for more in range(1, WIDE + 1)]
    return found


def _tables(count: int, stages: list[Stage]) -> Iterator[tuple[str, str, Iterable[Row]]]:
    teams = _teams()
    leaves = [team for team, _, level in teams if level == LEVELS]
    homes = [team for team, _, _ in teams] + [leaves[n % len(leaves)] for n in range(PEOPLE - len(teams))]
    yield "teams", "id,name,parent_id", ((team, f"Team {team}", above) for team, above, _ in teams)
    rows = ((n, f"u{n}", "manager" if n <= len(teams) else "rep", home) for n, home in enumerate(homes, 1))
    yield "users", "id,name,role,team_id", rows
    yield "identities", "user_id,channel,address", ((n, "none", str(n)) for n in range(1, PEOPLE + 1))
    reps, draw = range(len(teams) + 1, PEOPLE + 1), Random(7)
    owners = [draw.choice(reps) for _ in range(count)]
    made = NOW - timedelta(days=100)
    named = ((n, f"Customer {n}", owner, made) for n, owner in enumerate(owners, 1))
    yield "customers", "id,name,owner_id,created_at", named
    shared = ((1 + draw.randrange(count), draw.choice(reps)) for _ in range(count // 20))
    yield "collaborators", "customer_id,user_id", shared
    yield (
        "deals",
        "id,customer_id,name,pipeline_id,stage_id,owner_id,created_at,amount_minor",
        (
            (n, n * 4, f"Deal {n}", stages[0].pipeline_id, draw.choice(stages[:4]).id, owners[n * 4 - 1], made, n * 100)
            for n in range(1, count // 4)
        ),
    )


async def fill(store: Store, url: str, count: int) -> None:
    """Write the firm; the n-th person leads the n-th team."""
    await migrate(store)
    async with store.writing()() as session:
        await ship_pipelines(session)
        await session.commit()
        stages = await stages_of(session, (await pipeline_by_key(session, "standard")).id)
    if store.is_sqlite:
        into_sqlite(url.removeprefix("sqlite:///"), _tables(count, stages))
    else:
        await into_postgresql(store, _tables(count, stages))
    async with store.write.begin() as connection:
        await connection.exec_driver_sql("UPDATE teams SET manager_id = id")
        await connection.exec_driver_sql("DELETE FROM term_version")
        await connection.run_sync(index_all)


async def teams_deals(session: AsyncSession, actor: Actor) -> int:
    """The first page of all deals that somebody sees, with their count and sum."""
    totals = await total_deals(session, actor, DealsWanted())
    await list_deals(session, actor, DealsWanted(), PAGE, 0)
    return totals.count


async def looked_up(session: AsyncSession, actor: Actor) -> int:
    """What goes by a part of a name."""
    return len(await find(session, actor, "77"))


async def by_rights(store: Store, person: int, asked: Asked) -> float:
    """Seconds from who speaks to the answer."""
    async with store.reading()() as session:
        began = time.perf_counter()
        actor = await actor_by_identity(session, "none", str(person))
        assert actor is not None
        await asked(session, actor)
        return time.perf_counter() - began


async def by_hand(store: Store, actor: Actor, asked: Asked) -> float:
    """Seconds of the same query where the owners' ids stand in it, and nothing else is asked."""
    people = {actor.id, *actor.below}
    theirs, sees = customers_table.c.owner_id.in_(people), lookup.sees
    deal_lists.sees_customer = lambda _actor: theirs  # type: ignore[attr-defined]
    lookup.sees = lambda _actor, account: account.owner_id in people
    try:
        async with store.reading()() as session:
            began = time.perf_counter()
            await asked(session, actor)
            return time.perf_counter() - began
    finally:
        deal_lists.sees_customer = sees_customer  # type: ignore[attr-defined]
        lookup.sees = sees


async def compare(store: Store, what: str, people: Iterable[int], asked: Asked) -> str:
    """The p95 of both, and their ratio."""
    ours, hand = [], []
    for person in people:
        async with store.reading()() as session:
            actor = await actor_by_identity(session, "none", str(person))
        assert actor is not None
        plain = Actor(User(actor.user.name), actor.below)
        plain.user.id = actor.id
        hand.append(await by_hand(store, plain, asked))
        ours.append(await by_rights(store, person, asked))
    ms = [sorted(times)[int(0.95 * len(times))] * 1_000 for times in (ours, hand)]
    middle = [sorted(times)[len(times) // 2] * 1_000 for times in (ours, hand)]
    told = f"  {what}: p95 {ms[0]:.1f} ms, by hand {ms[1]:.1f} ms, {ms[0] / ms[1]:.2f}x ({ALLOWED})"
    return f"{told}; median {middle[0]:.1f} ms, by hand {middle[1]:.1f} ms, {middle[0] / middle[1]:.2f}x"


async def measure(name: str, url: str, count: int) -> None:
    """One engine: everything filled, then each question by many people."""
    store = open_store(url)
    await fill(store, url, count)
    draw, teams = Random(11), _teams()
    levels = {level: [team for team, _, at in teams if at == level] for level in range(1, LEVELS + 1)}
    print(f"{name}: {PEOPLE:,} people in {len(teams)} teams on {LEVELS} levels, {count:,} customers")
    for level in (LEVELS, LEVELS - 1, LEVELS - 2):
        leaders = [draw.choice(levels[level]) for _ in range(ASKED)]
        print(await compare(store, f"my team's deals, leaders on level {level}", leaders, teams_deals))
    reps = [draw.randrange(len(teams) + 1, PEOPLE) for _ in range(ASKED)]
    print(await compare(store, "a rep's lookup", reps, looked_up))
    for level in (3, 2, 1):
        leaders = (levels[level] * FEW)[:FEW]
        print(await compare(store, f"my team's deals, leaders on level {level}", leaders, teams_deals))
    await store.close()


async def main() -> None:
    """On the engines asked for."""
    engines = [one for one in sys.argv[1:] if not one.isdecimal()] or ["sqlite", "postgresql"]
    count = next((int(one) for one in sys.argv[1:] if one.isdecimal()), CUSTOMERS)
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in engines:
            await measure("SQLite", f"sqlite:///{folder}/rights.db", count)
        if "postgresql" in engines:
            server = PostgresServer()
            try:
                await measure("PostgreSQL", await server.empty(), count)
            finally:
                server.stop()


if __name__ == "__main__":
    asyncio.run(main())
