"""The inbox worked off: a queue per chat in front of a few slots, so that order is kept and chats do not wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Protocol

import structlog

from bot.metrics import Metrics
from storage import inbox
from storage.engine import Store
from storage.inbox import AlreadyHandled
from storage.posts import InboxRow
from talk.incoming import Incoming
from talk.message import Channel

SLOTS = 16
EACH = 8
LONGEST_SLEEP = 1.0
GRACE = 8.0
_log = structlog.get_logger(__name__)


class Desk(Protocol):
    """Who handles messages; each call is one transaction of the ledger, its inbox row's mark included."""

    async def handle(self, incoming: Incoming) -> None:
        """Do what a message asks, put the answer into the outbox, finish the inbox row, commit."""
        ...

    async def warm_up(self) -> None:
        """Load what the first message would else wait for."""
        ...

    async def apologise(self, incoming: Incoming, error: str) -> None:
        """Bury the inbox row and put an apology into the outbox, in one transaction."""
        ...


class Worker:
    """Hands kept updates to the desk. `arrived` wakes it; it rings `posted` when there may be something to send."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        desk: Desk,
        *,
        now: Callable[[], datetime],
        arrived: asyncio.Event,
        posted: asyncio.Event,
        metrics: Metrics,
    ) -> None:
        self._store, self._channels, self._desk, self._now = store, channels, desk, now
        self._arrived, self._posted, self._metrics = arrived, posted, metrics
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._left_out = False
        self._is_stopping = False

    async def run(self) -> None:
        """Work until `stop`; what is being handled then comes to its end."""
        while not self._is_stopping:
            self._arrived.clear()
            try:
                await self.turn()
            except Exception:
                _log.exception("the inbox cannot be reached")
                await asyncio.sleep(LONGEST_SLEEP)
            await self._sleep()
        await self._drain()

    def stop(self) -> None:
        """Ask `run` to come to its end."""
        self._is_stopping = True
        self._arrived.set()

    async def turn(self) -> None:
        """Begin to work on every chat that has something and is not being worked on, as far as slots go."""
        self._left_out = bool(self._lanes)
        if len(self._lanes) >= SLOTS:
            return
        room = SLOTS - len(self._lanes)
        rows = sorted(await inbox.ready(self._store, self._now(), self._lanes, EACH, room), key=inbox.lane)
        lanes = [(lane, list(of_chat)) for lane, of_chat in groupby(rows, key=inbox.lane)]
        self._left_out |= len(lanes) >= room or any(len(rows) >= EACH for _, rows in lanes)
        for lane, rows in lanes:
            task = asyncio.create_task(self._lane(rows))
            self._lanes[lane] = task
            task.add_done_callback(lambda _task, lane=lane: self._free(lane))  # type: ignore[misc]

    async def idle(self) -> None:
        """Work until nothing more is ready: for tests and one-off runs."""
        await self.turn()
        while self._lanes:
            await asyncio.wait(self._lanes.values(), return_when=asyncio.FIRST_COMPLETED)
            await self.turn()

    async def _lane(self, rows: list[InboxRow]) -> None:
        """One chat's rows in order; the first that fails keeps the rest for later."""
        for row in rows:
            if self._is_stopping or not await self._work(row):
                return

    async def _work(self, row: InboxRow) -> bool:
        """Handle one row and say whether it is out of the way."""
        incoming: Incoming | None = None
        began = time.perf_counter()
        try:
            incoming = self._channels[row.channel].read(row.raw, row.id)
            await self._handle(row, incoming)
        except AlreadyHandled:
            return True
        except Exception as error:
            return await self._failed(row, incoming, error)
        self._metrics.seconds.observe(time.perf_counter() - began)
        self._metrics.handled.labels("done" if incoming else "not for us").inc()
        return True

    async def _handle(self, row: InboxRow, incoming: Incoming | None) -> None:
        if incoming is None:
            async with self._store.writing().begin() as session:
                await inbox.finish(session, row.id)
                await inbox.forget(session, row.id)  # an administrator is sent all that people say among themselves
            return
        await self._desk.handle(incoming)
        self._posted.set()

    async def _failed(self, row: InboxRow, incoming: Incoming | None, error: Exception) -> bool:
        """Count the try; after the last one set the row aside. While the database is away nothing is counted."""
        self._metrics.handled.labels("failed").inc()
        try:
            if await inbox.fail(self._store, row.id, repr(error), self._now()) < inbox.TRIES:
                _log.warning("a message could not be handled; it is tried again", inbox=row.id, error=repr(error))
                return False
            _log.error("a message is set aside", inbox=row.id, chat=row.chat, exc_info=error)
            await self._set_aside(row, incoming, repr(error))
        except AlreadyHandled:
            return True
        except Exception:
            _log.exception("a failed message could not be counted", inbox=row.id)
            await asyncio.sleep(LONGEST_SLEEP)
            return False
        self._metrics.handled.labels("dead").inc()
        return True

    async def _set_aside(self, row: InboxRow, incoming: Incoming | None, error: str) -> None:
        if incoming is not None:
            try:
                await self._desk.apologise(incoming, error)
                self._posted.set()
                return
            except AlreadyHandled:
                raise
            except Exception:
                _log.exception("nobody could be told", inbox=row.id)
        async with self._store.writing().begin() as session:
            await inbox.bury(session, row.id, error)

    def _free(self, lane: str) -> None:
        self._lanes.pop(lane, None)
        if self._left_out and len(self._lanes) <= SLOTS // 2:  # a look at the inbox serves several free slots
            self._arrived.set()

    async def _drain(self) -> None:
        if self._lanes:
            _, late = await asyncio.wait(self._lanes.values(), timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_SLEEP):
                await self._arrived.wait()
        except TimeoutError:
            return
