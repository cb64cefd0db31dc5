"""The tick runs what is due, by whatever clock it is given."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from jobs.tick import Tick
from jobs.timetable import Job
from storage.engine import Store


class Hand:
    """A clock moved by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


async def test_a_job_runs_when_its_time_has_come_and_wakes_the_dispatch(sqlite_store: Store, now: datetime) -> None:
    ran: list[datetime] = []

    async def run(store: Store, at: datetime) -> int:
        ran.append(at)
        return len(ran) - 1

    clock, posted = Hand(now), asyncio.Event()
    tick = Tick(sqlite_store, clock, posted, (Job("job", timedelta(minutes=1), run),))
    await tick.run()
    await tick.run()
    assert (len(ran), posted.is_set()) == (1, False)
    clock.at += timedelta(minutes=1)
    await tick.run()
    assert (len(ran), posted.is_set()) == (2, True)


async def test_a_clock_that_was_put_back_skips_nothing(sqlite_store: Store, now: datetime) -> None:
    ran: list[datetime] = []

    async def run(store: Store, at: datetime) -> int:
        ran.append(at)
        return 0

    clock = Hand(now)
    tick = Tick(sqlite_store, clock, asyncio.Event(), (Job("job", timedelta(minutes=1), run),))
    for hours in (0, 2, -2):
        clock.at = now + timedelta(hours=hours)
        await tick.run()
    assert len(ran) == 3


async def test_a_job_that_fails_does_not_keep_the_others(sqlite_store: Store, now: datetime) -> None:
    ran: list[str] = []

    async def fails(store: Store, at: datetime) -> int:
        raise RuntimeError("boom")

    async def works(store: Store, at: datetime) -> int:
        ran.append("works")
        return 0

    minute = timedelta(minutes=1)
    await Tick(sqlite_store, lambda: now, asyncio.Event(), (Job("f", minute, fails), Job("w", minute, works))).run()
    assert ran == ["works"]
