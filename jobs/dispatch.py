"""The way out: claim, commit, send, settle. One turn of the loop is one transaction.

A turn marks what the sends since the last one came to and claims what is due, at most one message a chat at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from jobs.limiter import Limiter
from jobs.policies import when_failed, when_unknown
from storage import chats, outbox
from storage.engine import Store
from storage.outbox import Settled
from storage.posts import Claimed
from talk.message import Channel, ChannelError, Outgoing
from talk.picture import without_contents
from talk.start_code import holds_code

LONGEST_SLEEP = 1.0
GRACE = 8.0
A_MOMENT = 0.01
_log = structlog.get_logger(__name__)


async def nobody_told(channel: str, chat: str) -> None:
    """For when there is nobody to tell that a chat is gone."""


def not_counted(kind: str, state: str) -> None:
    """For when nobody counts."""


class Dispatch:
    """Sends the outbox through the channels. `posted` wakes it; `gone` is told once when a chat has shut us out."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        posted: asyncio.Event,
        limiter: Limiter,
        *,
        gone: Callable[[str, str], Awaitable[None]] = nobody_told,
        count: Callable[[str, str], None] = not_counted,
        slots: int = 64,
    ) -> None:
        self._store, self._channels, self._now = store, channels, now
        self._posted, self._limiter, self._gone, self._count = posted, limiter, gone, count
        self._slots = slots
        self._sending: dict[asyncio.Task[None], Claimed] = {}
        self._settled: list[Settled] = []
        self._moved: list[tuple[str, str, str]] = []
        self._is_stopping = self._will_ring = False

    async def run(self) -> None:
        """Send what is due until `stop`; what an earlier process left in `sending` is decided first.

        Having stopped it claims nothing more, lets running sends end, and leaves nothing in `sending`.
        """
        await self._until_done(self.recover)
        while not self._is_stopping:
            self._posted.clear()
            await self._until_done(self.turn)
            await self._sleep()
        await self._drain()

    def stop(self) -> None:
        """Ask `run` to come to its end."""
        self._is_stopping = True
        self._posted.set()

    async def recover(self) -> None:
        """Decide by class on rows that nobody is sending: their process ended between claim and mark."""
        now = self._now()
        async with self._store.writing().begin() as session:
            stuck = [row for row in await outbox.in_doubt(session) if row.id not in self._held()]
            await outbox.settle(session, [self._noted(row, when_unknown(row, now, 0.0, crashed=True)) for row in stuck])

    async def turn(self) -> None:
        """One transaction: settle, claim; then begin to send what was claimed."""
        for row in await self._write():
            if row.kind != "answer":
                self._limiter.spend(outbox.lane(row))
            task = asyncio.create_task(self._send(row))
            self._sending[task] = row
            task.add_done_callback(self._sent)

    async def idle(self) -> None:
        """Send what is due and return once nothing more can be sent now: for tests and one-off runs."""
        await self.turn()
        while self._sending or self._settled:
            if self._sending:
                await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            await self.turn()

    async def _drain(self) -> None:
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._write()

    async def _write(self) -> list[Claimed]:
        if self._room() <= 0 and not self._settled:
            return []
        async with self._store.write.begin() as connection:
            # Only now that it has begun: while it waited for its turn at the database, more sends came to their end.
            settled, moved = list(self._settled), list(self._moved)
            await outbox.settle(connection, settled)
            for channel, old, new in moved:
                await chats.move(connection, channel, old, new)
            most = self._room()
            asked = (most, self._channels, self._limiter.full())
            rows = await outbox.claim(connection, self._now(), *asked) if most > 0 else []
        # Only now that it is committed: after a failed transaction all of it is written by the next turn.
        self._settled = self._settled[len(settled) :]
        self._moved = self._moved[len(moved) :]
        return rows

    def _room(self) -> int:
        """How many sends may begin now: having been told to stop, none."""
        return 0 if self._is_stopping else min(self._slots - len(self._sending), self._limiter.room())

    async def _send(self, row: Claimed) -> None:
        try:
            outgoing = Outgoing.from_json({**row.body, "chat": row.chat, "topic": row.topic})
            message = await self._channels[row.channel].deliver(outgoing)
            settled = Settled(row.id, "sent", message=message)
        except ChannelError as error:
            await self._heed(row, error)
            settled = when_failed(row, error, self._now())
        except asyncio.CancelledError:
            settled = when_unknown(row, self._now())
        except Exception as error:
            _log.exception("a message cannot be sent", outbox=row.id, kind=row.kind)
            settled = Settled(row.id, "dead", error=repr(error))
        self._limiter.arrived(outbox.lane(row))
        self._settled.append(self._noted(row, settled))

    async def _heed(self, row: Claimed, error: ChannelError) -> None:
        """What an error says of the chat, beyond this message."""
        if error.moved_to:
            self._moved.append((row.channel, row.chat, error.moved_to))
        elif error.is_gone:
            await self._switch_off(row)
        elif error.retry_after is not None:
            self._limiter.halt(outbox.lane(row), error.retry_after)

    async def _switch_off(self, row: Claimed) -> None:
        try:
            async with self._store.writing().begin() as session:
                is_news = await chats.switch_off(session, row.channel, row.chat)
            if is_news:
                _log.warning("a chat has shut the bot out", channel=row.channel, chat=row.chat)
                await self._gone(row.channel, row.chat)
        except Exception:
            _log.exception("a chat could not be switched off", channel=row.channel, chat=row.chat)

    def _noted(self, row: Claimed, settled: Settled) -> Settled:
        self._count(row.kind, "repeat" if settled.is_repeat else settled.state)
        if settled.state in ("dead", "dropped"):
            facts: dict[str, Any] = {"outbox": row.id, "kind": row.kind, "chat": row.chat, "why": settled.error}
            _log.warning("a message is given up", **facts)
        if settled.state == "retry":
            return settled
        is_for_now = holds_code(row.body) or row.body.get("do") == "offer"
        keep = {} if is_for_now else without_contents(row.body)
        return settled if keep is None else replace(settled, keep=keep)

    def _sent(self, task: asyncio.Task[None]) -> None:
        """Others that end within a moment are settled in the same turn."""
        self._sending.pop(task, None)
        if self._is_stopping or len(self._settled) >= self._slots:
            self._posted.set()
        elif not self._will_ring:
            self._will_ring = True
            asyncio.get_running_loop().call_later(A_MOMENT, self._ring)

    def _ring(self) -> None:
        self._will_ring = False
        self._posted.set()

    def _held(self) -> set[int]:
        return {row.id for row in self._sending.values()} | {each.id for each in self._settled}

    async def _until_done(self, step: Callable[[], Awaitable[None]]) -> None:
        """Run a step; while the database is away, again and again."""
        while not self._is_stopping:
            try:
                await step()
                return
            except Exception:
                _log.exception("the outbox cannot be reached")
                await asyncio.sleep(LONGEST_SLEEP)

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(min(self._limiter.wait() + 0.001, LONGEST_SLEEP)):
                await self._posted.wait()
        except TimeoutError:
            return
