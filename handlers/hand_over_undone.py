"""A hand-over is put back: for how long, and who hears of it."""

from __future__ import annotations

from collections.abc import Sequence

from crm.changes import Change
from crm.errors import HandOverTooOld
from crm.hand_overs import PUT_BACK_WITHIN
from handlers.take_back import TakenBack
from handlers.turn import Note, Turn
from talk.message import Count, Outcome


def is_hand_over(changes: Sequence[Change]) -> bool:
    """Whether customers went to somebody else by what a message wrote."""
    return any(_gives(change) for change in changes)


def check_not_too_old(turn: Turn, changes: Sequence[Change]) -> None:
    """Raise HandOverTooOld where customers went to somebody else more than a day ago."""
    for change in changes:
        if _gives(change) and turn.ledger.now - change.at > PUT_BACK_WITHIN:
            raise HandOverTooOld(at=change.at)


def tell_put_back(turn: Turn, changes: Sequence[Change], taken: TakenBack) -> None:
    """Whoever had the customers before and whoever has had them since hear it once."""
    kept = {change.id for change, _, _ in taken.standing}
    back = [change for change in changes if _gives(change) and change.id not in kept]
    facts = {"name": turn.actor.user.name, "counts": Count(len(back), "count_customers")}
    people = dict.fromkeys(user_id for change in back for user_id in (change.after, change.before))
    for user_id in people:
        if user_id != turn.actor.id:
            turn.notes.append(Note(user_id, Outcome("hand_over_put_back_told", facts, wrote=False)))


def _gives(change: Change) -> bool:
    return (change.thing, change.field) == ("customer", "owner_id")
