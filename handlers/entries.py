"""The entries of a card: how they are kept and read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crm.changes import Card
from handlers.stored import revived, stored
from handlers.turn import Ask, Entry, Line, Turn, Waiting
from talk.catalogue import say
from talk.forms import Reader

LIFETIME = timedelta(days=1)
CORRECTING = "field:"  # groups of asks that a correction puts
OFFERING = "place:"  # and those that offer something which need not be


async def keep(turn: Turn, entries: Sequence[Entry]) -> Card:
    """Store what a message was read as together with what came of it."""
    card = Card(
        chat_id=turn.chat.id,
        user_id=turn.actor.id,
        inbox_id=turn.incoming.id,
        message=turn.incoming.message,
        text=turn.text,
        at=turn.incoming.at,
    )
    write(card, turn, entries)
    turn.session.add(card)
    await turn.session.flush()
    return card


def entries_of(card: Card) -> list[Entry]:
    """What a card holds."""
    return [revived(entry) for entry in card.entries]


def lines_in(entries: Iterable[Entry]) -> list[Line]:
    """The lines of entries, one after the other."""
    return [line for entry in entries for line in entry.lines]


def lines_of(card: Card) -> list[Line]:
    """The lines of a card."""
    return lines_in(entries_of(card))


def write(card: Card, turn: Turn, entries: Iterable[Entry]) -> None:
    """Store the entries; while one of them waits the card is open."""
    before, kept = _asked(lines_of(card)), list(entries)
    card.entries = [stored(entry) for entry in kept]
    lines = lines_in(kept)
    if _asked(lines) - before:
        card.asked_at, card.expires_at = turn.ledger.now, _until(card, lines, turn.ledger.now)
    card.waits_for = _waits_for(lines, replace(turn.reader, is_now=False))
    card.state = state_of(kept, card, turn.ledger.now)


def _until(card: Card, lines: Iterable[Line], now: datetime) -> datetime:
    """A day from now; what waits for a superior as well keeps the time that they were given."""
    is_longer = any(isinstance(line, Waiting) and line.at_superior for line in lines)
    given = [card.expires_at] if is_longer and card.expires_at is not None else []
    return max([now + LIFETIME, *given])


def _waits_for(lines: Iterable[Line], reader: Reader) -> list[str]:
    """What waits, in sentences; a correction that was begun, or an offer, is no loss to hear of."""
    missed = [line for line in lines if isinstance(line, Waiting)]
    waiting = [line for line in missed if not line.ask.group.startswith((CORRECTING, OFFERING))]
    return list(dict.fromkeys(say(*as_asked(line, reader)) for line in waiting))


def as_asked(line: Waiting, reader: Reader) -> tuple[str, Reader, Mapping[str, Any]]:
    """What an ask says, and of whom it waits for, as `say` takes it."""
    if not line.at_superior:
        return line.ask.key, reader, line.ask.facts
    facts = {"what": say(line.ask.key, reader, line.ask.facts), "name": line.at_superior}
    return "waits_for_superior", reader, facts


def state_of(entries: Iterable[Entry], card: Card, now: datetime) -> str:
    """What a card is while nobody takes it back: open as long as something waits and may still be answered."""
    waits = any(isinstance(line, Waiting) for line in lines_in(entries))
    if not waits:
        return "done"
    return "expired" if card.expires_at is not None and card.expires_at <= now else "open"


def _asked(lines: Iterable[Line]) -> set[str]:
    return {about(line.ask) for line in lines if isinstance(line, Waiting)}


def turn_of(card: Card, turn: Turn) -> Turn:
    """The turn as it was when the card's message came: its words and moment, the transaction and actor of now."""
    return replace(turn, incoming=replace(turn.incoming, at=card.at), text=card.text)


def about(ask: Ask) -> str:
    """What an ask asks, in a few characters: a button that was shown for something else decides nothing."""
    told = json.dumps(stored([ask.key, ask.reading, ask.facts]), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
