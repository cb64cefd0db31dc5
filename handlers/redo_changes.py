"""An undo is put back: what it took back is written again, save what somebody has changed since."""

from __future__ import annotations

from crm.changes import Card, Change
from crm.errors import NothingToRedo
from crm.users import Chat
from handlers.author import check_author
from handlers.cards import show_in_place
from handlers.entries import entries_of, state_of
from handlers.groups.share_group import bind_as_said
from handlers.import_undone import redo_import
from handlers.may_stand import may_stand
from handlers.take_back import is_silent, left_as_it_is, what_of
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.bulk_undo import is_bulk
from storage.cards import card_of_inbox, locked_card
from storage.changes import as_it_was, last_undo_of, later_change, put_back_by, standing_changes, undone_by
from storage.people import users_named
from storage.tables import THINGS
from talk.message import Outcome, Word


async def redo_changes(turn: Turn, reading: Reading) -> list[Result]:
    """Put the speaker's last undo back. Raises NothingToRedo, NotYours."""
    by = await last_undo_of(turn.session, turn.actor.id)
    if by is None:
        raise NothingToRedo
    outcome, cards = await redo_all(turn, by)
    for card in cards:
        await show_in_place(turn, card, corrected=False)
    return [outcome]


async def redo_all(turn: Turn, by: int) -> tuple[Outcome, list[Card]]:
    """Write again what the message `by` took back, of one message or of several; their cards stand again.

    Raises NothingToRedo, NotYours.
    """
    told = [await _redone(turn, inbox_id, by) for inbox_id in await undone_by(turn.session, by)]
    again = [what for part, _ in told for what in part]
    kept = [pair for _, part in told for pair in part]
    if not again and not kept:
        raise NothingToRedo
    cards = [await card_of_inbox(turn.session, inbox_id) for inbox_id in await undone_by(turn.session, by)]
    return await _told(turn, again, kept), [card for card in cards if card is not None]


async def _redone(turn: Turn, inbox_id: int, by: int) -> tuple[list[Word], list[tuple[Word, int]]]:
    """What of one message is written again, and what is not, with who changed it since."""
    if await is_bulk(turn.session, inbox_id):
        return await redo_import(turn, inbox_id, by)
    card = await card_of_inbox(turn.session, inbox_id)
    if card is not None:
        await locked_card(turn.session, card.id)
    there = {_about(change) for change in await standing_changes(turn.session, inbox_id)}
    undone = [pair for pair in await put_back_by(turn.session, inbox_id, by) if _about(pair[0]) not in there]
    if not undone:
        return [], []
    await check_author(turn, undone[0][0].user_id)
    own, turn.ledger.inbox_id = turn.ledger.inbox_id, inbox_id
    again, kept = [], []
    for written, back in undone:
        later = await later_change(turn.session, back)
        if later is None and await _write_again(turn, written):
            again += [] if is_silent(written) else [what_of(written)]
        else:
            kept.append((what_of(written), later.user_id if later else 0))
    turn.ledger.let_pass()  # what was allowed once
    if card is not None:
        card.state = state_of(entries_of(card), card, turn.ledger.now)
    turn.ledger.inbox_id = own
    return again, kept


async def _told(turn: Turn, again: list[Word], kept: list[tuple[Word, int]]) -> Outcome:
    names = await users_named(turn.session, [user_id for _, user_id in kept])
    facts = {
        "back": list(dict.fromkeys(again)),
        "kept": left_as_it_is(kept, names),
    }
    key = "changes_redone" if not kept else "changes_partly_redone" if again else "changes_kept"
    return Outcome(key, facts, wrote=False)


def _about(change: Change) -> tuple[str, int, str]:
    return change.thing, change.thing_id, change.field


async def _write_again(turn: Turn, written: Change) -> bool:
    """Do it once more, where it may be so now."""
    thing = await turn.session.get(THINGS[written.thing], written.thing_id, with_for_update=True)
    value = as_it_was(written.thing, written.field, written.after) if written.field else None
    if not await may_stand(turn, written, thing, value):
        return False
    turn.ledger.write_again(written, thing, value)
    if isinstance(thing, Chat):
        await bind_as_said(turn, thing)
    return True
