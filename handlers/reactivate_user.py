"""A colleague who was shut out is back, as they were."""

from __future__ import annotations

from handlers.colleagues import colleague, demand, reactivate
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading
from talk.message import Outcome


async def reactivate_user(turn: Turn, reading: Reading) -> list[Result]:
    """Let somebody in again. Raises AdminsOnly, NotFound, AlreadyIn."""
    demand(turn.actor, "deactivate_user")
    mention: Mention = reading.slots["user"]
    user = await colleague(turn.session, mention.text)
    await reactivate(turn.ledger, user)
    return [Outcome("user_reactivated", {"name": user.name})]
