"""What time it is: the real clock, or the sandbox's, which a person may move forward."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog

Now = Callable[[], datetime]
FOLLOW_SECONDS = 0.3
_log = structlog.get_logger(__name__)


def real_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class SandboxClock:
    """Follows the sandbox's clock over HTTP as an offset to real time; keeps the last one while it is away."""

    def __init__(self, origin: str) -> None:
        self._url = f"{origin.rstrip('/')}/sandbox/clock"
        self._offset = timedelta()

    def __call__(self) -> datetime:
        return real_now() + self._offset

    async def follow(self) -> None:
        """Ask again and again, until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
            while True:
                await self.ask(session)
                await asyncio.sleep(FOLLOW_SECONDS)

    async def ask(self, session: aiohttp.ClientSession) -> None:
        """Take the offset over once."""
        try:
            async with session.get(self._url) as answer:
                self._offset = timedelta(seconds=float((await answer.json())["offset"]))
        except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as error:
            _log.debug("the sandbox's clock is away", error=repr(error))
