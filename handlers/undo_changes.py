"""Put back what a message wrote, field by field, or say which one somebody has changed since."""

from __future__ import annotations

from typing import Any

from crm import policy
from crm.changes import Change
from crm.errors import NothingToUndo, NotYours
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.changes import last_message_of, later_change, revived, standing_changes
from storage.people import users_named
from storage.questions import cancel_questions, open_question
from storage.tables import THINGS
from talk.message import Outcome, Word


async def undo_changes(turn: Turn, reading: Reading) -> list[Result]:
    """Undo the speaker's last message that wrote or asked something. Raises NothingToUndo."""
    inbox_id = await last_message_of(turn.session, turn.actor.id)
    asked = await open_question(turn.session, turn.chat.id, turn.actor.id, turn.ledger.now)
    if asked is not None and asked.inbox_id > (inbox_id or 0):
        await cancel_questions(turn.session, asked.inbox_id, turn.ledger.now)
        return [Outcome("left_alone", wrote=False)]
    if inbox_id is None:
        raise NothingToUndo
    return [await undo_message(turn, inbox_id)]


async def undo_message(turn: Turn, inbox_id: int) -> Outcome:
    """Undo everything that a message wrote, the newest first; what it asked is asked no more.

    Raises NothingToUndo, NotYours.
    """
    standing = await standing_changes(turn.session, inbox_id)
    if not standing:
        raise NothingToUndo
    author = standing[0].user_id
    if not policy.may("undo", policy.relations(turn.actor, author)):
        owner = await users_named(turn.session, [author])
        raise NotYours(owner=owner[author])
    await cancel_questions(turn.session, inbox_id, turn.ledger.now)
    back: list[Any] = []
    kept: list[Any] = []
    fixed: set[int] = set()  # deals whose stage somebody has moved on: the move stays on record too
    for change in standing:
        thing = await turn.session.get(THINGS[change.thing], change.thing_id, with_for_update=True)
        later = await later_change(turn.session, change)
        if later is None and getattr(thing, "deal_id", 0) in fixed and change.thing == "stage_change":
            continue
        if later is not None:
            kept.append(await _kept(turn, change, later))
            fixed |= {change.thing_id} if change.field == "stage_id" else set()
            continue
        _put_back(turn, change, thing)
        if not _is_silent(change):
            back.append(_what(change))
    await turn.session.flush()
    key = "changes_undone" if not kept else "changes_partly_undone"
    facts = {"back": list(dict.fromkeys(back)), "kept": list(dict.fromkeys(kept))}
    return Outcome(key, facts, (), None, wrote=False)


def _put_back(turn: Turn, change: Change, thing: Any) -> None:
    if change.field:
        turn.ledger.put_back(change, thing, change.field, revived(change.thing, change.field, change.before))
    else:
        turn.ledger.put_back(change, thing, "withdrawn_at", turn.ledger.now)


def _is_silent(change: Change) -> bool:
    """Whether a change only accompanies another that is told: nobody thinks of it as a thing of its own."""
    return change.thing == "stage_change" or change.field in ("currency", "closed_at")


def _what(change: Change) -> Word:
    return Word(f"thing_{change.thing}_{change.field}" if change.field else f"thing_{change.thing}")


async def _kept(turn: Turn, change: Change, later: Change) -> tuple[Word, str]:
    names = await users_named(turn.session, [later.user_id])
    return _what(change), names[later.user_id]
