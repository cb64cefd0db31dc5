"""How a message is understood: what is said in a bound group and names no customer is about the group's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

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
# Questions that end at one customer, and what may narrow them without saying whose they are.
OF_ONE_CUSTOMER = frozenset(
    {"competitors", "contact", "contracts", "deals", "money", "quotes", "receivables", "tasks", "visits"}
)
NARROWS = frozenset({"topic", "since", "until", "overdue", "done", "stage", "role"})


def hear(turn: Turn, text: str) -> Understanding:
    """A text as it is meant where it was said."""
    return hear_about(turn, text, focus_of(turn))


def hear_about(turn: Turn, text: str, focus: Focus | None) -> Understanding:
    """The same where something else than what was spoken of last is spoken of."""
    known: dict[str, Any] = {"now": turn.now, "names": turn.names, "sender": turn.actor.id, "focus": focus}
    said = understand(text, **known)
    if turn.unseen and not all(map(_asks_by_deal, said.readings)):
        said = understand(text, **known, unseen=turn.unseen)
    bound = turn.bound
    if bound is None:
        return said
    return replace(said, readings=tuple(about(bound, reading, turn.names) for reading in said.readings))


def about(bound: Bound, reading: Reading, names: Names) -> Reading:
    """A reading of what is spoken of where no other customer is named."""
    if reading.intent == "record_visit":  # where one speaks of the group's deal, what a visit lacks is no doubt
        reading = replace(reading, is_doubted=False)
    if reading.slots.get("customer") is not None or not (reading.intent in LOGGED or _asks_of_it(reading)):
        return reading
    known = names.customers.get(bound.customer_id)
    mention = Mention(known.name if known else "", bound.customer_id, by="focus")
    return replace(reading, slots={**reading.slots, "customer": mention})


def _asks_of_it(reading: Reading) -> bool:
    """Whether a question says neither whose nor of which customers: where all speak of one, it is of that one."""
    is_list = reading.intent == "answer_query" and reading.slots.get("topic") in OF_ONE_CUSTOMER
    return reading.intent == "brief_customer" or (is_list and reading.slots.keys() <= NARROWS)


def _asks_by_deal(reading: Reading) -> bool:
    """Whether a question names a deal alone: of one that one does not see the answer is that there is none."""
    return reading.intent == "answer_query" and reading.slots.get("topic") == "deals"
