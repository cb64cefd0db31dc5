"""What people sent is opened for the desk: fetched by way of the channel that brought it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.picture_words import PictureWords
from crm.attachments import shown_name
from crm.errors import FileTooLarge, FileUnreachable
from nlu.business_card import Line
from talk.incoming import IncomingFile
from talk.message import Channel, ChannelError, FileTooBig


class Opener:
    """The channels, as the desk has files fetched from them."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels
        self._words = PictureWords()
        self._told: set[str] = set()

    @property
    def reads_pictures(self) -> bool:
        """Whether the words in pictures can be read here: with the extra genjin[cards]."""
        return self._words.is_there

    async def lines(self, data: bytes, name: str) -> list[Line]:
        """The words in a picture called `name`. FileNotTaken, PictureTooLarge, PictureBroken."""
        return await self._words.read(data, name)

    def is_new_to(self, chat: str) -> bool:
        """Whether a chat has not been told yet how pictures come to be read; asked, it has."""
        is_new = chat not in self._told
        self._told.add(chat)
        return is_new

    async def content(self, channel: str, file: IncomingFile, most: int) -> bytes:
        """The bytes of a file. FileTooLarge, FileUnreachable; ChannelError where it may be had later."""
        name = shown_name(file.name, file.sent_as)
        try:
            return await self._channels[channel].fetch(file.id, most)
        except FileTooBig as error:
            raise FileTooLarge(name=name, most=most // 2**20) from error
        except ChannelError as error:
            if error.permanent:
                raise FileUnreachable(name=name) from error
            raise
