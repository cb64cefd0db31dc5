"""Something is to be remembered of a customer: kept in the sender's words, and shown on the customer's card."""

from __future__ import annotations

from crm.notes import CustomerNote
from handlers.customer_of import customer_of
from handlers.known import contacts_known, deals_known
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from talk.message import Outcome, Parts


async def add_note(turn: Turn, reading: Reading) -> list[Result]:
    """Write the note, on the deal or the person too where one is named."""
    customer = await customer_of(turn, reading, "add_note")
    if isinstance(customer, Ask):
        return [customer]
    people = {person.id: person.name for person in await contacts_known(turn, customer.id)}
    deals = {deal.id: deal.name for deal, _ in await deals_known(turn, customer.id)}
    contact_id = _among(reading.slots.get("contact"), people)
    deal_id = _among(reading.slots.get("deal"), deals)
    note = await turn.ledger.add(
        CustomerNote(customer.id, turn.actor.id, turn.ledger.now, str(reading.slots["text"]), deal_id, contact_id)
    )
    head = Parts((customer.name, deals.get(deal_id or 0), people.get(contact_id or 0), note.text))
    return [Outcome("note_added", {"parts": head}, (), customer.id)]


def _among(mention: Mention | None, known: dict[int, str]) -> int | None:
    return int(mention.key) if mention is not None and mention.key in known else None
