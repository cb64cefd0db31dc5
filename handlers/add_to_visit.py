"""What a customer wants or minds, told after the visit: it belongs to the visit that the speaker has just told."""

from __future__ import annotations

from dataclasses import replace

from crm.visits import Visit
from handlers.add_note import add_note
from handlers.customer_of import customer_of
from handlers.focus import LASTS
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from storage.visits import visit_told
from talk.message import Outcome, Parts

FIELDS = ("needs", "objections")


async def add_to_visit(turn: Turn, reading: Reading) -> list[Result]:
    """Add to the speaker's visit as long as the chat's focus lasts; later it is a note about the customer."""
    customer = await customer_of(turn, reading, "record_visit")
    if isinstance(customer, Ask):
        return [customer]
    visit = await visit_told(turn.session, customer.id, turn.actor.id, turn.incoming.at - LASTS)
    if visit is None:
        words = turn.text[reading.start : reading.end].strip(" ,，。.;；")
        return await add_note(turn, replace(reading, slots={"customer": reading.slots.get("customer"), "text": words}))
    told = {name: reading.slots[name] for name in FIELDS if reading.slots.get(name)}
    added = {name: _joined(getattr(visit, name), words) for name, words in told.items()}
    is_news = turn.ledger.set(visit, **added, words=_with_words(visit, turn.text))
    head = Parts((customer.name, visit.held_at or visit.held_on))
    fields = tuple((f"label_{name}", words) for name, words in added.items())
    return [Outcome("visit_added_to", {"parts": head}, fields, customer.id, wrote=is_news)]


def _joined(before: str, more: str) -> str:
    return before if more in before else "；".join(part for part in (before, more) if part)


def _with_words(visit: Visit, text: str) -> str:
    return visit.words if text in visit.words else f"{visit.words}\n{text}"
