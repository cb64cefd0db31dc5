"""Rows of the post: what came in, what is to go out, and what the buttons on it mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

INBOX_STATES = ("new", "done", "dead")
OUTBOX_STATES = ("pending", "sending", "sent", "retry", "unknown", "dead", "dropped")


@dataclass(eq=False)
class InboxRow:
    """A raw update, kept under its channel and update id before the messenger hears that it arrived."""

    channel: str
    update_id: int
    chat: str
    raw: dict[str, Any]
    received_at: datetime
    state: str = "new"
    attempts: int = 0
    next_try_at: datetime | None = None
    error: str = ""
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class OutboxRow:
    """One thing to send. `kind` is the class whose policy decides when it is unknown whether it arrived.

    `body` is talk.message.Outgoing as JSON, less chat and topic; `message` the channel's id once it is sent.
    """

    dedupe_key: str
    channel: str
    chat: str
    kind: str
    body: dict[str, Any]
    created_at: datetime
    due_at: datetime
    topic: str = ""
    state: str = "pending"
    attempts: int = 0
    started_at: datetime | None = None
    message: str = ""
    error: str = ""
    inbox_id: int | None = None
    id: int = field(init=False, repr=False)


class Claimed(NamedTuple):
    """What its sender must know of a row: no entity, for making one costs more than reading it."""

    id: int
    channel: str
    chat: str
    topic: str
    kind: str
    body: dict[str, Any]
    created_at: datetime
    attempts: int


@dataclass(eq=False)
class StoredButton:
    """What a button means: bound to the user it was shown to; `facts` name the record. Works after a restart.

    It has no state of its own: whether it may still do anything is read from the record.
    """

    token: str
    user_id: int
    action: str
    facts: dict[str, Any]
    created_at: datetime
    id: int = field(init=False, repr=False)
