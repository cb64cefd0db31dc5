"""How a message is understood: what is said in a bound group and names no customer is about the group's."""

from __future__ import annotations

from dataclasses import replace

from handlers.focus import focus_of
from handlers.turn import Bound, Turn
from nlu.known import Focus
from nlu.names import Names
from nlu.rule import Mention, Reading, Understanding
from nlu.understand import understand

# What is written about the group's customer where no other is named.
LOGGED = frozenset(
    {
        "add_note",
        "add_to_visit",
        "create_task",
        "keep_files",
        "note_contract",
        "note_payment",
        "note_quote",
        "note_ticket",
        "record_visit",
        "state_fact",
        "update_contact",
        "update_customer",
        "update_deal",
    }
)


def hear(turn: Turn, text: str) -> Understanding:
    """A text as it is meant where it was said."""
    return hear_about(turn, text, focus_of(turn))


def hear_about(turn: Turn, text: str, focus: Focus | None) -> Understanding:
    """The same where something else than what was spoken of last is spoken of."""
    said = understand(text, now=turn.now, names=turn.names, sender=turn.actor.id, focus=focus)
    bound = turn.bound
    if bound is None:
        return said
    return replace(said, readings=tuple(about(bound, reading, turn.names) for reading in said.readings))


def about(bound: Bound, reading: Reading, names: Names) -> Reading:
    """A reading of what is spoken of where no other customer is named."""
    if reading.intent == "record_visit":  # where one speaks of the group's deal, what a visit lacks is no doubt
        reading = replace(reading, is_doubted=False)
    if reading.intent not in LOGGED or reading.slots.get("customer") is not None:
        return reading
    known = names.customers.get(bound.customer_id)
    mention = Mention(known.name if known else "", bound.customer_id, by="focus")
    return replace(reading, slots={**reading.slots, "customer": mention})
