"""What people sent is opened for the desk: fetched by way of the channel that brought it."""

from __future__ import annotations

from collections.abc import Mapping

from crm.attachments import shown_name
from crm.errors import FileTooLarge, FileUnreachable
from talk.incoming import IncomingFile
from talk.message import Channel, ChannelError, FileTooBig


class Opener:
    """The channels, as the desk has files fetched from them."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels

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
