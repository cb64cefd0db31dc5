"""The record of what was written: read by undo and by whoever asks who changed what."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

# What only accompanies another change: nobody thinks of it as a thing of its own.
SILENT_FIELDS = ("currency", "closed_at", "done_at", "accepted_at", "shares_customer", "longitude")
SILENT_OF_VISIT = ("words", "people", "contact_ids", "deal_id")
# What is logged because it happened: it changed no record, and cannot be put back.
EVENTS = ("exported", "erased")
CARD_STATES = ("open", "done", "undone", "expired")


@dataclasses.dataclass(eq=False)
class Change:
    """One field of one thing, before and after, append-only. `field` "" says that the thing was created.

    `inbox_id` is the message that caused it, `entry` the place on its card; `undoes_id` the change that this one puts
    back. `is_erased`: before and after were blanked, because they told of somebody who asked for that.
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
    entry: int = 0
    is_erased: bool = False
    id: int = dataclasses.field(init=False, repr=False)


@dataclasses.dataclass(eq=False)
class Card:
    """What one message was read as and what came of it, shown as one card: corrected, asked about and put back here.

    `message` is the channel's id of the message, `at` when it was sent. `entries` are its readings with what each did
    and what still waits (handlers/turn.py). `state` is one of CARD_STATES; an open one asked last at `asked_at` and
    waits until `expires_at`; `waits_for` says for what, in sentences ready to be told to its user when that is over.
    """

    chat_id: int
    user_id: int
    inbox_id: int
    message: str
    text: str
    at: datetime
    entries: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    state: str = "done"
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    waits_for: list[str] = dataclasses.field(default_factory=list)
    id: int = dataclasses.field(init=False, repr=False)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date | datetime) else value
