"""The webhook: 200 means that the update is kept. Anything else makes Telegram send it again."""

from __future__ import annotations

from hmac import compare_digest

import structlog
from aiohttp import web

from bot.channels.telegram.polling import as_row
from bot.intake import Intake

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_log = structlog.get_logger(__name__)


class Webhook:
    """Takes one update a request, from whoever knows the secret."""

    def __init__(self, secret: str, intake: Intake) -> None:
        self._secret = secret.encode()
        self._intake = intake

    async def take(self, request: web.Request) -> web.Response:
        """The route's handler."""
        if not compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            return web.Response(status=403)
        try:
            update = await request.json()
            row = as_row(update, self._intake.now())
        except (ValueError, KeyError, TypeError, AttributeError):
            return web.Response(status=400)
        try:
            await self._intake.take([row])
        except Exception as error:
            _log.error("an update could not be kept; Telegram will send it again", error=repr(error))
            return web.Response(status=503)
        return web.Response()
