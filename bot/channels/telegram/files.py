"""Files by way of Telegram: fetched whole or not at all; sent by Telegram's own copy or, failing that, by ours."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.errors import is_no_file, is_too_big
from bot.channels.telegram.render import caption, keyboard
from bot.channels.telegram.request import AiohttpRequest, NotSent
from storage.files import Files
from talk.message import ChannelError, FileTooBig, Outgoing, OutgoingFile

# Twenty megabytes over a slow line.
SECONDS = 120.0
LARGEST_PHOTO = 10_000_000
PHOTOS = ("image/jpeg", "image/png", "image/webp")


class FilePost:
    """Carries files for one bot, our own copies from `files`."""

    def __init__(self, bot: Bot, request: AiohttpRequest, files: Files) -> None:
        self._bot, self._request, self._files = bot, request, files

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The content of a file. FileTooBig, ChannelError, TelegramError."""
        try:
            told = await self._bot.get_file(file_id)
        except BadRequest as error:
            if is_too_big(error):
                raise FileTooBig from error
            raise
        if told.file_size is not None and told.file_size > most:
            raise FileTooBig
        if not (told.file_path or "").startswith("http"):
            raise NotSent("Telegram tells no address for the file")
        content = await self._request.download(str(told.file_path), most, SECONDS)
        if content is None:
            raise FileTooBig
        return content

    async def send(self, outgoing: Outgoing, file: OutgoingFile, where: dict[str, Any]) -> str:
        """Send a file and return the message's id. ChannelError, TelegramError."""
        part = caption(outgoing.reply, outgoing.is_repeat)
        about = {**where, "caption": part.html or None, "parse_mode": ParseMode.HTML if part.html else None}
        about["reply_markup"] = keyboard(outgoing.reply)
        if file.id:
            try:
                return await self._post(file.sent_as, file.id, about)
            except BadRequest as error:
                if not is_no_file(error):
                    raise
        made = file.data()
        content = made if made is not None else await asyncio.to_thread(self._files.read, file.content)
        if content is None:
            raise ChannelError(f"our own copy of {file.content[:12]} is missing or damaged", permanent=True)
        return await self._upload(file, content, about)

    async def _upload(self, file: OutgoingFile, content: bytes, about: dict[str, Any]) -> str:
        """As a picture where Telegram shows it as one, else as a file: what it takes for no picture too."""
        if file.mime in PHOTOS and len(content) <= LARGEST_PHOTO:
            try:
                return await self._post("photo", InputFile(content, file.name), about)
            except BadRequest as error:
                if not is_no_file(error):
                    raise
        return await self._post("document", InputFile(content, file.name), about)

    async def _post(self, sent_as: str, what: str | InputFile, about: dict[str, Any]) -> str:
        send = getattr(self._bot, f"send_{sent_as}")
        given = {key: value for key, value in about.items() if sent_as != "video_note" or key not in _NO_CAPTION}
        message = await send(**{sent_as: what}, **given, read_timeout=SECONDS)
        return str(message.message_id)


_NO_CAPTION = ("caption", "parse_mode")
