"""Long polling of our own: updates are confirmed by the next poll, which begins only when they are kept."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.channels.door import CannotGoOn
from bot.channels.telegram.frame import NAME
from bot.channels.telegram.reading import ALLOWED_UPDATES, chat_of
from bot.channels.telegram.request import TooMany
from bot.health import Health
from bot.intake import Intake
from storage.posts import InboxRow

HOLD_SECONDS = 25
LIMIT = 100
LONGEST_PAUSE = 30.0
# Whoever has polled for so long is not the one to give way when a second process appears.
SETTLED_SECONDS = 30.0
PATIENCE = 5
_log = structlog.get_logger(__name__)


class Polling:
    """Asks `url` (the Bot API with its token) for updates, for ever."""

    def __init__(
        self,
        request: BaseRequest,
        url: str,
        intake: Intake,
        health: Health,
        *,
        hold: int = HOLD_SECONDS,
        settled: float = SETTLED_SECONDS,
    ) -> None:
        self._request, self._url, self._intake, self._health = request, url, intake, health
        self._hold, self._settled = hold, settled
        self._offset = 0
        self._failures = 0
        self._conflicts = 0
        self._began = time.monotonic()

    async def run(self) -> None:
        """Poll until cancelled or told that the token is wrong. CannotGoOn where another process polls."""
        self._health.polled()
        while True:
            try:
                await self.once()
                self._failures = self._conflicts = 0
            except InvalidToken:
                self._health.trouble(NAME, "Telegram does not accept the token any more")
                _log.error("polling stopped: GENJIN_TELEGRAM_TOKEN is not accepted any more; set the new one")
                return
            except Conflict as error:
                await self._conflict(error)
            except TooMany as error:
                await asyncio.sleep(error.seconds)
            except Exception as error:
                await self._failed(error)

    async def once(self) -> None:
        """One poll. The offset moves on only after everything is committed."""
        updates = await self._ask()
        self._health.polled()
        now = self._intake.now()
        await self._intake.take([as_row(update, now) for update in updates])
        if updates:
            self._offset = max(update["update_id"] for update in updates) + 1

    async def _ask(self) -> list[dict[str, Any]]:
        wanted = {"timeout": self._hold, "limit": LIMIT, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self._offset:
            wanted["offset"] = self._offset
        answer = await self._request.post(f"{self._url}/getUpdates?{urlencode(wanted)}", read_timeout=self._hold + 10.0)
        return answer if isinstance(answer, list) else []

    async def _conflict(self, error: Conflict) -> None:
        """Telegram lets the newest poll live and ends the older one, so both sides hear of each other."""
        self._conflicts += 1
        is_settled = time.monotonic() - self._began > self._settled
        if not is_settled or self._conflicts > PATIENCE:
            raise CannotGoOn(
                "another process polls with this GENJIN_TELEGRAM_TOKEN: stop it first, or use a token of your own"
            ) from error
        _log.warning("another process polls with this token", tries=self._conflicts)
        await asyncio.sleep(1.0)

    async def _failed(self, error: Exception) -> None:
        """The network or the database is away: nothing was confirmed, so nothing is lost by waiting."""
        self._failures += 1
        pause = min(0.5 * 2.0 ** min(self._failures, 10), LONGEST_PAUSE)
        what = error.message if isinstance(error, TelegramError) else repr(error)
        _log.warning("polling failed", error=what, again_in=pause)
        await asyncio.sleep(pause)


def as_row(update: dict[str, Any], now: Any) -> InboxRow:
    """A raw update as a row of the inbox."""
    return InboxRow(NAME, update["update_id"], chat_of(update), update, now)
