"""A block of a reply that holds a code which lets somebody in: shown by the channel, kept by nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class StartCode:
    """A code that lets somebody in. Each channel shows how it is handed in there; once sent it is not kept.

    Cards know it by `name` alone: the code is put in as it leaves, and `otherwise` said where it is not at hand. With
    `at`, an address that has {code} in it, it lets a programme in that asks there.
    """

    name: str
    otherwise: str
    code: str = field(default="", repr=False)
    at: str = ""

    @property
    def link(self) -> str:
        """The address with the code in it, "" where it is for the chat."""
        return self.at.replace("{code}", self.code)


def holds_code(body: Mapping[str, Any]) -> bool:
    """Whether an outgoing message, as JSON, holds a code that lets somebody in."""
    return any(block["is"] == "start_code" for block in body.get("reply", {}).get("blocks", ()))
