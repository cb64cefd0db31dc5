"""What a messenger brings besides its channel: a way in that is opened, run and closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aiohttp import web

from talk.message import Channel


class CannotGoOn(Exception):
    """The process cannot do its work; the text is one line that says what to mend."""


class Door(Protocol):
    """A channel and its way in."""

    channel: Channel

    def routes(self) -> Sequence[web.RouteDef]:
        """What it serves on our own HTTP server."""
        ...

    async def open(self) -> None:
        """Make the channel ready to deliver. CannotGoOn where its settings are wrong."""
        ...

    async def run(self) -> None:
        """Take updates in until cancelled. CannotGoOn where another process does so already."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...

    def way_in(self, code: str) -> str:
        """How a person hands in a code once the door is open: a link where the messenger has such."""
        ...

    def is_group(self, chat: str) -> bool:
        """Whether a chat is limited as a group is."""
        ...
