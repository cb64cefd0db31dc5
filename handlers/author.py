"""Who may put back, or correct, what somebody wrote."""

from __future__ import annotations

from crm import policy
from crm.errors import NotYours
from handlers.turn import Turn
from storage.people import users_named


async def check_author(turn: Turn, author: int) -> None:
    """Whether the speaker may put back or correct what a person wrote. Raises NotYours."""
    if not policy.may("undo", policy.relations(turn.actor, author)):
        raise NotYours(owner=(await users_named(turn.session, [author]))[author])
