"""The record of what was written: read by undo and by whoever asks who changed what."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any


@dataclasses.dataclass(eq=False)
class Change:
    """One field of one thing, before and after, append-only. `field` "" says that the thing was created.

    `inbox_id` is the message that caused it; `undoes_id` the change that this one puts back.
    """

    at: datetime
    user_id: int
    thing: str
    thing_id: int
    field: str = ""
    before: Any = None
    after: Any = None
    inbox_id: int | None = None
    undoes_id: int | None = None
    id: int = dataclasses.field(init=False, repr=False)


@dataclasses.dataclass(eq=False)
class OpenQuestion:
    """What one message left open, asked on one card. `items` are the lines of its card: what is
    done and what waits (handlers/questions.py says how they are kept).

    `state` is open, answered, cancelled or expired; `asked_id` is who may answer.
    """

    chat_id: int
    asked_id: int
    inbox_id: int
    asked_at: datetime
    expires_at: datetime
    items: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    state: str = "open"
    answered_at: datetime | None = None
    id: int = dataclasses.field(init=False, repr=False)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date | datetime) else value
