"""The last hand-over of somebody's customers is put back, by whoever did it, their superior or an admin."""

from __future__ import annotations

from crm import policy
from crm.errors import NothingToUndo
from crm.hand_overs import PUT_BACK_WITHIN
from handlers.cards import show_instead
from handlers.colleague_of import colleague_of
from handlers.turn import Ask, Result, Turn
from handlers.undo_changes import undo_message
from nlu.rule import Reading
from storage.hand_overs import last_hand_over


async def put_back_hand_over(turn: Turn, reading: Reading) -> list[Result]:
    """Undo it. One of others' and none at all answer alike. Raises NoSuchColleague, NothingToUndo."""
    former = await colleague_of(turn, reading, "former", leavers=True)
    if isinstance(former, Ask):
        return [former]
    found = await last_hand_over(turn.session, former.id, turn.ledger.now - PUT_BACK_WITHIN)
    if found is None or not policy.may("undo", policy.relations(turn.actor, found.user_id)):
        raise NothingToUndo
    outcome = await undo_message(turn, found.inbox_id or 0)
    if found.user_id == turn.actor.id:
        await show_instead(turn, found.inbox_id or 0, outcome)
    return [outcome]
