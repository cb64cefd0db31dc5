"""Telegram's door: the client, its commands, and either polling or the webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.door import CannotGoOn
from bot.channels.telegram import commands
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.files import FilePost
from bot.channels.telegram.frame import NAME
from bot.channels.telegram.polling import SETTLED_SECONDS, Polling
from bot.channels.telegram.reading import ALLOWED_UPDATES
from bot.channels.telegram.render import start_link
from bot.channels.telegram.request import READ_SECONDS, AiohttpRequest, TooMany
from bot.channels.telegram.webhook import Webhook
from bot.health import Health
from bot.intake import Intake
from bot.settings import Settings, is_loopback
from storage.files import Files
from talk.message import Channel

LONGEST_PAUSE = 30.0
_log = structlog.get_logger(__name__)


class TelegramDoor:
    """Opened by asking Telegram who we are; run by polling, or by waiting while the webhook's route works."""

    channel: Channel

    def __init__(
        self,
        settings: Settings,
        intake: Intake,
        health: Health,
        *,
        settled: float = SETTLED_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._settings, self._health = settings, health
        is_local = is_loopback(urlsplit(settings.telegram_api).hostname or "")
        self._request = AiohttpRequest(trust_env=not is_local, read_seconds=read_seconds)
        self._bot = Bot(
            settings.telegram_token,
            base_url=f"{settings.telegram_api}/bot",
            base_file_url=f"{settings.telegram_api}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        post = FilePost(self._bot, self._request, Files(settings.files_folder))
        self.channel = Telegram(self._bot, intake.now, post)
        self._polling = Polling(self._request, self._bot.base_url, intake, health, settled=settled)
        self._webhook = Webhook(settings.webhook_secret, intake)

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook's path, where one is set."""
        if not self._settings.webhook_url:
            return []
        return [web.post(urlsplit(self._settings.webhook_url).path, self._webhook.take)]

    async def open(self) -> None:
        """Get to know ourselves; while Telegram cannot be reached, again and again. CannotGoOn: a wrong token."""
        pause = 0.5
        while True:
            try:
                await self._introduce()
                self._health.well(NAME)
                return
            except InvalidToken as error:
                raise CannotGoOn("GENJIN_TELEGRAM_TOKEN: Telegram does not know this token") from error
            except BadRequest as error:
                raise CannotGoOn(f"GENJIN_WEBHOOK_URL: Telegram refuses it: {error.message}") from error
            except TelegramError as error:
                wait = error.seconds if isinstance(error, TooMany) else pause
                self._health.trouble(NAME, f"cannot be reached: {error.message}")
                _log.warning("cannot reach GENJIN_TELEGRAM_API", error=error.message, again_in=wait)
                await asyncio.sleep(wait)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def run(self) -> None:
        """Take updates in until cancelled."""
        if not self._settings.webhook_url:
            await self._polling.run()
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Close the client's connections."""
        await self._bot.shutdown()
        await self._request.shutdown()

    def way_in(self, code: str) -> str:
        """A link to the chat with the bot, with the code in it."""
        return start_link(self._bot.username, code)

    def is_group(self, chat: str) -> bool:
        """Groups have negative ids."""
        return chat.startswith("-")

    async def _introduce(self) -> None:
        await self._bot.initialize()
        await commands.publish(self._bot)
        if self._settings.webhook_url:
            await self._bot.set_webhook(
                self._settings.webhook_url,
                secret_token=self._settings.webhook_secret,
                allowed_updates=ALLOWED_UPDATES,
            )
        else:
            await self._bot.delete_webhook()
