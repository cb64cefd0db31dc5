"""Files that were kept at the wrong place are put elsewhere: by 不是这次 and a choice, or in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.attachments import Attachment
from crm.changes import Card
from crm.errors import NoFilesSent
from handlers import post
from handlers.cards import show_card
from handlers.entries import entries_of, write
from handlers.rewrite import Wanted, correctable, rewrite
from handlers.turn import Entry, Turn, Waiting
from handlers.whose_files import ask_whose
from nlu.rule import Reading
from storage.attachments import attachments_of_message, last_sent
from storage.cards import card_of_inbox, card_shown_as

MEANT_WITHIN = timedelta(hours=24)  # without a reply, the files of so long are meant
_HOME = ("customer", "visit", "not_visit", "with_visit")


async def card_of_files(turn: Turn) -> Card | None:
    """The card of the files that are meant: the one that is replied to, else that of the files sent last here."""
    incoming = turn.incoming
    if incoming.reply_to:
        return await card_shown_as(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    sent = await last_sent(turn.session, turn.chat.id, turn.actor.id, turn.ledger.now - MEANT_WITHIN)
    return await card_of_inbox(turn.session, sent[0].inbox_id) if sent else None


async def refile(turn: Turn, card: Card, home: Mapping[str, Any]) -> None:
    """Let the card's files belong elsewhere; the rest of the card stays. Raises NoFilesSent and as `correctable`."""
    entries = entries_of(await correctable(turn, card.id))
    if not any(keeps_files(entry) for entry in entries):
        raise NoFilesSent
    readings = [(entry, entry.reading) for entry in entries if entry.reading is not None]
    wanted = [
        Wanted(_elsewhere(reading, home) if keeps_files(entry) else reading, entry) for entry, reading in readings
    ]
    await rewrite(turn, card, wanted)


async def elsewhere_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Ask where the files belong instead. Raises NoFilesSent, CardUndone, CardTooOld, NotYours."""
    known = await card_of_inbox(turn.session, facts["inbox"])
    if known is None:
        raise NoFilesSent
    card = await correctable(turn, known.id)
    attached = await attachments_of_message(turn.session, card.inbox_id)
    entries = [await _asking(turn, entry, attached) for entry in entries_of(card)]
    write(card, turn, entries)
    await post.answer_tap(turn)
    await show_card(turn, card)


async def _asking(turn: Turn, entry: Entry, attached: list[Attachment]) -> Entry:
    """The entry with the question open anew: what was found or answered before decides it no more."""
    if entry.reading is None or not keeps_files(entry):
        return entry
    now = next((attachment.visit_id for attachment in attached if attachment.visit_id), None)
    reading = _elsewhere(entry.reading, {"not_visit": now} if now else {})
    return replace(entry, reading=reading, lines=(Waiting(await ask_whose(turn, reading), {}),), answers=())


def keeps_files(entry: Entry) -> bool:
    """Whether an entry of a card keeps files that came with its message."""
    return entry.reading is not None and entry.reading.intent == "keep_files" and "files" in entry.reading.slots


def _elsewhere(reading: Reading, home: Mapping[str, Any]) -> Reading:
    slots = {slot: value for slot, value in reading.slots.items() if slot not in _HOME}
    return replace(reading, slots={**slots, **home})
