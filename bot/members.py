"""Who is in a group, asked of whichever channel the group is on."""

from __future__ import annotations

from collections.abc import Mapping

from talk.message import Channel


class Members:
    """The channels, as the desk asks them."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels

    async def is_member(self, channel: str, chat: str, person: str) -> bool | None:
        """Whether a person is in a group now; None where nobody can tell. Never raises."""
        asked = self._channels.get(channel)
        return await asked.is_member(chat, person) if asked is not None else None
