"""Put back what a message wrote, field by field, or say which one somebody has changed since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time, timedelta

from crm.changes import Card
from crm.errors import NothingToUndo
from handlers.author import check_author
from handlers.cards import show_instead
from handlers.entries import entries_of
from handlers.hand_over_undone import check_not_too_old, is_hand_over, tell_put_back
from handlers.import_undone import undo_import
from handlers.take_back import take_back
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading, When
from storage.bulk_undo import is_bulk
from storage.cards import cards_between, mark_undone, open_card
from storage.changes import last_message_of, standing_changes
from talk.message import Offer, Outcome


async def undo_changes(turn: Turn, reading: Reading) -> list[Result]:
    """Undo the speaker's last message that wrote or asked something, or those of a day about a customer.

    Raises NothingToUndo.
    """
    if reading.slots.get("customer") is not None or reading.slots.get("at") is not None:
        return [await _undo_told(turn, reading.slots.get("customer"), reading.slots.get("at"))]
    here = turn.chat.id if turn.chat.is_group else None  # what was said elsewhere is not for all to read
    inbox_id = await last_message_of(turn.session, turn.actor.id, here)
    asked = await open_card(turn.session, turn.chat.id, turn.actor.id, turn.ledger.now)
    if asked is not None and asked.inbox_id > (inbox_id or 0):
        await mark_undone(turn.session, asked.inbox_id)
        return [Outcome("left_alone", wrote=False)]
    if inbox_id is None:
        raise NothingToUndo
    outcome = await undo_message(turn, inbox_id)
    await show_instead(turn, inbox_id, outcome)
    return [outcome]


async def undo_message(turn: Turn, inbox_id: int, entries: Collection[int] | None = None) -> Outcome:
    """Undo everything that a message or those entries of it wrote, the newest first; it asks nothing any more.

    Raises NothingToUndo, HandOverTooOld.
    """
    # The card first: an answer that is being written at this moment is waited for, and then undone too.
    if entries is None:
        await mark_undone(turn.session, inbox_id)
    if await is_bulk(turn.session, inbox_id):
        return await undo_import(turn, inbox_id)
    standing = await standing_changes(turn.session, inbox_id, entries)
    if not standing:
        raise NothingToUndo
    await check_author(turn, standing[0].user_id)
    check_not_too_old(turn, standing)
    is_given = is_hand_over(standing)
    taken = await take_back(turn, standing, notes=not is_given)
    if is_given:
        tell_put_back(turn, standing, taken)
    key = "changes_undone" if not taken.standing else "changes_partly_undone" if taken.back else "changes_kept"
    again = Offer("button_redo", "redo", {"by": turn.incoming.id})
    return Outcome(key, await taken.told(turn), wrote=False, offers=((again,),) if taken.back else ())


async def _undo_told(turn: Turn, customer: Mention | None, at: When | None) -> Outcome:
    """Undo what the speaker's messages of a day (today where none is told) wrote about a customer, or at all."""
    day = (at.last_day if at else None) or turn.today
    since = datetime.combine(day, time(), turn.now.tzinfo)
    told = []
    for card in await cards_between(turn.session, turn.actor.id, since, since + timedelta(days=1)):
        entries = _entries_about(card, customer.key if customer else None)
        if entries and await standing_changes(turn.session, card.inbox_id, entries):
            is_whole = len(entries) == len(card.entries)
            told.append(await undo_message(turn, card.inbox_id, None if is_whole else entries))
            if is_whole:
                await show_instead(turn, card.inbox_id, replace(told[-1], offers=()))
    if not told:
        raise NothingToUndo
    return _joined(told)


def _entries_about(card: Card, customer: object) -> list[int]:
    return [
        entry.place
        for entry in entries_of(card)
        if customer is None or any(isinstance(line, Outcome) and line.customer == customer for line in entry.lines)
    ]


def _joined(told: list[Outcome]) -> Outcome:
    """Several messages undone, told as one."""
    back = [what for outcome in told for what in outcome.facts["back"]]
    kept = [what for outcome in told for what in outcome.facts["kept"]]
    key = "changes_undone" if not kept else "changes_partly_undone" if back else "changes_kept"
    facts = {"back": list(dict.fromkeys(back)), "kept": [what for n, what in enumerate(kept) if what not in kept[:n]]}
    return Outcome(key, facts, wrote=False, offers=told[0].offers)
