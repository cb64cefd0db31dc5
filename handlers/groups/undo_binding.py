"""What was done to a group itself (bound, freed, shared) is taken back and put back in it, whatever it is bound to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.changes import Change
from handlers.groups.showing import show
from handlers.redo_changes import redo_all
from handlers.turn import Turn
from handlers.undo_changes import undo_message
from nlu.rule import Understanding
from storage.cards import open_card
from storage.changes import last_message_of, last_undo_of, put_back_by, standing_changes, undone_by
from talk.message import Outcome


async def binding_undone(turn: Turn, said: Understanding) -> bool:
    """Do 撤销 or 恢复 where what was done last is this group's binding; False where it is anything else."""
    reading = said.readings[0] if len(said.readings) == 1 else None
    outcome = None
    if reading is not None and reading.intent == "undo_changes" and not (reading.slots.keys() & {"customer", "at"}):
        outcome = await _undone(turn)
    elif reading is not None and reading.intent == "redo_changes":
        outcome = await _redone(turn)
    if outcome is None:
        return False
    await show(turn, outcome)
    return True


async def _undone(turn: Turn) -> Outcome | None:
    inbox_id = await last_message_of(turn.session, turn.actor.id, turn.chat.id)
    asked = await open_card(turn.session, turn.chat.id, turn.actor.id, turn.ledger.now)
    is_later = asked is not None and asked.inbox_id > (inbox_id or 0)
    if inbox_id is None or is_later or not _is_of_binding(turn, await standing_changes(turn.session, inbox_id)):
        return None
    return await undo_message(turn, inbox_id)


async def _redone(turn: Turn) -> Outcome | None:
    by = await last_undo_of(turn.session, turn.actor.id)
    if by is None or not _is_of_binding(turn, await _put_back(turn, by)):
        return None
    return (await redo_all(turn, by))[0]


async def is_tap_on_binding(turn: Turn, action: str, facts: Mapping[str, Any]) -> bool:
    """Whether a button takes back, or puts back, what was done to this group and nothing else."""
    if action == "undo":
        return _is_of_binding(turn, await standing_changes(turn.session, facts["inbox"]))
    return action == "redo" and _is_of_binding(turn, await _put_back(turn, facts["by"]))


async def _put_back(turn: Turn, by: int) -> list[Change]:
    of = [await put_back_by(turn.session, inbox_id, by) for inbox_id in await undone_by(turn.session, by)]
    return [written for pairs in of for written, _ in pairs]


def _is_of_binding(turn: Turn, changes: Sequence[Change]) -> bool:
    return bool(changes) and all(change.thing == "chat" and change.thing_id == turn.chat.id for change in changes)
