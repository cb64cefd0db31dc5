"""The files of a message become a reading of their own beside those of its words; some join what came before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.attachments import extension_of
from crm.changes import Card
from crm.visits import Visit
from handlers.answers import asked_here
from handlers.cards import redraw, show_in_place
from handlers.entries import entries_of, lines_of, turn_of, write
from handlers.import_customers import SHEETS
from handlers.refile import keeps_files
from handlers.rewrite import run_again
from handlers.settle import settle
from handlers.turn import Entry, Turn, Waiting
from handlers.whose_files import WHOSE
from nlu.question import LOOKS
from nlu.rule import Find, Mention, Reading
from storage.attachments import first_of_album
from storage.cards import card_of_inbox, card_of_message, card_shown_as, locked_card
from storage.customers import customer_name
from storage.visits import last_visit_told, visit_near, visits_of_message
from talk.incoming import IncomingFile
from talk.message import Outcome

AFTER_A_VISIT = timedelta(minutes=30)  # files without words belong to the visit that was told of so long before
BEFORE_A_VISIT = timedelta(minutes=15)  # and so long they wait for one to be told of
ALBUM_WAIT = timedelta(seconds=1)  # albums have no end mark: their card waits for what may still come


async def with_files(turn: Turn, readings: Sequence[Reading], finds: Sequence[Find]) -> Sequence[Reading]:
    """The readings of a message with one for its files, if it brings any; a customer named in it labels them."""
    incoming = turn.incoming
    if not incoming.files:
        return readings
    told = [reading for reading in readings if reading.intent not in LOOKS]
    slots: dict[str, Any] = {"files": incoming.files, "message": incoming.message, "album": incoming.album}
    mention = next((r.slots["customer"] for r in reversed(readings) if r.slots.get("customer")), the_customer(finds))
    if any(reading.intent == "record_visit" for reading in told):
        visited = [reading for reading in told if reading.intent == "record_visit"]
        mention, slots["with_visit"] = visited[-1].slots.get("customer"), True
    if mention is not None:
        slots["customer"] = mention
    elif "with_visit" not in slots and (visit := await visit_before(turn)) is not None:
        name = await customer_name(turn.session, visit.customer_id)
        slots |= {"visit": visit.id, "customer": Mention(name, visit.customer_id)}
    elif "with_visit" not in slots and turn.bound is not None:
        name = await customer_name(turn.session, turn.bound.customer_id)
        slots["customer"] = Mention(name, turn.bound.customer_id, by="focus")
    if _is_for_import(turn, readings, slots):
        told, slots["sheet"] = [], True
    turn.hold = ALBUM_WAIT if incoming.album else turn.hold
    return [*told, Reading("keep_files", {slot: value for slot, value in slots.items() if value})]


def _is_for_import(turn: Turn, readings: Sequence[Reading], slots: Mapping[str, Any]) -> bool:
    """Whether a private message brings a sheet to be imported: by its caption, or without words and home."""
    files = turn.incoming.files
    if turn.incoming.is_group or len(files) != 1 or turn.incoming.album:
        return False
    if any(reading.intent == "import_customers" for reading in readings):
        return True
    is_bare = not turn.text.strip() and not slots.keys() & {"customer", "visit", "with_visit"}
    return is_bare and extension_of(files[0].name) in SHEETS


def the_customer(finds: Sequence[Find]) -> Mention | None:
    """The customer that the words name, None where they name none or several."""
    named = {find.value: find for find in finds if find.kind == "customer"}
    if len(named) != 1:
        return None
    ((keys, find),) = named.items()
    if isinstance(keys, str):
        return Mention(keys)
    return Mention(find.text, keys[0]) if len(keys) == 1 else Mention(find.text, None, keys)


async def visit_before(turn: Turn) -> Visit | None:
    """The visit of the message or card that is replied to, else the one told of a short while ago."""
    incoming = turn.incoming
    if incoming.reply_to:
        shown = await card_shown_as(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
        card = shown or await card_of_message(turn.session, turn.chat.id, incoming.reply_to)
        if card is not None and card.chat_id == turn.chat.id:
            return _of_group(turn, next(reversed(await visits_of_message(turn.session, card.inbox_id)), None))
    return _of_group(turn, await last_visit_told(turn.session, turn.actor, turn.chat.id, incoming.at - AFTER_A_VISIT))


def _of_group(turn: Turn, visit: Visit | None) -> Visit | None:
    """The visit, unless it is of another customer than the group is bound to by now."""
    is_elsewhere = visit is not None and turn.bound is not None and visit.customer_id != turn.bound.customer_id
    return None if is_elsewhere else visit


async def joins_a_card(turn: Turn) -> bool:
    """Whether files without words belong to a card that stands: of the first item of their album, or of files that came
    before and wait to be told whose they are.
    """
    if not turn.incoming.files or turn.text.strip():
        return False
    known = await _album_s_card(turn) or await _asking_card(turn)
    card = await locked_card(turn.session, known.id) if known else None
    if card is None or card.state == "undone":
        return False
    own, turn.ledger.inbox_id = turn.ledger.inbox_id, card.inbox_id
    then = turn_of(card, turn)
    entries = [
        await run_again(then, entry, _joined(entry.reading, turn.incoming.files))
        if entry.reading is not None and keeps_files(entry)
        else entry
        for entry in entries_of(card)
    ]
    write(card, turn, entries)
    turn.ledger.inbox_id = own
    await redraw(turn, card, ALBUM_WAIT)
    return True


async def _album_s_card(turn: Turn) -> Card | None:
    album = turn.incoming.album
    first = await first_of_album(turn.session, turn.chat.id, turn.actor.id, album) if album else None
    return await card_of_inbox(turn.session, first.inbox_id) if first else None


async def _asking_card(turn: Turn) -> Card | None:
    """The card that asks whose the files are that came a short while before."""
    asked = None if turn.incoming.reply_to else await asked_here(turn)
    return asked if asked is not None and _asks(turn, asked, "whose_files") else None


def _asks(turn: Turn, card: Card, *keys: str) -> bool:
    """Whether a card asks, since not long ago, one of the questions."""
    waiting = {line.ask.key for line in lines_of(card) if isinstance(line, Waiting)}
    return not waiting.isdisjoint(keys) and turn.incoming.at - card.at <= BEFORE_A_VISIT


def _joined(reading: Reading, files: tuple[IncomingFile, ...]) -> Reading:
    return replace(reading, slots={**reading.slots, "files": (*reading.slots["files"], *files)})


async def take_to_visit(turn: Turn, asked: Card, entries: Iterable[Entry]) -> None:
    """Files, or a place, that wait to be told whose they are go with the visit that is reported right after them."""
    told = [
        line for entry in entries if entry.reading and entry.reading.intent == "record_visit" for line in entry.lines
    ]
    customers = [line.customer for line in told if isinstance(line, Outcome) and line.wrote and line.customer]
    if not customers or not _asks(turn, asked, "whose_files", "where_checked_in"):
        return
    visit = await visit_near(turn.session, turn.actor.id, customers[-1], turn.ledger.now)
    card = await locked_card(turn.session, asked.id)
    if visit is None or card is None:
        return
    turn.known.clear()
    own, turn.ledger.inbox_id = turn.ledger.inbox_id, card.inbox_id
    await settle(turn, card, WHOSE, {"customer": visit.customer_id, "visit": visit.id, "confirmed": True})
    turn.ledger.inbox_id = own
    await show_in_place(turn, card, corrected=False)
