"""Somebody told of in a visit becomes a contact, by a tap on the visit's card or in words: the card is rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.changes import Card
from crm.customers import Contact, Customer
from crm.errors import CardUndone, ContactKept
from handlers import post
from handlers.cards import show_card, show_in_place
from handlers.entries import entries_of
from handlers.gate import TAKE_OR_LEAVE, in_word
from handlers.known import contacts_known
from handlers.rewrite import Wanted, correctable, rewrite
from handlers.turn import Ask, Entry, Result, Turn
from handlers.update_contact import update_contact
from nlu.rule import Mention, Reading
from nlu.short_forms import title_in
from storage.cards import card_of_inbox, last_cards
from talk.message import Offer, Parts, Word

MEANT_WITHIN = timedelta(hours=24)  # words mean a card of so long,
LOOKED_AT = 10  # and one of so many
OFFERED = 3  # people whom one card offers to keep


async def keep_contact(turn: Turn, reading: Reading) -> list[Result]:
    """Keep the person on the card that tells of them; told of nowhere, they are a new contact. Raises ContactKept."""
    name: Mention = reading.slots["name"]
    since = turn.ledger.now - MEANT_WITHIN
    last = await last_cards(turn.session, turn.chat.id, turn.actor.id, since, LOOKED_AT)
    told = [card for card in last if card.state != "undone" and _entry_of(entries_of(card), name.text)]
    if not told:
        if name.key is not None:
            raise ContactKept(name=name.text)
        title = title_in(name.text)
        return await update_contact(turn, replace(reading, slots={**reading.slots, "title": title}))
    await _keep(turn, told[0], name.text)
    await show_in_place(turn, told[0])
    return []


async def keep_contact_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Keep the person whom the button names. Raises ContactKept, CardUndone, CardTooOld, NotYours."""
    card = await card_of_inbox(turn.session, facts["inbox"])
    if card is None:
        raise CardUndone
    await _keep(turn, card, facts["name"])
    await post.answer_tap(turn)
    await show_card(turn, card)


def offers_to_keep(turn: Turn, people: Sequence[str]) -> tuple[tuple[Offer, ...], ...]:
    """A button for each of the people whom nobody has recorded."""
    return tuple(
        (Offer("keep_contact", "keep_contact", {"inbox": turn.ledger.inbox_id, "name": name}, {"name": name}),)
        for name in people[:OFFERED]
    )


async def contact_or_ask(turn: Turn, customer: Customer, name: str) -> Contact | Ask:
    """The customer's contact of that name, made where there is none and nobody else must be asked."""
    known = await contacts_known(turn, customer.id)
    contact = next((contact for contact in known if contact.name == name), None)
    if contact is not None:
        return contact
    waiting = await in_word(turn, ["contact"], customer.owner_id, _ask(customer, name))
    if waiting is not None:
        return waiting
    contact = await turn.ledger.add(Contact(customer.id, name, title_in(name)))
    turn.known["contacts", customer.id] = [*known, contact]
    return contact


def _ask(customer: Customer, name: str) -> Ask:
    """To make the contact alone: the visit stands without."""
    slots = {"customer": Mention(customer.name, customer.id), "name": Mention(name), "title": title_in(name)}
    alone = Reading("update_contact", slots | {"new_contacts": (name,)})
    facts = {"kinds": [Word("write_contact")], "what": Parts((customer.name, name))}
    return Ask("waits_to_be_written", alone, TAKE_OR_LEAVE, "write", facts, customer=customer.id)


def _entry_of(entries: Sequence[Entry], name: str) -> Entry | None:
    """The visit that tells of somebody of that name who is no contact yet."""
    for entry in entries:
        slots = entry.reading.slots if entry.reading and entry.reading.intent == "record_visit" else {}
        people = [person.text for person in slots.get("contacts", ()) if person.key is None]
        if name in people and name not in slots.get("new_contacts", ()):
            return entry
    return None


async def _keep(turn: Turn, card: Card, name: str) -> None:
    card = await correctable(turn, card.id)
    entry = _entry_of(entries_of(card), name)
    if entry is None:
        raise ContactKept(name=name)
    wanted = []
    for other in entries_of(card):
        if other.reading is None:
            continue
        kept = (*other.reading.slots.get("new_contacts", ()), name)
        slots = {**other.reading.slots, **({"new_contacts": kept} if other.place == entry.place else {})}
        wanted.append(Wanted(replace(other.reading, slots=slots), other))
    await rewrite(turn, card, wanted)
