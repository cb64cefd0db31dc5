"""Whose person a card is about is asked: the firm that it names, the customer just spoken of and the last ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm.contact_cards import ContactCard
from handlers.customer_choices import CHOICES, customer_choices
from handlers.focus import focus_of
from handlers.turn import Ask, Choice, Turn
from nlu.look_alikes import NEAR, look_alikes
from nlu.rule import Mention, Reading
from storage.customers import recent_customers, visible_among
from storage.duplicates import same_number
from talk.message import Parts, Phrase

SHOWN = ("title", "phone", "other_phone", "email", "wechat")
# What a card calls doubtful, by the slots that hold it.
_DOUBTS = {"name": "name", "title": "title", "phone": "phones", "other_phone": "phones", "email": "email"}


async def whose_card(turn: Turn, reading: Reading) -> Ask:
    """The question whose person it is; cards of one firm are asked about once."""
    card: ContactCard = reading.slots["card"]
    likely, hidden = await _likely(turn, reading, card)
    is_one, who = len(turn.arrived.cards) < 2, reading.slots["name"].text if reading.slots.get("name") else ""
    choices = [
        choice if is_one else replace(choice, facts={"parts": Parts((who, *choice.facts["parts"]))})
        for choice in await customer_choices(turn, await _offered(turn, reading, likely))
    ]
    if card.company and not any(strength > NEAR for strength in likely.values()):
        # Where a colleague's is likely meant, the question that offers to ask them comes first.
        choices.append(
            Choice("create_customer", {"named" if hidden else "new_customer": card.company}, {"name": card.company})
        )
    if "files" in reading.slots:
        choices.append(Choice("keep_card_as_file", {"as_file": True}))
    choices.append(Choice("leave_card" if is_one else "leave_card_of", {"dropped": True}, {"name": who}))
    return Ask("whose_card", reading, tuple(choices), f"customer:{card.company}", card_facts(reading), slot="customer")


async def _likely(turn: Turn, reading: Reading, card: ContactCard) -> tuple[dict[int, int], bool]:
    """The customers that the card's firm or number may be, as far as the speaker sees them, with how strongly; and
    whether there are others.
    """
    alike = {int(one.key): one.strength for one in look_alikes(card.company, turn.names)} if card.company else {}
    for key in await same_number(turn.session, str(reading.slots.get("phone") or ""), ""):
        alike.setdefault(key, NEAR)
    seen = {customer.id for customer in await visible_among(turn.session, turn.actor, list(alike))}
    hidden = any(strength > NEAR for key, strength in alike.items() if key not in seen)
    return {key: strength for key, strength in alike.items() if key in seen}, hidden


async def _offered(turn: Turn, reading: Reading, likely: dict[int, int]) -> list[Any]:
    """The likely ones, then what was spoken of, then the last ones, each once."""
    focus = focus_of(turn)
    spoken_of = [int(focus.customer)] if focus and focus.customer else []
    sure = [key for key, strength in likely.items() if strength > NEAR][: CHOICES - 2]
    suggested: Mention | None = reading.slots.get("suggests")
    told = [suggested.key, *suggested.candidates] if suggested else []
    meant = [int(key) for key in told if key is not None]
    keys = [*meant, *sure, *spoken_of, *(key for key in likely if not sure)][:CHOICES]
    by_key = {customer.id: customer for customer in await visible_among(turn.session, turn.actor, keys)}
    found = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    if not sure and not meant:
        recent = await recent_customers(turn.session, turn.actor, CHOICES)
        found += [customer for customer in recent if customer.id not in by_key]
    return found[: CHOICES - 1]


def card_facts(reading: Reading) -> dict[str, Any]:
    """What a question shows of a card; fields that may have been read wrongly are marked."""
    card: ContactCard = reading.slots["card"]
    name: Mention | None = reading.slots.get("name")
    fields = [
        (f"label_{slot}", _marked(card, slot, str(reading.slots[slot]))) for slot in SHOWN if reading.slots.get(slot)
    ]
    fields += [("label_birthday", card.birthday)] if card.birthday else []
    for field, value in (("company", card.company), ("address", card.address)):
        if value:
            fields.append((f"label_{field}_on_card", _doubted(value) if field in card.doubtful else value))
    who = _marked(card, "name", name.text) if name else Phrase("card_nameless")
    return {"who": Parts((who,)), "fields": tuple(fields)}


def _marked(card: ContactCard, slot: str, value: str) -> Any:
    """A value as it is shown: once somebody has put it right, it is doubtful no more."""
    was = {"name": (card.name,), "title": (card.title,), "email": (card.email,)}.get(slot, card.phones)
    is_doubtful = _DOUBTS.get(slot) in card.doubtful and value in was
    return _doubted(value) if is_doubtful else value


def _doubted(value: str) -> Phrase:
    return Phrase("doubted_value", {"value": value})


def as_file(reading: Reading) -> Reading:
    """The reading of a picture that is no card after all: a file to be kept."""
    told = {slot: reading.slots[slot] for slot in ("files", "message", "customer") if reading.slots.get(slot)}
    return Reading("keep_files", told)
