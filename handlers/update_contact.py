"""A person at a customer, or new facts of one. Also how a decision maker becomes known."""

from __future__ import annotations

from typing import Any

from crm.customers import Contact, Customer
from handlers.customer_of import customer_of
from handlers.known import contacts_known
from handlers.same_number import others_of_number
from handlers.take_card import take_card
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading, When
from talk.message import Outcome, Parts, Word

FIELDS = ("title", "phone", "email", "wechat", "birthday", "role", "left_on")


async def update_contact(turn: Turn, reading: Reading) -> list[Result]:
    """Write the facts told, on the contact who is known or a new one."""
    if "card" in reading.slots:
        return await take_card(turn, reading)
    customer = await customer_of(turn, reading, "change_contact")
    if isinstance(customer, Ask):
        return [customer]
    told = {name: _plain(name, reading.slots[name]) for name in FIELDS if reading.slots.get(name)}
    contact, is_new = await _contact(turn, reading.slots.get("name"), customer, told)
    if contact is None:
        return [Outcome("contact_unnamed", wrote=False)]
    if not is_new and not turn.ledger.set(contact, **told):
        return [Outcome("contact_unchanged", {"name": contact.name}, (), customer.id, wrote=False)]
    head = Parts((customer.name, contact.name))
    fields = tuple((f"label_{name}", _shown(name, value)) for name, value in told.items())
    written = Outcome("contact_created" if is_new else "contact_updated", {"parts": head}, fields, customer.id)
    return [written, *await others_of_number(turn, customer, told.get("phone"))]


async def _contact(
    turn: Turn, mention: Mention | None, customer: Customer, told: dict[str, Any]
) -> tuple[Contact | None, bool]:
    """The person meant, who is made where nobody of that name is known at the customer."""
    if mention is None:
        return None, False
    known = await contacts_known(turn, customer.id)
    found = [person for person in known if person.id == mention.key] or [p for p in known if p.name == mention.text]
    if found:
        return found[0], False
    contact = Contact(customer_id=customer.id, name=mention.text)
    for name, value in told.items():
        setattr(contact, name, value)
    turn.known.clear()
    return await turn.ledger.add(contact), True


def _plain(name: str, value: Any) -> Any:
    """A fact as the record keeps it."""
    if isinstance(value, When):
        day = value.last_day
        return f"{day:%m-%d}" if day and name == "birthday" else day
    return str(value)


def _shown(name: str, value: Any) -> Any:
    return Word(f"role_{value}") if name == "role" else value
