"""Put back what a message wrote, field by field, or say which one somebody has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crm import policy
from crm.changes import Change
from crm.errors import NothingToUndo, NotYours
from crm.tasks import Task
from handlers.turn import Note, Result, Turn
from nlu.rule import Reading
from storage.changes import as_it_was, last_message_of, later_change, standing_changes
from storage.customers import customer_ids_of, visible_among
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


@dataclass
class _Undone:
    """What was put back, what was kept and who changed it since, and the deals whose stage was kept."""

    back: list[Word] = field(default_factory=list)
    kept: list[tuple[Word, int]] = field(default_factory=list)
    fixed: set[int] = field(default_factory=set)


async def undo_message(turn: Turn, inbox_id: int) -> Outcome:
    """Undo everything that a message wrote, the newest first; what it asked is asked no more.

    Raises NothingToUndo, NotYours.
    """
    # The questions first: an answer that is being written at this moment is waited for, and then undone too.
    await cancel_questions(turn.session, inbox_id, turn.ledger.now)
    standing = await standing_changes(turn.session, inbox_id)
    if not standing:
        raise NothingToUndo
    author = standing[0].user_id
    names = await users_named(turn.session, [author])
    if not policy.may("undo", policy.relations(turn.actor, author)):
        raise NotYours(owner=names[author])
    undone = _Undone()
    for change in standing:
        await _undo_one(turn, change, undone)
    await turn.session.flush()
    return await _told(turn, undone)


async def _undo_one(turn: Turn, change: Change, undone: _Undone) -> None:
    thing = await turn.session.get(THINGS[change.thing], change.thing_id, with_for_update=True)
    if change.thing == "stage_change" and getattr(thing, "deal_id", 0) in undone.fixed:
        return
    later = await later_change(turn.session, change)
    if later is not None or not await _may_still(turn, thing):
        undone.kept.append((_what(change), later.user_id if later else 0))
        undone.fixed |= {change.thing_id} if change.field == "stage_id" else set()
        return
    _put_back(turn, change, thing)
    if not _is_silent(change):
        undone.back.append(_what(change))


async def _may_still(turn: Turn, thing: Any) -> bool:
    """Whether the speaker still sees the customer that a record belongs to: what was handed over is left alone."""
    keys = await customer_ids_of(turn.session, thing)
    return not keys or bool(await visible_among(turn.session, turn.actor, keys))


def _put_back(turn: Turn, change: Change, thing: Any) -> None:
    if change.field:
        turn.ledger.put_back(change, thing, change.field, as_it_was(change.thing, change.field, change.before))
        return
    turn.ledger.put_back(change, thing, "withdrawn_at", turn.ledger.now)
    if isinstance(thing, Task) and thing.assignee_id != turn.actor.id:
        facts = {"name": turn.actor.user.name, "title": thing.title}
        turn.notes.append(Note(thing.assignee_id, Outcome("task_taken_back", facts, wrote=False)))


async def _told(turn: Turn, undone: _Undone) -> Outcome:
    names = await users_named(turn.session, [user_id for _, user_id in undone.kept])
    kept = [(what, names.get(user_id, "—")) for what, user_id in undone.kept]
    facts = {"back": list(dict.fromkeys(undone.back)), "kept": list(dict.fromkeys(kept))}
    key = "changes_undone" if not kept else "changes_partly_undone" if undone.back else "changes_kept"
    return Outcome(key, facts, wrote=False)


def _is_silent(change: Change) -> bool:
    """Whether a change only accompanies another that is told: nobody thinks of it as a thing of its own."""
    return change.thing == "stage_change" or change.field in ("currency", "closed_at")


def _what(change: Change) -> Word:
    return Word(f"thing_{change.thing}_{change.field}" if change.field else f"thing_{change.thing}")
