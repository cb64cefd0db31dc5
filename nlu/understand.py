"""A message read: names and values found, clauses cut, rules asked, and the readings that stand decided. Pure."""

from __future__ import annotations

from datetime import datetime

from nlu.known import Focus
from nlu.names import Names
from nlu.normalise import normalise
from nlu.rule import Key, Understanding


def understand(
    text: str, *, now: datetime, names: Names, sender: Key | None = None, focus: Focus | None = None
) -> Understanding:
    """What a message asks for and reports. `now` is aware, in the sender's zone. Never raises, whatever the text."""
    read = normalise(text)
    return Understanding(text, read.plain, ())
