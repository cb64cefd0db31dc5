"""The fields of a card that can be changed: which slot holds what kind of value, and what people call it. Data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handlers.turn import Entry
from nlu.rule import Amount, Mention, Reading, When
from talk.message import Parts, Word

KINDS = {  # slot of a reading -> the kind of value that it holds
    "customer": "customer",
    "contacts": "contact",
    "name": "contact",
    "deal": "deal",
    "at": "when",
    "due": "when",
    "close_on": "when",
    "signed_on": "when",
    "expires_on": "when",
    "amount": "amount",
    "budget": "amount",
    "discount": "percent",
    "probability": "percent",
    "stage": "stage",
    "channel": "channel",
    "assignee": "user",
    "competitors": "competitor",
    "title": "text",
    "needs": "text",
    "objections": "text",
    "lost_reason": "text",
    "phone": "phone",
    "other_phone": "phone",
    "email": "email",
    "wechat": "text",
    "birthday": "when",
    "left_on": "when",
    "industry": "text",
    "region": "text",
    "size": "text",
    "source": "text",
    "address": "text",
    "tax_id": "text",
    "text": "text",
    "new_title": "text",
    "new_name": "text",
}
CALLED = {  # what a correction names (nlu/lexicon, table `field`) -> the slots that may be meant
    "customer": ("customer",),
    "contact": ("contacts", "name"),
    "amount": ("amount", "budget"),
    "budget": ("budget", "amount"),
    "date": ("at", "due", "close_on", "signed_on", "expires_on"),
    "due": ("due",),
    "held": ("at",),
    "close": ("close_on", "signed_on"),
    "assignee": ("assignee",),
    "stage": ("stage",),
    "channel": ("channel",),
    "discount": ("discount",),
    "probability": ("probability",),
    "task": ("title",),
    "deal": ("deal",),
    "reason": ("lost_reason",),
    "phone": ("phone",),
    "email": ("email",),
    "wechat": ("wechat",),
}
TAKES = {  # intent -> the slots that a correction may add where the message left them out
    "record_visit": ("at", "contacts", "channel", "budget"),
    "create_task": ("due", "assignee"),
    "update_deal": ("amount", "close_on", "probability"),
    "note_quote": ("amount", "discount"),
    "note_contract": ("amount", "signed_on", "expires_on"),
    "update_contact": ("phone", "email", "wechat"),
}
BEHIND = ("at", "signed_on")  # times that have passed; the others lie ahead


@dataclass(frozen=True)
class Place:
    """A slot of an entry of a card, and its value; None where the message left it out."""

    entry: int
    slot: str
    value: Any

    @property
    def label(self) -> str:
        """The key of the field's name."""
        return f"field_{self.slot}"


def places_of(entries: list[Entry]) -> list[Place]:
    """Every field of a card that holds a value, in the order of its lines."""
    return [
        Place(entry.place, slot, entry.reading.slots[slot])
        for entry in entries
        if entry.reading is not None
        for slot in KINDS
        if _is_shown(entry.reading, slot)
    ]


def addable(entries: list[Entry]) -> Iterator[Place]:
    """Every field that a card's entries could have and have not."""
    for entry in entries:
        for slot in TAKES.get(entry.reading.intent, ()) if entry.reading else ():
            if entry.reading is not None and entry.reading.slots.get(slot) in (None, (), ""):
                yield Place(entry.place, slot, None)


def _is_shown(reading: Reading, slot: str) -> bool:
    value = reading.slots.get(slot)
    return value not in (None, (), "") and not (slot == "deal" and not value.text)


def shown(value: Any, stages: dict[str, Any]) -> Any:
    """A slot's value as a card shows it."""
    if isinstance(value, Amount):
        return value.low if value.high is None else Parts((value.low, value.high))
    if isinstance(value, When):
        return value.at or value.until_at or value.last_day
    if isinstance(value, Mention):
        return value.text
    if isinstance(value, tuple):
        return [shown(part, stages) for part in value]
    return stages.get(value, value) if isinstance(value, str) else value


def shown_at(place: Place, stages: dict[str, Any]) -> Any:
    """A field's value as a card shows it."""
    if place.slot == "channel":
        return Word(f"kind_{place.value}")
    if KINDS[place.slot] == "percent":
        return f"{place.value:g}%"
    return shown(place.value, stages)
