"""The button 改: the card's fields to choose from, then the value. A field being changed is a question on the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from crm.changes import Card
from crm.errors import NothingToCorrect
from crm.visits import KINDS as CHANNELS
from handlers import post
from handlers.cards import blocks_of, show_card
from handlers.correct_record import together
from handlers.entries import CORRECTING, entries_of, lines_of, write
from handlers.fields import BEHIND, KINDS, Place, places_of, shown_at
from handlers.known import contacts_known
from handlers.mend import mend
from handlers.rewrite import correctable
from handlers.turn import Ask, Choice, Entry, Turn, Waiting
from nlu.rule import Mention, When
from storage.customers import recent_customers
from storage.deals import all_stages
from talk.catalogue import say
from talk.message import Button, Outcome, Word

SHOWN = 4  # choices of people, customers and days
ACROSS = 2  # fields side by side
GROUP = CORRECTING


async def fields_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Offer the card's fields. Raises CardUndone, CardTooOld, NotYours, NothingToCorrect."""
    card = await correctable(turn, facts["card"])
    groups = together(places_of(entries_of(card)))
    if not groups:
        raise NothingToCorrect(said="")
    stages = await _stages(turn)
    buttons = [_button(turn, card, group, stages) for group in groups]
    rows = [tuple(buttons[at : at + ACROSS]) for at in range(0, len(buttons), ACROSS)]
    back = post.button(turn, turn.actor.id, say("button_back", turn.reader), "card", {"card": card.id})
    await post.answer_tap(turn)
    await post.reply(turn, blocks_of(lines_of(card), turn.reader, card), (*rows, (back,)), card=card)


async def card_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Show the card as it stands. Raises CardUndone, CardTooOld, NotYours."""
    card = await correctable(turn, facts["card"])
    await post.answer_tap(turn)
    await show_card(turn, card)


async def field_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Ask for the value of a field. Raises CardUndone, CardTooOld, NotYours, NothingToCorrect."""
    card = await correctable(turn, facts["card"])
    meant = [place for place in places_of(entries_of(card)) if [place.entry, place.slot] in facts["places"]]
    if not meant:
        raise NothingToCorrect(said="")
    entries = [_asked_less(entry, f"{GROUP}{card.id}") for entry in entries_of(card)]
    ask = await _ask(turn, card, meant, entries)
    first = meant[0].entry
    asking = [replace(e, lines=(*e.lines, Waiting(ask, {}))) if e.place == first else e for e in entries]
    write(card, turn, asking)
    await post.answer_tap(turn)
    await show_card(turn, card)


async def take_value(turn: Turn, card: Card, group: str, decision: Mapping[str, Any]) -> None:
    """Write the value that was tapped or told for the fields that a group asks about; with none, leave them."""
    entries = entries_of(card)
    lines = [line for entry in entries for line in entry.lines if isinstance(line, Waiting)]
    places = [place for line in lines if line.ask.group == group for place in line.ask.facts["places"]]
    write(card, turn, [_asked_less(entry, group) for entry in entries])
    if decision.get("dropped") or not places:
        return
    wanted = {(entry, slot) for entry, slot in places}
    meant = [place for place in places_of(entries) if (place.entry, place.slot) in wanted]
    await mend(turn, await correctable(turn, card.id), meant, decision["said"], "button")


def is_field(line: Any) -> bool:
    """Whether a line asks for the value of a field."""
    return isinstance(line, Waiting) and line.ask.slot.startswith(GROUP)


def _asked_less(entry: Entry, group: str) -> Entry:
    """The entry without what a group asks; of the fields that 改 offers one is asked for at a time."""
    kept = (line for line in entry.lines if not (isinstance(line, Waiting) and line.ask.group == group))
    return replace(entry, lines=tuple(kept))


def _button(turn: Turn, card: Card, group: Sequence[Place], stages: dict[str, Any]) -> Button:
    words = {"field": Word(group[0].label), "value": _short(say("change_to", turn.reader, _value(group[0], stages)))}
    facts = {"card": card.id, "places": [[place.entry, place.slot] for place in group]}
    return post.button(turn, turn.actor.id, say("button_field", turn.reader, words), "field", facts)


def _value(place: Place, stages: dict[str, Any]) -> dict[str, Any]:
    return {"value": shown_at(place, stages)}


def _short(text: str) -> str:
    return text if len(text) <= 12 else text[:11] + "…"


async def _stages(turn: Turn) -> dict[str, Any]:
    return {stage.key: stage.names for stage in await all_stages(turn.session)}


async def _ask(turn: Turn, card: Card, meant: Sequence[Place], entries: Sequence[Entry]) -> Ask:
    place = meant[0]
    entry = next(entry for entry in entries if entry.place == place.entry)
    if entry.reading is None:
        raise NothingToCorrect(said="")
    stages = await _stages(turn)
    choices = [
        Choice("change_to", {"said": {"right": ((KINDS[place.slot], value),), "said": ""}}, {"value": label})
        for value, label in await _likely(turn, place, entry, stages)
    ]
    choices.append(Choice("leave_field", {"dropped": True}))
    facts = {
        "field": Word(place.label),
        "value": shown_at(place, stages),
        "places": [[one.entry, one.slot] for one in meant],
    }
    return Ask("which_value", entry.reading, tuple(choices), f"{GROUP}{card.id}", facts, slot=f"{GROUP}{place.slot}")


async def _likely(turn: Turn, place: Place, entry: Entry, stages: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Values that are likely meant instead, each with how it is shown; none where one has to write it."""
    match KINDS[place.slot]:
        case "customer" if turn.bound is None:
            recent = await recent_customers(turn.session, turn.actor, SHOWN)
            return [(Mention(c.name, c.id), c.name) for c in recent if c.id != place.value.key]
        case "contact":
            about = [line.customer for line in entry.lines if isinstance(line, Outcome) and line.customer]
            customer = about[0] if about else None
            people = await contacts_known(turn, customer) if customer else []
            return [(Mention(p.name, p.id), p.name) for p in people[:SHOWN]]
        case "when":
            return [(When(day), day) for day in _days(turn.today, is_behind=place.slot in BEHIND)]
        case "stage":
            return [(key, names) for key, names in stages.items() if key != place.value]
        case "channel":
            return [(kind, Word(f"kind_{kind}")) for kind in CHANNELS if kind != place.value]
        case _:
            return []


def _days(today: date, *, is_behind: bool) -> list[date]:
    if is_behind:
        return [today - timedelta(days=back) for back in range(3)]
    monday = today + timedelta(days=7 - today.weekday())
    return [today + timedelta(days=1), today + timedelta(days=2), monday, monday + timedelta(days=4)]
