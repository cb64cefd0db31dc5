"""Pushes updates to the bot's own server: in order per chat, with the secret, again and again until it says 2xx."""

import asyncio
import ipaddress
from collections import deque
from typing import Any

import aiohttp
from yarl import URL

from sandbox.clock import Clock
from sandbox.errors import bad_request
from sandbox.updates import Updates, Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 3.0


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address is this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class Webhook:
    """The webhook that is set, if any. Pauses are short: nobody wants to wait for Telegram's patience in a test."""

    def __init__(self, updates: Updates, clock: Clock) -> None:
        self._updates = updates
        self._clock = clock
        self._lanes: dict[int, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._gate = asyncio.Semaphore(40)
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.last_error: tuple[int, str] | None = None

    async def set(self, url: str, secret: str, max_connections: int) -> None:
        """Push to this address from now on, beginning with what waits. ApiError if it is not loopback."""
        if URL(url).scheme not in {"http", "https"} or not is_loopback(URL(url).host):
            raise bad_request("bad webhook: the sandbox only calls this machine (127.0.0.1, ::1, localhost)")
        await self.remove()
        self.url, self.secret, self.max_connections = url, secret, max_connections or 40
        self._gate = asyncio.Semaphore(self.max_connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self._updates.pushed = self.offer
        self._updates.end_poll()
        for waiting in list(self._updates.waiting.values()):
            self.offer(waiting)

    async def remove(self) -> None:
        """Stop pushing; what waits can be polled again."""
        self._updates.pushed = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._lanes.clear()
        if self._session:
            await self._session.close()
        self._session, self.url, self.last_error = None, "", None

    def offer(self, waiting: Waiting) -> None:
        """Queue an update behind the others of its chat."""
        lane = self._lanes.get(waiting.lane)
        if lane is not None:
            lane.append(waiting)
            return
        self._lanes[waiting.lane] = deque([waiting])
        task = asyncio.create_task(self._drain(waiting.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def info(self) -> dict[str, Any]:
        """Telegram's WebhookInfo."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.waiting),
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info | ({"allowed_updates": self._updates.allowed} if self._updates.allowed else {})

    async def _drain(self, lane_id: int) -> None:
        lane, pause = self._lanes[lane_id], FIRST_PAUSE
        while lane:
            if await self._push(lane[0].update):
                self._updates.done(lane.popleft().update["update_id"])
                pause = FIRST_PAUSE
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        del self._lanes[lane_id]

    async def _push(self, update: dict[str, Any]) -> bool:
        assert self._session  # noqa: S101 - set() opened it before any task began
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with self._gate, self._session.post(self.url, json=update, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return True
                reason = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            reason = "Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused"
        self.last_error = (self._clock.stamp(), reason)
        return False
