"""Not this customer: what was written under it is taken back, what was learnt is forgotten, and which is asked anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.changes import Card
from crm.errors import NothingToReject
from handlers import post
from handlers.cards import blocks_of, buttons_of, show_card, show_in_place
from handlers.corrections import way_of
from handlers.entries import entries_of, keep, lines_in
from handlers.rewrite import Wanted, correctable, rewrite
from handlers.run import run_entry
from handlers.short_names import as_left_open, forget, taught_as
from handlers.stored import revived
from handlers.turn import Entry, Result, Turn
from nlu.rule import Mention, Reading
from storage.cards import card_of_inbox, last_cards

MEANT_WITHIN = timedelta(hours=24)
LOOKED_AT = 3  # cards: words without a button mean one of the last


async def reject_customer(turn: Turn, reading: Reading) -> list[Result]:
    """Ask anew whom the last message meant whose customer was not named. Raises NothingToReject."""
    since = turn.ledger.now - MEANT_WITHIN
    last = await last_cards(turn.session, turn.chat.id, turn.actor.id, since, LOOKED_AT)
    card = next((card for card in last if card.state != "undone" and _guessed(entries_of(card))), None)
    if card is None:
        raise NothingToReject
    await _ask_anew(turn, card)
    await show_in_place(turn, card)
    return []


async def rejected_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The button of a card, or of an answer that wrote nothing. Raises CardUndone, CardTooOld, NotYours."""
    card = await card_of_inbox(turn.session, facts["inbox"])
    if card is not None:
        await _ask_anew(turn, card)
        await post.answer_tap(turn)
        await show_card(turn, card)
        return
    reading = await _left_open(turn, revived(facts["reading"]))
    entries = [await run_entry(turn, 0, reading)]
    asked = await keep(turn, entries)
    lines = lines_in(entries)
    await post.answer_tap(turn)
    await post.reply(turn, blocks_of(lines, turn.reader), buttons_of(turn, lines, asked.inbox_id, asked))


def _guessed(entries: Sequence[Entry]) -> bool:
    return any(entry.reading is not None and _by(entry.reading) for entry in entries)


def _by(reading: Reading) -> str:
    mention: Mention | None = reading.slots.get("customer")
    return mention.by if mention is not None else ""


async def _ask_anew(turn: Turn, card: Card) -> None:
    card = await correctable(turn, card.id)
    wanted = [
        Wanted(await _left_open(turn, entry.reading, card.text), entry)
        for entry in entries_of(card)
        if entry.reading is not None
    ]
    await rewrite(turn, card, wanted, way=way_of(turn))


async def _left_open(turn: Turn, reading: Reading, text: str = "") -> Reading:
    """The reading without the guess at its customer, which is forgotten where it was learnt. A deal stays in words."""
    mention: Mention | None = reading.slots.get("customer")
    if mention is None or not mention.by:
        return reading
    if mention.by == "learnt":
        forget(turn, [short for short in await taught_as(turn, mention.text) if not short.settles])
    slots = {**{name: value for name, value in reading.slots.items() if name != "deal"}, "customer": None}
    deal: Mention | None = reading.slots.get("deal")
    if deal is not None and deal.text and deal.text in text:
        slots["deal"] = Mention(deal.text)
    said = as_left_open(turn, mention.text)
    if mention.by in ("learnt", "alike") or len(said.candidates) > 1:
        slots["customer"] = said
    return replace(reading, slots=slots)
