"""A person at a customer, or new facts of one. Also how a decision maker becomes known."""

from __future__ import annotations

from typing import Any

from crm.customers import Contact, Customer
from handlers.customer_of import customer_of
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from talk.message import Outcome, Parts, Word

FIELDS = ("title", "phone", "email", "wechat", "birthday", "role")


async def update_contact(turn: Turn, reading: Reading) -> list[Result]:
    """Write the facts told, on the contact who is known or a new one."""
    customer = await customer_of(turn, reading, "change_contact")
    if isinstance(customer, Ask):
        return [customer]
    told = {name: str(reading.slots[name]) for name in FIELDS if reading.slots.get(name)}
    contact, is_new = await _contact(turn, reading.slots.get("name"), customer, told)
    if contact is None:
        return [Outcome("contact_unnamed", wrote=False)]
    if not is_new and not turn.ledger.set(contact, **told):
        return [Outcome("contact_unchanged", {"name": contact.name}, (), customer.id, wrote=False)]
    head = Parts((customer.name, contact.name))
    fields = tuple((f"label_{name}", _shown(name, value)) for name, value in told.items())
    return [Outcome("contact_created" if is_new else "contact_updated", {"parts": head}, fields, customer.id)]


async def _contact(
    turn: Turn, mention: Mention | None, customer: Customer, told: dict[str, str]
) -> tuple[Contact | None, bool]:
    if mention is None:
        return None, False
    known = await turn.ledger.get(Contact, int(mention.key)) if mention.key is not None else None
    if known is not None and known.customer_id == customer.id:
        return known, False
    contact = Contact(customer_id=customer.id, name=mention.text)
    for name, value in told.items():
        setattr(contact, name, value)
    turn.known.clear()
    return await turn.ledger.add(contact), True


def _shown(name: str, value: str) -> Any:
    return Word(f"role_{value}") if name == "role" else value
