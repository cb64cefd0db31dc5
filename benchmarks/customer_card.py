"""What does a customer's card cost on the demo? Statements, ms (p50, p95) and CPU ms of the whole answer and of its
pages, beside an answer that reads no customer (/help). Statements and CPU hold what the person and the courier do, too.

Run: python -m benchmarks.customer_card [sqlite|postgresql]; without a name on SQLite, then on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from sqlalchemy import select

from storage.engine import Store, open_store
from storage.people_tables import users
from storage.tables import customers
from tests.databases import PostgresServer, SqliteFiles
from tests.fakes import Clock, Office, statements_of

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
ROUNDS = 3
ASKED = {
    "/help": "/help",
    "card": "{name}",
    "money": "{name}的钱",
    "timeline": "{name}的来龙去脉",
    "brief": "{name}的简报",
}


async def _named(store: Store) -> list[tuple[str, str]]:
    """Each customer with its owner's name."""
    async with store.reading()() as session:
        found = select(users.c.name, customers.c.name).join(users, users.c.id == customers.c.owner_id)
        return [(owner, name) for owner, name in await session.execute(found.order_by(customers.c.id))]


async def measure(store: Store) -> None:
    """Ask for each customer's card and pages, as its owner."""
    office = Office(store, Clock(NOW))
    await office.desk.warm_up()
    people = await _named(store)
    for what, asked in ASKED.items():
        took, cpu, statements = [], [], []
        for owner, name in people * ROUNDS:
            with statements_of(store) as ran:
                began, worked = time.perf_counter(), time.process_time()
                await office.say(owner, asked.format(name=name))
                took.append((time.perf_counter() - began) * 1000)
                cpu.append((time.process_time() - worked) * 1000)
            statements.append(len(ran))
        cuts = quantiles(took, n=20)
        print(
            f"  {what:10} statements {min(statements)}-{max(statements)}  p50 {cuts[9]:5.1f} ms  p95 {cuts[18]:5.1f} ms"
            f"  CPU {sum(cpu) / len(cpu):5.1f} ms"
        )


async def main() -> None:
    """Measure on the databases named, else on both."""
    named = sys.argv[1:] or ["sqlite", "postgresql"]
    with tempfile.TemporaryDirectory() as folder:
        for name in named:
            databases = SqliteFiles(Path(folder)) if name == "sqlite" else PostgresServer()
            store = open_store(await databases.fresh(NOW))
            print(name)
            await measure(store)
            await store.close()
            if isinstance(databases, PostgresServer):
                databases.stop()


if __name__ == "__main__":
    asyncio.run(main())
