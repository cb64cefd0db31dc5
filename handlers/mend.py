"""Put right values into the readings of a card, with what follows from them, and rewrite the message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from crm.changes import Card
from crm.money import Money
from handlers.entries import entries_of
from handlers.fields import KINDS, Place
from handlers.known import contacts_known
from handlers.rewrite import Wanted, rewrite
from handlers.turn import Turn
from nlu.decide import identity
from nlu.rule import Amount, Mention, Reading

SCALES = (10_000, 1_000, 100_000_000)  # 不是80是90: in the unit that the wrong sum was told in
SMALL = 1_000  # a bare number below this is told in the unit of what stands there


def right_for(place: Place, said: Mapping[str, Any]) -> Any:
    """The right value in the form that a field holds, None where none of its senses fits."""
    kind = KINDS[place.slot]
    for sense, value in said["right"]:
        if sense == kind and _has_form(place.slot, value):
            return value
        if sense == "number" and kind == "amount":
            return _scaled(place.value, value, said.get("wrong", ()))
        if sense == "number" and kind == "percent" and 0 <= value <= 100:
            return value
        if sense == "percent" and kind == "percent":
            return value
    if kind in ("text", "phone", "email") and any(sense == "text" for sense, _ in said["right"]):
        return said["said"]
    return None


def _has_form(slot: str, value: Any) -> bool:
    """A period answers when something is due, not when it was."""
    return slot != "deal" or isinstance(value, Mention)


def _scaled(held: Amount | None, number: float, wrong: Sequence[tuple[str, Any]]) -> Amount:
    """A bare number as a sum, in the unit that the wrong one shows."""
    if held is None:
        return Amount(Money.of(number))
    major = float(held.low.major)
    for kind, value in wrong:
        if kind == "number" and value:
            scale = next((s for s in SCALES if value * s == major), 1)
            return Amount(Money.of(number * scale, held.low.currency))
    scale = 10_000 if number < SMALL and major % 1_000 == 0 and major >= 10_000 else 1
    return Amount(Money.of(number * scale, held.low.currency))


async def mend(turn: Turn, card: Card, places: Sequence[Place], said: Mapping[str, Any], way: str) -> None:
    """Rewrite the card's message with the right value in the places, put right that way (crm.corrections.WAYS)."""
    changed = {(place.entry, place.slot): right_for(place, said) for place in places}
    wanted = []
    for entry in entries_of(card):
        if entry.reading is not None:
            slots = {slot: value for (at, slot), value in changed.items() if at == entry.place}
            wanted.append(Wanted(await _with(turn, card, entry.reading, slots, said), entry))
    await rewrite(turn, card, wanted, way=way)


async def _with(turn: Turn, card: Card, reading: Reading, slots: Mapping[str, Any], said: Mapping[str, Any]) -> Reading:
    new = dict(reading.slots)
    for slot, value in slots.items():
        if slot in ("contacts", "competitors"):
            new[slot] = _exchanged(new.get(slot, ()), value, said.get("wrong", ()))
        else:
            new[slot] = value
    if "customer" in slots:
        new = await _of_customer(turn, card, reading.slots, new)
    return replace(reading, slots=new) if slots else reading


def _exchanged(held: tuple[Any, ...], right: Any, wrong: Sequence[tuple[str, Any]]) -> tuple[Any, ...]:
    """A list with the wrong member exchanged for the right one; the only member is the wrong one."""
    bad = {identity(value) for _, value in wrong} | {getattr(value, "text", value) for _, value in wrong}
    kept = tuple(one for one in held if identity(one) not in bad and getattr(one, "text", one) not in bad)
    if len(kept) == len(held) and len(held) == 1:
        kept = ()
    return (*kept, right)


async def _of_customer(turn: Turn, card: Card, old: Mapping[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """People and deal were those of the former customer: whoever is called the same at the right one is meant."""
    customer: Mention = new["customer"]
    people = await contacts_known(turn, int(customer.key)) if customer.key is not None else []
    for slot in ("contacts", "name"):
        if old.get(slot):
            several = old[slot] if isinstance(old[slot], tuple) else (old[slot],)
            found = tuple(_called(mention, people) for mention in several)
            new[slot] = found if isinstance(old[slot], tuple) else found[0]
    deal: Mention | None = old.get("deal")
    if deal is not None:
        new.pop("deal")
        if deal.text and deal.text in card.text:
            new["deal"] = Mention(deal.text)
    return new


def _called(mention: Mention, people: Sequence[Any]) -> Mention:
    """The person of that name or surname and title, by the words alone where there is none or several."""
    text = mention.text
    alike = [p for p in people if p.name == text or (p.name[:1] == text[:1] and p.title and text[1:2] in p.title)]
    return Mention(text, alike[0].id if len(alike) == 1 else None)
