"""Telegram as a channel: reads its updates, sends, edits and answers taps through its client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, ReplyParameters
from telegram.error import TelegramError

from bot.channels.telegram import membership, reading
from bot.channels.telegram.errors import as_channel_error, is_done_already, is_fixed, is_no_picture, is_other_kind
from bot.channels.telegram.files import FilePost
from bot.channels.telegram.frame import NAME
from bot.channels.telegram.pictures import NOTHING, PicturePost, in_words, picture_of, words_alone
from bot.channels.telegram.readable import readable
from bot.channels.telegram.render import Part, first_line, keyboard, parts, whole_caption
from bot.channels.telegram.request import TooMany
from bot.channels.telegram.suggestions import offer
from talk.incoming import Incoming
from talk.message import ChannelError, Outgoing, Reply
from talk.picture import Picture

LONGEST_WAIT = 5.0


class Telegram:
    """One bot. `now` dates what Telegram does not date: taps. Without `post` it carries no files."""

    name = NAME

    def __init__(self, bot: Bot, now: Callable[[], datetime], post: FilePost | None = None) -> None:
        self._bot = bot
        self._now = now
        self._files = post
        self._pictures = PicturePost(bot)

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
                case "offer":
                    await offer(self._bot, outgoing)
                    return ""
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

    async def is_member(self, chat: str, person: str) -> bool | None:
        """Whether a person is in a group now, None where Telegram does not say."""
        return await membership.is_member(self._bot, chat, person)

    async def administers(self, chat: str) -> bool | None:
        """Whether the bot administers a group now, None where Telegram does not say."""
        return await membership.administers(self._bot, chat)

    async def _send(self, outgoing: Outgoing) -> str:
        if outgoing.file is not None and self._files is not None:
            return await self._files.send(outgoing, outgoing.file, self._where(outgoing, outgoing.reply_to))
        picture = picture_of(outgoing.reply)
        if picture is not None:
            return await self._send_picture(outgoing, picture)
        return await self._send_words(outgoing)

    async def _send_picture(self, outgoing: Outgoing, picture: Picture) -> str:
        """The words under the picture, or right after it where they are too long; without it where it is refused."""
        where = self._where(outgoing, outgoing.reply_to)
        under = whole_caption(outgoing.reply, outgoing.is_repeat, self._bot.username)
        try:
            if under is not None:
                where["reply_markup"] = keyboard(outgoing.reply)
                return await self._pictures.send(picture, under, where)
            await self._pictures.send(picture, NOTHING, where)
        except TelegramError as error:
            if not is_no_picture(error):
                raise
            return await self._send_words(outgoing)
        return await self._send_words(replace(outgoing, reply=words_alone(outgoing.reply)), is_rest=True)

    async def _send_words(self, outgoing: Outgoing, is_rest: bool = False) -> str:
        """The reply in as many messages as it takes; a picture among it is told in words."""
        *first, last = parts(in_words(outgoing.reply), outgoing.is_repeat, self._bot.username)
        for at, part in enumerate(first):
            await self._part(outgoing, part, None, is_first=at == 0 and not is_rest)
        return await self._part(outgoing, last, keyboard(outgoing.reply), is_first=not first and not is_rest)

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
        return str((await readable(self._bot.send_message, part, where)).message_id)

    def _where(self, outgoing: Outgoing, answered: str) -> dict[str, Any]:
        return {
            "chat_id": outgoing.chat,
            "message_thread_id": int(outgoing.topic) if outgoing.topic else None,
            "reply_parameters": ReplyParameters(int(answered), allow_sending_without_reply=True) if answered else None,
        }

    async def _edit(self, outgoing: Outgoing) -> str:
        """Change the card. What it cannot become is sent anew: words a caption cannot hold, a picture beside them."""
        where = {
            "chat_id": outgoing.chat,
            "message_id": int(outgoing.message),
            "reply_markup": keyboard(outgoing.reply),
        }
        picture, words = picture_of(outgoing.reply), words_alone(outgoing.reply)
        under = whole_caption(words, bot=self._bot.username)
        try:
            if picture is None:
                await self._edit_words(words, under, where)
            elif under is not None:
                await self._pictures.put(picture, under, where)
            else:
                return await self._send(outgoing)
        except TelegramError as error:
            if is_other_kind(error) or (picture is not None and is_fixed(error)):
                return await self._send(outgoing)
            if picture is None or not is_no_picture(error):
                raise
            return await self._edit(replace(outgoing, reply=in_words(outgoing.reply)))
        return outgoing.message

    async def _edit_words(self, reply: Reply, under: Part | None, where: dict[str, Any]) -> None:
        """The card's text; where it has none, for it is a picture, what stands `under` that."""
        try:
            await readable(self._bot.edit_message_text, parts(reply, bot=self._bot.username)[0], where)
        except TelegramError as error:
            if under is None or not is_other_kind(error):
                raise
            await readable(self._bot.edit_message_caption, under, where, "caption")
