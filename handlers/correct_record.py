"""A correction in words: find the card and the field that are meant, and rewrite the message with the right value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.changes import Card
from crm.errors import NothingToCorrect
from handlers.cards import show_in_place
from handlers.corrections import way_of
from handlers.entries import CORRECTING, entries_of
from handlers.fields import BEHIND, CALLED, KINDS, Place, addable, places_of, shown_at
from handlers.mend import mend, right_for
from handlers.rewrite import correctable
from handlers.turn import Ask, Choice, Entry, Result, Turn
from nlu.decide import identity
from nlu.rule import Mention, Reading, When
from storage.cards import card_shown_as, last_cards
from storage.deals import all_stages
from talk.message import Outcome, Word

MEANT_WITHIN = timedelta(hours=24)  # without a reply, the last cards of so long
LOOKED_AT = 5  # of those, so many


async def correct_record(turn: Turn, reading: Reading) -> list[Result]:
    """Change the field that is meant on the card that is meant; where several may be, ask which.

    Raises NothingToCorrect, CardUndone, CardTooOld, NotYours.
    """
    meant = reading.slots.get("card") or await _card_meant(turn, reading.slots)
    if meant is None:
        raise NothingToCorrect(said=reading.slots["said"])
    card = await correctable(turn, int(meant))
    entries = entries_of(card)
    chosen = turn.decisions.get("places")
    found = [place for place in places_of(entries) if [place.entry, place.slot] in _plain(chosen)] if chosen else []
    groups = [found] if found else places_meant(entries, reading.slots, turn)
    if not groups:
        raise NothingToCorrect(said=reading.slots["said"])
    if len(groups) > 1:
        return [await _ask_which(turn, reading, card, groups)]
    await mend(turn, card, groups[0], reading.slots, "button" if chosen else way_of(turn))
    await show_in_place(turn, card)
    return [Outcome("corrected_above", wrote=False)] if chosen else []


async def can_correct(turn: Turn, reading: Reading) -> bool:
    """Whether there is a card that a correction may mean, with a field that it fits."""
    key = await _card_meant(turn, reading.slots)
    card = await turn.ledger.get(Card, key)
    return card is not None and bool(places_meant(entries_of(card), reading.slots, turn))


async def _card_meant(turn: Turn, said: Mapping[str, Any]) -> int | None:
    """The card that is replied to; else the speaker's last one here that holds what is called wrong, or the last."""
    incoming = turn.incoming
    if incoming.reply_to:
        card = await card_shown_as(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
        return card.id if card else None
    since = turn.ledger.now - MEANT_WITHIN
    last = await last_cards(turn.session, turn.chat.id, turn.actor.id, since, LOOKED_AT)
    holding = [card for card in last if card.state != "undone" and _holds(card, said)]
    return next((card.id for card in (*holding, *last)), None)


def _holds(card: Card, said: Mapping[str, Any]) -> bool:
    places = [place for place in places_of(entries_of(card)) if right_for(place, said) is not None]
    return any(_holds_wrong(place, said) for place in places)


def places_meant(entries: Sequence[Entry], said: Mapping[str, Any], turn: Turn) -> list[list[Place]]:
    """The fields that a correction may mean: those that hold one and the same value belong together."""
    fits = [place for place in places_of(list(entries)) if right_for(place, said) is not None]
    if "field" in said:
        fits = [place for place in fits if place.slot in CALLED[said["field"]]]
    wrong = [place for place in fits if _holds_wrong(place, said)]
    groups = together(wrong or fits)
    if len(groups) > 1:
        groups = _in_time(groups, said, turn) or groups
    if groups or "wrong" in said:
        return groups
    named = CALLED.get(said.get("field", ""))
    free = [place for place in addable(list(entries)) if right_for(place, said) is not None]
    free = [place for place in free if named is None or place.slot in named]
    return _in_time([[place] for place in free], said, turn)[:1]


def together(places: Sequence[Place]) -> list[list[Place]]:
    """Fields that hold what was said once, in groups."""
    groups: list[list[Place]] = []
    for place in places:
        same = next((g for g in groups if _is_one(g[0], place)), None)
        if same is None:
            groups.append([place])
        else:
            same.append(place)
    return groups


def _is_one(one: Place, other: Place) -> bool:
    """Whether two fields hold what was said once: the customer of all readings, a budget that is the amount too."""
    is_time = KINDS[one.slot] == "when"
    return (
        KINDS[one.slot] == KINDS[other.slot]
        and identity(one.value) == identity(other.value)
        and (not is_time or one.slot == other.slot)
    )


def _holds_wrong(place: Place, said: Mapping[str, Any]) -> bool:
    """Whether a field holds what is called wrong."""
    for kind, value in said.get("wrong", ()):
        held = place.value if isinstance(place.value, tuple) else (place.value,)
        if kind == "number" and KINDS[place.slot] == "amount":
            major = float(place.value.low.major)
            if major in (value, value * 10_000, value * 1_000, value * 100_000_000):
                return True
        elif kind == KINDS[place.slot] and any(_alike(part, value) for part in held):
            return True
    return False


def _alike(held: Any, value: Any) -> bool:
    if isinstance(held, Mention) and isinstance(value, Mention):
        return (held.key is not None and held.key == value.key) or held.text == value.text
    if isinstance(held, When) and isinstance(value, When):
        return held.last_day == value.last_day
    return bool(held == value)


def _in_time(groups: list[list[Place]], said: Mapping[str, Any], turn: Turn) -> list[list[Place]]:
    """Of several times, those that lie on the same side of now as the right one."""
    day = next((value.last_day for kind, value in said["right"] if kind == "when"), None)
    if day is None:
        return groups
    if day == turn.today:
        return groups
    return [group for group in groups if (group[0].slot in BEHIND) == (day < turn.today)]


async def _ask_which(turn: Turn, reading: Reading, card: Card, groups: list[list[Place]]) -> Ask:
    stages = {stage.key: stage.names for stage in await all_stages(turn.session)}
    choices = tuple(
        Choice(
            "choose_field",
            {"places": [[place.entry, place.slot] for place in group]},
            {"field": Word(group[0].label), "value": shown_at(group[0], stages)},
        )
        for group in groups
    )
    waiting = replace(reading, slots={**reading.slots, "card": card.id})
    return Ask("which_field", waiting, choices, f"{CORRECTING}{card.id}", {"said": reading.slots["said"]})


def _plain(places: Any) -> list[list[Any]]:
    """The places of a decision, whether it comes from a button (tuples) or from here."""
    return [list(place) for place in places]
