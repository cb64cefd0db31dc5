"""Somebody's card becomes a contact: of the customer that is named, chosen or made; who is known there is completed.

The card itself is in the reading's slot `card`; what was put right since stands in the other slots.
"""

from __future__ import annotations

from typing import Any

from crm.contact_cards import ContactCard, is_same_phone
from crm.customers import Contact, Customer
from handlers.customer_of import customer_of
from handlers.keep_files import keep_files
from handlers.known import contacts_known
from handlers.turn import Ask, Choice, Result, Turn
from handlers.whose_card import as_file, card_facts, whose_card
from nlu.normalise import normalise
from nlu.rule import Mention, Reading
from nlu.short_forms import of_person
from talk.message import Outcome, Parts

FIELDS = ("title", "phone", "other_phone", "email", "wechat")


async def take_card(turn: Turn, reading: Reading) -> list[Result]:
    """Keep the card's person, once it is said whose they are, and that they are nobody who is known there."""
    if turn.decisions.get("as_file"):
        return await keep_files(turn, as_file(reading))
    customer = await _home(turn, reading)
    if isinstance(customer, Ask):
        return [customer]
    name: Mention | None = reading.slots.get("name")
    if name is None:
        return [_ask_name(turn, reading, customer)]
    told = {field: str(reading.slots[field]) for field in FIELDS if reading.slots.get(field)}
    if reading.slots["card"].birthday:
        told["birthday"] = reading.slots["card"].birthday
    known = None if turn.decisions.get("as_new") else await _known(turn, customer, name.text, told)
    if known is not None:
        return [await _completed(turn, reading, customer, known, told)]
    contact = Contact(customer.id, name.text)
    for field, value in told.items():
        setattr(contact, field, value)
    await turn.ledger.add(contact)
    turn.known.clear()
    return [_outcome(turn, reading, customer, contact, told, is_new=True)]


async def _home(turn: Turn, reading: Reading) -> Customer | Ask:
    """Whose person it is. A firm that the card names and nobody knows is made by a tap alone."""
    slots, decided = reading.slots, turn.decisions
    if slots.get("customer") or decided.get("customer") or decided.get("new_customer"):
        return await customer_of(turn, reading, "change_contact")
    if decided.get("named"):
        named = Reading(reading.intent, {**slots, "customer": Mention(str(decided["named"]))})
        return await customer_of(turn, named, "change_contact")
    return await whose_card(turn, reading)


def _ask_name(turn: Turn, reading: Reading, customer: Customer) -> Ask:
    """The question for the name, put as for any field: the answer rewrites the card."""
    facts = {**card_facts(reading), "places": [[turn.ledger.entry, "name"]]}
    leave = Choice("leave_card", {"dropped": True})
    return Ask("card_lacks_name", reading, (leave,), "field:name", facts, slot="field:name", customer=customer.id)


async def _known(turn: Turn, customer: Customer, name: str, told: dict[str, str]) -> Contact | None:
    """Who at the customer has the number, else the name, else is the only one whom people call that: 王总."""
    people = await contacts_known(turn, customer.id)
    numbers = [told[field] for field in ("phone", "other_phone") if field in told]
    chosen = turn.decisions.get("contact")
    by_choice = [person for person in people if person.id == chosen]
    by_number = [person for person in people if any(_has_number(person, number) for number in numbers)]
    by_name = [person for person in people if person.name.casefold() == name.casefold()]
    called = normalise(name).plain.lower()
    by_form = [person for person in people if called in of_person(normalise(person.name).plain.lower(), person.title)]
    return next(iter((*by_choice, *by_number, *by_name, *(by_form if len(by_form) == 1 else ()))), None)


def _has_number(person: Contact, number: str) -> bool:
    return is_same_phone(person.phone, number) or is_same_phone(person.other_phone, number)


async def _completed(turn: Turn, reading: Reading, customer: Customer, known: Contact, told: dict[str, str]) -> Result:
    """What the card tells besides goes to whom it is about, once that is said; nothing that is known is lost."""
    new = _new_of(known, told)
    if not new and turn.decisions.get("contact") is None and known.name == reading.slots["name"].text:
        return Outcome("contact_unchanged", {"name": known.name}, (), customer.id, wrote=False)
    if turn.decisions.get("contact") != known.id:
        facts = {"parts": Parts((known.name, known.title, known.phone)), **card_facts(reading)}
        complete = Choice("complete_contact", {"contact": known.id, "confirmed": True}, {"name": known.name})
        choices = (complete, Choice("keep_as_new", {"as_new": True}), Choice("leave_card", {"dropped": True}))
        return Ask("card_like_known", reading, choices, f"contact:{known.id}", facts, customer=customer.id)
    if not turn.ledger.set(known, **new):
        return Outcome("contact_unchanged", {"name": known.name}, (), customer.id, wrote=False)
    return _outcome(turn, reading, customer, known, new, is_new=False)


def _new_of(known: Contact, told: dict[str, str]) -> dict[str, str]:
    """What a card tells that is not known: fields that are empty, and a number beside the known one."""
    new = {field: value for field, value in told.items() if field != "other_phone" and not getattr(known, field)}
    numbers = [told[field] for field in ("phone", "other_phone") if field in told and told[field] not in new.values()]
    further = [number for number in numbers if not _has_number(known, number)]
    return new | ({"other_phone": further[0]} if further and not known.other_phone else {})


def _outcome(
    turn: Turn, reading: Reading, customer: Customer, contact: Contact, told: dict[str, str], *, is_new: bool
) -> Outcome:
    """What was kept; where the card tells where the customer is and nobody knew, that too."""
    card: ContactCard = reading.slots["card"]
    shown: list[tuple[str, Any]] = [(f"label_{field}", value) for field, value in told.items()]
    if card.address and not customer.address and turn.ledger.set(customer, address=card.address):
        shown.append(("label_customer_address", card.address))
    key = "contact_created" if is_new else "contact_updated"
    return Outcome(key, {"parts": Parts((customer.name, contact.name))}, tuple(shown), customer.id)
