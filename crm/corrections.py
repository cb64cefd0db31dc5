"""What people put right: how a message had been read, and how it should have been. Understanding learns from it."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

WAYS = ("button", "reply", "words", "edit")


@dataclasses.dataclass(eq=False)
class Correction:
    """One correction that a person made, append-only.

    `way` is one of WAYS; `text` what the message said when it was read (edited: what it says now), sent at `at`;
    `said` the words of the correction, "" for a tap. `wrong` and `right` are the message's readings before and after,
    as cards keep them; `fields` what differs between them, each "intent.slot".
    """

    inbox_id: int
    user_id: int
    made_at: datetime
    way: str
    text: str
    at: datetime
    said: str = ""
    fields: list[str] = dataclasses.field(default_factory=list)
    wrong: list[Any] = dataclasses.field(default_factory=list)
    right: list[Any] = dataclasses.field(default_factory=list)
    id: int = dataclasses.field(init=False, repr=False)
