"""The composition root: all is built here from what it needs, started and stopped in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.calendar_feed import CalendarFeed, origin_of
from bot.channels import CHANNELS, Open
from bot.channels.door import Door
from bot.clock import Now, SandboxClock, real_now
from bot.health import Health
from bot.http import Pages, Server
from bot.intake import Intake
from bot.members import Members
from bot.metrics import Metrics
from bot.opener import Opener
from bot.settings import Settings
from bot.worker import Desk, Worker
from jobs.dispatch import Dispatch
from jobs.fetch_files import FetchFiles
from jobs.import_sheets import ImportSheets
from jobs.limiter import Limiter, Rates
from jobs.tick import Tick
from jobs.timetable import TIMETABLE, Job
from storage.engine import Store, open_store
from storage.erasure.sweep import sweep_erased
from storage.files import Files
from talk.message import Channel

TICK_SECONDS = 2
STOP_SECONDS = 9.5
_log = structlog.get_logger(__name__)


@dataclass
class Parts:
    """What may be handed in instead of the real thing, by tests and benchmarks."""

    store: Store | None = None
    now: Now = real_now
    desk: Callable[[Store, Now], Desk] | None = None
    channels: Mapping[str, Open] = field(default_factory=lambda: {"telegram": CHANNELS["telegram"]})
    rates: Rates = field(default_factory=Rates)
    timetable: Sequence[Job] = TIMETABLE


@dataclass
class House:
    """A wired house. `start` opens the doors, `run` works until a part ends or fails, `stop` leaves in order."""

    store: Store
    now: Now
    health: Health
    metrics: Metrics
    doors: Mapping[str, Door]
    desk: Desk
    worker: Worker
    dispatch: Dispatch
    fetching: FetchFiles
    importing: ImportSheets
    tick: Tick
    server: Server
    _loops: list[asyncio.Task[Any]] = field(default_factory=list)
    _ways_in: list[asyncio.Task[Any]] = field(default_factory=list)

    async def start(self) -> None:
        """Listen, work and send, then open the doors. CannotGoOn where a setting is wrong."""
        await self.server.start()
        await self.desk.warm_up()
        if isinstance(self.now, SandboxClock):
            self._ways_in.append(_task("clock", self.now.follow()))
        for door in self.doors.values():
            await door.open()
        self._loops += [_task("worker", self.worker.run()), _task("dispatch", self.dispatch.run())]
        self._loops += [_task("files", self.fetching.run()), _task("sheets", self.importing.run())]
        self._ways_in += [_task(name, door.run()) for name, door in self.doors.items()]
        self._ways_in.append(_task("ticks", self._ticking()))

    async def run(self) -> None:
        """Until a part ends: nothing of it ends by itself unless it must. Raises what ended it."""
        done, _ = await asyncio.wait([*self._loops, *self._ways_in], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Take nothing in, handle and send what has begun, and let go: under ten seconds."""
        for task in self._ways_in:
            task.cancel()
        await asyncio.gather(*self._ways_in, return_exceptions=True)
        await self.server.stop()
        self.worker.stop()
        self.dispatch.stop()
        self.fetching.stop()
        self.importing.stop()
        if self._loops:
            _, late = await asyncio.wait(self._loops, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._loops, return_exceptions=True)
        for door in self.doors.values():
            await door.close()

    async def _ticking(self) -> None:
        """APScheduler holds one job. Its default grace would silently skip ticks that come late."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        at_work = asyncio.Lock()

        async def tick() -> None:
            async with at_work:
                with suppress(asyncio.CancelledError):  # APScheduler would call it an error
                    await self.tick.run()

        scheduler.add_job(
            tick, "interval", seconds=TICK_SECONDS, misfire_grace_time=None, coalesce=True, max_instances=1
        )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            # It cancels the tick, with the loop's next step, and waits for nothing: what the tick holds of the
            # database would be given back to a store that is closed.
            scheduler.shutdown(wait=False)
            await asyncio.sleep(0)
            async with at_work:
                pass


@asynccontextmanager
async def wired(settings: Settings, parts: Parts | None = None) -> AsyncIterator[House]:
    """A house of these settings, not started yet; stopped and closed at the end."""
    given = parts or Parts()
    store = given.store or open_store(settings.database_url)
    house = _build(settings, given, store)
    try:
        yield house
    finally:
        await house.stop()
        if given.store is None:
            await store.close()


def _build(settings: Settings, given: Parts, store: Store) -> House:
    now, health, metrics = given.now, Health(), Metrics()
    arrived, posted = asyncio.Event(), asyncio.Event()
    files = Files(settings.files_folder)
    intake = Intake(store, arrived, now, metrics)
    doors = {name: opened(settings, intake, health) for name, opened in given.channels.items()}
    channels = {name: door.channel for name, door in doors.items()}
    limiter = Limiter(given.rates, lambda lane: _is_group(doors, lane))
    routes = [route for door in doors.values() for route in door.routes()]
    server = Server(settings.http, Pages(store, health, metrics, now), [*routes, *CalendarFeed(store, now).routes()])
    desk = (
        given.desk(store, now) if given.desk else _desk(store, now, channels, lambda: origin_of(settings, server.port))
    )
    sweeping = Job("sweep_erased", timedelta(seconds=10), partial(sweep_erased, files))
    return House(
        store=store,
        now=now,
        health=health,
        metrics=metrics,
        doors=doors,
        desk=desk,
        worker=Worker(store, channels, desk, now=now, arrived=arrived, posted=posted, metrics=metrics),
        dispatch=Dispatch(
            store, channels, now, posted, limiter, gone=_unreachable(store, now, posted), count=metrics.count_send
        ),
        fetching=FetchFiles(store, channels, files, now, posted),
        importing=ImportSheets(store, files, now, posted),
        tick=Tick(store, now, posted, (*given.timetable, sweeping)),
        server=server,
    )


def _desk(store: Store, now: Now, channels: Mapping[str, Channel], origin: Callable[[], str]) -> Desk:
    from handlers.desk import Desk as RealDesk  # noqa: PLC0415 - tests hand in another without loading this one

    return RealDesk(store, now, Members(channels), Opener(channels), origin)


def _unreachable(store: Store, now: Now, posted: asyncio.Event) -> Callable[[str, str], Awaitable[None]]:
    async def tell(channel: str, chat: str) -> None:
        from handlers.unreachable import tell_superior  # noqa: PLC0415 - loaded where it is needed, as the desk is

        await tell_superior(store, now(), channel, chat)
        posted.set()

    return tell


def _is_group(doors: Mapping[str, Door], lane: str) -> bool:
    channel, _, chat = lane.partition(" ")
    return doors[channel].is_group(chat)


def _task(name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.create_task(work, name=name)
