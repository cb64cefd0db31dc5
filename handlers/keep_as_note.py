"""What has no record of its own yet (payments, tickets): kept as a note at the customer, and the card says so."""

from __future__ import annotations

from collections.abc import Iterator

from crm.customers import Customer
from crm.notes import CustomerNote
from handlers.customer_of import customer_of
from handlers.turn import Ask, Result, Turn
from nlu.rule import Amount, Reading, When
from talk.forms import written_money
from talk.message import Outcome, Parts, Word


async def keep_as_note(turn: Turn, reading: Reading) -> list[Result]:
    """Write the sender's words as a note, behind the sum and the day that were read from them."""
    customer = await customer_of(turn, reading, "add_note")
    if isinstance(customer, Ask):
        return [customer]
    text = " · ".join(_kept(turn, reading))
    await turn.ledger.add(_note(turn, reading, customer, text))
    told = {"what": Word(f"intent_{reading.intent}"), "parts": Parts((customer.name, text))}
    return [Outcome("kept_as_note", told, (), customer.id)]


def _note(turn: Turn, reading: Reading, customer: Customer, text: str) -> CustomerNote:
    kind = reading.intent.removeprefix("note_")
    return CustomerNote(customer.id, turn.actor.id, turn.ledger.now, text, kind=kind)


def _kept(turn: Turn, reading: Reading) -> Iterator[str]:
    amount: Amount | None = reading.slots.get("amount")
    at: When | None = reading.slots.get("at")
    if amount is not None:
        yield written_money(amount.low, turn.reader.language)
    if at is not None and at.last_day is not None:
        yield at.last_day.isoformat()
    yield turn.text[reading.start : reading.end].strip(" ,，。.;；\n")
