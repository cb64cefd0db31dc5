"""A block of a reply that is a picture: it travels in the message itself, and is not kept once that is sent."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Picture:
    """A PNG under a file `name`; `alt` says the same in words, a line each, where it cannot be shown.

    `content` is base64. "" means that it was sent and is kept no more: a card that is changed keeps its picture.
    A reply has one at most.
    """

    name: str
    alt: str
    content: str = field(default="", repr=False)

    @classmethod
    def of(cls, name: str, alt: str, png: bytes) -> Picture:
        """The block of a PNG."""
        return cls(name, alt, b64encode(png).decode())

    def data(self) -> bytes:
        """The PNG."""
        return b64decode(self.content)


def without_contents(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """An outgoing message, as JSON, without the content of its pictures and of a file made for it; None where it has
    none.
    """
    reply, file = body.get("reply", {}), body.get("file") or {}
    blocks = reply.get("blocks", ())
    if not file.get("made") and not any(block["is"] == "picture" and block["content"] for block in blocks):
        return None
    kept = [{**block, "content": ""} if block["is"] == "picture" else block for block in blocks]
    made = {"file": {**file, "made": ""}} if file else {}
    return {**body, "reply": {**reply, "blocks": kept}, **made}
