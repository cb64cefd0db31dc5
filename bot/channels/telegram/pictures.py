"""Pictures that come within a reply: sent with the words below them, put into a card that stands, or told in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import Bot, InputFile, InputMediaPhoto, Message

from bot.channels.telegram.files import SECONDS
from bot.channels.telegram.readable import readable
from bot.channels.telegram.render import Part
from talk.message import Line, Reply
from talk.picture import Picture

NOTHING = Part("", "")


def picture_of(reply: Reply) -> Picture | None:
    """The picture of a reply, None where it has none or its content is kept no more."""
    return next((block for block in reply.blocks if isinstance(block, Picture) and block.content), None)


def in_words(reply: Reply) -> Reply:
    """The reply with its picture told in words."""
    blocks = (Line(block.alt) if isinstance(block, Picture) else block for block in reply.blocks)
    return replace(reply, blocks=tuple(blocks))


def words_alone(reply: Reply) -> Reply:
    """What the reply says besides its picture."""
    return replace(reply, blocks=tuple(block for block in reply.blocks if not isinstance(block, Picture)))


class PicturePost:
    """Carries pictures for one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, picture: Picture, under: Part, where: dict[str, Any]) -> str:
        """Send a picture with words under it and return the message's id. TelegramError."""
        photo = InputFile(picture.data(), picture.name)
        about = {**where, "photo": photo, "read_timeout": SECONDS}
        return str((await readable(self._bot.send_photo, under, about, "caption")).message_id)

    async def put(self, picture: Picture, under: Part, where: dict[str, Any]) -> None:
        """Put a picture and words into a card that stands. TelegramError."""

        async def change(caption: str, parse_mode: str | None = None) -> Message | bool:
            media = InputMediaPhoto(picture.data(), caption=caption, parse_mode=parse_mode, filename=picture.name)
            return await self._bot.edit_message_media(media, **where, read_timeout=SECONDS)

        await readable(change, under, {}, "caption")
