"""What do 100,000 due reminders cost to plan and to hand to a channel, beside one APScheduler job a reminder?

Run: python -m benchmarks.pushes [sqlite|postgresql] [REMINDERS]; without a name on SQLite, then on PostgreSQL.
1,000 people have them in equal parts, so that each gets one list; APScheduler has a job each, for a tenth of them.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import insert

from bot.garbage import look_seldom
from jobs.dispatch import Dispatch
from jobs.limiter import Limiter, Rates
from jobs.send_pushes import send_pushes
from jobs.task_reminders import plan_tasks
from storage.engine import Store, open_store
from storage.migrate import migrate
from storage.people_tables import chats, identities, users
from storage.tables import tasks
from talk.message import Channel, Outgoing
from tests.databases import PostgresServer

PEOPLE = 1_000
REMINDERS = 100_000
SHARE = 10  # of the reminders one in so many is an APScheduler job
MORNING = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)  # half past nine in Shanghai
ASKED = "at least 20x"
_fired = 0


class Silent:
    """A channel that does nothing."""

    name = "none"
    told = 0

    async def deliver(self, outgoing: Outgoing) -> str:
        """Count it."""
        self.told += outgoing.do == "send"
        return str(self.told)


async def fill(store: Store, count: int) -> None:
    """People with a chat each, and tasks of theirs that are due this morning."""
    made = MORNING - timedelta(days=1)
    async with store.write.begin() as connection:
        people = [{"id": n, "name": f"u{n}", "role": "rep"} for n in range(1, PEOPLE + 1)]
        await connection.execute(insert(users), people)
        places = [{"channel": "none", "address": str(n)} for n in range(1, PEOPLE + 1)]
        await connection.execute(insert(chats), places)
        await connection.execute(insert(identities), [{**at, "user_id": int(at["address"])} for at in places])
        rows = [
            {
                "title": f"call {n}",
                "assignee_id": 1 + n % PEOPLE,
                "giver_id": 1 + n % PEOPLE,
                "created_at": made,
                "due_on": MORNING.date(),
                "plan_from": made,
            }
            for n in range(count)
        ]
        for start in range(0, count, 10_000):
            await connection.execute(insert(tasks), rows[start : start + 10_000])


async def seconds(work: Awaitable[Any]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def ours(store: Store, count: int) -> tuple[float, float, int]:
    """Seconds to plan all of them, seconds to tell all of them, and in how many messages."""
    await fill(store, count)
    planning = await seconds(plan_tasks(store, MORNING))
    channel = Silent()
    limiter = Limiter(Rates.none(), lambda _lane: False)
    channels = cast("dict[str, Channel]", {"none": channel})
    dispatch = Dispatch(store, channels, lambda: MORNING, asyncio.Event(), limiter)
    telling = await seconds(send_pushes(store, MORNING)) + await seconds(dispatch.idle())
    return planning, telling, channel.told


async def fire() -> None:
    """What a job does: nothing."""
    global _fired  # noqa: PLW0603 - a job is found by its name and has nowhere else to count
    _fired += 1


async def scheduler_jobs(url: str, count: int) -> tuple[float, float]:
    """Seconds for APScheduler to take so many jobs, and to run them all."""
    scheduler = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=url)}, executors={"default": AsyncIOExecutor()}, timezone="UTC"
    )
    scheduler.start(paused=True)
    began = time.perf_counter()
    for n in range(count):
        scheduler.add_job(fire, "date", run_date=MORNING, id=str(n), misfire_grace_time=None)
    added = time.perf_counter()
    scheduler.resume()
    while _fired < count:  # noqa: ASYNC110 - the scheduler rings for nobody
        await asyncio.sleep(0.01)
    ran = time.perf_counter()
    scheduler.shutdown(wait=False)
    return added - began, ran - added


async def measure(name: str, url: str, peer_url: str, count: int) -> None:
    """One engine: both sides, and the ratios."""
    global _fired  # noqa: PLW0603
    _fired = 0
    store = open_store(url)
    await migrate(store)
    planning, telling, messages = await ours(store, count)
    await store.close()
    few = count // SHARE
    adding, running = await scheduler_jobs(peer_url, few)
    print(f"{name}: {count:,} due reminders of {PEOPLE:,} people, {messages:,} messages")
    for what, own, peer in (("schedule", planning, adding), ("claim and hand over", telling, running)):
        own_rate, peer_rate = count / own, few / peer
        told = f"  {what}: {own_rate:,.0f}/s in {own:.1f} s; APScheduler {peer_rate:,.0f}/s"
        print(f"{told}; {own_rate / peer_rate:.1f}x (asked: {ASKED})")


async def main() -> None:
    """On the engines asked for, with memory as in the running bot."""
    look_seldom()
    engines = [one for one in sys.argv[1:] if not one.isdecimal()] or ["sqlite", "postgresql"]
    count = next((int(one) for one in sys.argv[1:] if one.isdecimal()), REMINDERS)
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in engines:
            await measure("SQLite", f"sqlite:///{folder}/own.db", f"sqlite:///{folder}/peer.db", count)
        if "postgresql" in engines:
            server = PostgresServer()
            try:
                await measure("PostgreSQL", await server.empty(), f"sqlite:///{folder}/peer2.db", count)
            finally:
                server.stop()


if __name__ == "__main__":
    asyncio.run(main())
