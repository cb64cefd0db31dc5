"""Telegram as a channel: reads its updates, sends, edits and answers taps through its client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram import reading
from bot.channels.telegram.errors import as_channel_error, is_done_already, is_unreadable
from bot.channels.telegram.files import FilePost
from bot.channels.telegram.render import Part, first_line, keyboard, parts
from bot.channels.telegram.request import TooMany
from talk.message import ChannelError, Incoming, Outgoing

LONGEST_WAIT = 5.0


class Telegram:
    """One bot. `now` dates what Telegram does not date: taps. Without `post` it carries no files."""

    name = reading.NAME

    def __init__(self, bot: Bot, now: Callable[[], datetime], post: FilePost | None = None) -> None:
        self._bot = bot
        self._now = now
        self._files = post

    def read(self, update: Mapping[str, Any], inbox_id: int) -> Incoming | None:
        """The message in a raw update; None where it is not meant for the bot."""
        return reading.read(update, inbox_id, self._bot, self._now)

    async def deliver(self, outgoing: Outgoing) -> str:
        """Do what is asked and return the message's id. Raises ChannelError."""
        try:
            match outgoing.do:
                case "send":
                    return await self._send(outgoing)
                case "edit":
                    return await self._edit(outgoing)
                case "answer":
                    await self._bot.answer_callback_query(
                        outgoing.tap, first_line(outgoing.reply) or None, show_alert=outgoing.is_alert
                    )
                    return ""
        except TelegramError as error:
            if is_done_already(error):
                return outgoing.message
            raise as_channel_error(error) from error

    async def fetch(self, file: str, most: int) -> bytes:
        """The content of a file. Raises FileTooBig, ChannelError."""
        if self._files is None:
            raise ChannelError("no files here", permanent=True)
        try:
            return await self._files.fetch(file, most)
        except TelegramError as error:
            raise as_channel_error(error) from error

    async def _send(self, outgoing: Outgoing) -> str:
        if outgoing.file is not None and self._files is not None:
            return await self._files.send(outgoing, outgoing.file, self._where(outgoing, outgoing.reply_to))
        *first, last = parts(outgoing.reply, outgoing.is_repeat, self._bot.username)
        for at, part in enumerate(first):
            await self._part(outgoing, part, None, is_first=at == 0)
        return await self._part(outgoing, last, keyboard(outgoing.reply), is_first=not first)

    async def _part(self, outgoing: Outgoing, part: Part, markup: InlineKeyboardMarkup | None, is_first: bool) -> str:
        """Send one part. Once the first is out, failing means that the whole may be there in part: unknown."""
        while True:
            try:
                return await self._post(outgoing, part, markup, answers=is_first)
            except TooMany as error:
                if is_first:
                    raise
                if error.seconds > LONGEST_WAIT:
                    raise ChannelError(error.message, is_unknown=True, retry_after=error.seconds) from error
                await asyncio.sleep(error.seconds)
            except TelegramError as error:
                if is_first:
                    raise
                raise ChannelError(error.message, is_unknown=True) from error

    async def _post(self, outgoing: Outgoing, part: Part, markup: InlineKeyboardMarkup | None, answers: bool) -> str:
        where = {**self._where(outgoing, outgoing.reply_to if answers else ""), "reply_markup": markup}
        return str((await self._readable(self._bot.send_message, part, where)).message_id)

    def _where(self, outgoing: Outgoing, answered: str) -> dict[str, Any]:
        return {
            "chat_id": outgoing.chat,
            "message_thread_id": int(outgoing.topic) if outgoing.topic else None,
            "reply_parameters": ReplyParameters(int(answered), allow_sending_without_reply=True) if answered else None,
        }

    async def _edit(self, outgoing: Outgoing) -> str:
        where = {
            "chat_id": outgoing.chat,
            "message_id": int(outgoing.message),
            "reply_markup": keyboard(outgoing.reply),
        }
        await self._readable(self._bot.edit_message_text, parts(outgoing.reply, bot=self._bot.username)[0], where)
        return outgoing.message

    async def _readable(self, call: Callable[..., Any], part: Part, where: dict[str, Any]) -> Message:
        """Send as HTML; what Telegram cannot read as such, as plain text, once."""
        try:
            sent: Message = await call(text=part.html, parse_mode=ParseMode.HTML, **where)
        except TelegramError as error:
            if not is_unreadable(error):
                raise
            sent = await call(text=part.plain, **where)
        return sent
