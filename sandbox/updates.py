"""The bot's updates: numbered, kept until confirmed, fetched by one poller or pushed to one webhook."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sandbox.errors import conflict

KEPT = 200_000
# Telegram leaves these out unless they are asked for by name.
BY_NAME_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_CAME = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is not confirmed, and the chat whose order it keeps."""

    update: dict[str, Any]
    lane: int


class Updates:
    """The queue. `pushed` is the webhook's ear while one is set, else None."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.waiting: OrderedDict[int, Waiting] = OrderedDict()
        self.allowed: list[str] = []
        self.pushed: Callable[[Waiting], None] | None = None
        self.polled_at: float | None = None
        self._turn = 0
        self._closing = False
        self._news = asyncio.Event()

    def put(self, kind: str, payload: dict[str, Any], lane: int) -> int | None:
        """Number and keep an update; None if this kind is not allowed."""
        if kind not in self.allowed if self.allowed else kind in BY_NAME_ONLY:
            return None
        update_id, self.next_id = self.next_id, self.next_id + 1
        waiting = self.waiting[update_id] = Waiting({"update_id": update_id, kind: payload}, lane)
        if len(self.waiting) > KEPT:
            self.waiting.popitem(last=False)
        if self.pushed:
            self.pushed(waiting)
        self._news.set()
        return update_id

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set allowed_updates; None leaves them as they were. Updates made before stay."""
        if kinds is not None:
            self.allowed = list(kinds)

    def confirm(self, offset: int) -> None:
        """Forget what lies before an offset; a negative one keeps only so many from the end."""
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popitem(last=False)
            return
        while self.waiting and next(iter(self.waiting)) < offset:
            self.waiting.popitem(last=False)

    def done(self, update_id: int) -> None:
        """The webhook has taken this one."""
        self.waiting.pop(update_id, None)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """The next updates, waiting for the first if need be. A later poll ends this one with 409."""
        self._turn += 1
        turn = self._turn
        self.polled_at = time.monotonic()
        self._news.set()
        self.confirm(offset)
        deadline = time.monotonic() + seconds
        while not self.waiting and not self._closing and (left := deadline - time.monotonic()) > 0:
            self._news.clear()
            await self._arrival(left)
            if turn != self._turn:
                raise conflict(WEBHOOK_CAME if self.pushed else OTHER_POLL)
        return [each.update for each in islice(self.waiting.values(), limit)]

    def end_poll(self) -> None:
        """End a held poll: a webhook takes over."""
        self._turn += 1
        self._news.set()

    def close(self) -> None:
        """Let a held poll go home empty: the double stops."""
        self._closing = True
        self._news.set()

    async def _arrival(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
