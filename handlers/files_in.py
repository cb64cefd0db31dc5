"""The files of a message become a reading of their own beside those of its words; later items join their album."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.visits import Visit
from handlers.cards import redraw
from handlers.entries import entries_of, turn_of, write
from handlers.rewrite import run_again
from handlers.turn import Turn
from nlu.decide import LOOKS
from nlu.rule import Find, Mention, Reading
from storage.attachments import first_of_album
from storage.cards import card_of_inbox, card_of_message, card_shown_as, locked_card
from storage.customers import customer_name
from storage.visits import last_visit_told, visits_of_message
from talk.message import IncomingFile

AFTER_A_VISIT = timedelta(minutes=30)  # files without words belong to the visit that was told of so long before
ALBUM_WAIT = timedelta(seconds=1)  # albums have no end mark: their card waits for what may still come


async def with_files(turn: Turn, readings: Sequence[Reading], finds: Sequence[Find]) -> Sequence[Reading]:
    """The readings of a message with one for its files, if it brings any; a customer named in it labels them."""
    incoming = turn.incoming
    if not incoming.files:
        return readings
    told = [reading for reading in readings if reading.intent not in LOOKS]
    slots: dict[str, Any] = {"files": incoming.files, "message": incoming.message, "album": incoming.album}
    mention = next((r.slots["customer"] for r in reversed(readings) if r.slots.get("customer")), _named(finds))
    if any(reading.intent == "record_visit" for reading in told):
        visited = [reading for reading in told if reading.intent == "record_visit"]
        mention, slots["with_visit"] = visited[-1].slots.get("customer"), True
    if mention is not None:
        slots["customer"] = mention
    elif "with_visit" not in slots and (visit := await _visit_before(turn)) is not None:
        name = await customer_name(turn.session, visit.customer_id)
        slots |= {"visit": visit.id, "customer": Mention(name, visit.customer_id)}
    turn.hold = ALBUM_WAIT if incoming.album else turn.hold
    return [*told, Reading("keep_files", {slot: value for slot, value in slots.items() if value})]


def _named(finds: Sequence[Find]) -> Mention | None:
    """The customer that the words name, None where they name none or several."""
    named = {find.value: find for find in finds if find.kind == "customer"}
    if len(named) != 1:
        return None
    ((keys, find),) = named.items()
    if isinstance(keys, str):
        return Mention(keys)
    return Mention(find.text, keys[0]) if len(keys) == 1 else Mention(find.text, None, keys)


async def _visit_before(turn: Turn) -> Visit | None:
    """The visit of the message or card that is replied to, else the one told of a short while ago."""
    incoming = turn.incoming
    if incoming.reply_to:
        shown = await card_shown_as(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
        card = shown or await card_of_message(turn.session, turn.chat.id, incoming.reply_to)
        if card is not None and card.chat_id == turn.chat.id:
            return next(reversed(await visits_of_message(turn.session, card.inbox_id)), None)
    return await last_visit_told(turn.session, turn.actor, turn.chat.id, incoming.at - AFTER_A_VISIT)


async def joins_album(turn: Turn) -> bool:
    """Whether the message is a later item of an album, which then belongs to the card of the first."""
    incoming = turn.incoming
    if not incoming.album or not incoming.files or turn.text.strip():
        return False
    first = await first_of_album(turn.session, turn.chat.id, turn.actor.id, incoming.album)
    known = await card_of_inbox(turn.session, first.inbox_id) if first else None
    card = await locked_card(turn.session, known.id) if known else None
    if card is None or card.state == "undone":
        return False
    own, turn.ledger.inbox_id = turn.ledger.inbox_id, card.inbox_id
    then = turn_of(card, turn)
    entries = [
        await run_again(then, entry, _joined(entry.reading, incoming.files))
        if entry.reading is not None and entry.reading.slots.get("album") == incoming.album
        else entry
        for entry in entries_of(card)
    ]
    write(card, turn, entries)
    turn.ledger.inbox_id = own
    await redraw(turn, card, ALBUM_WAIT)
    return True


def _joined(reading: Reading, files: tuple[IncomingFile, ...]) -> Reading:
    return replace(reading, slots={**reading.slots, "files": (*reading.slots["files"], *files)})
