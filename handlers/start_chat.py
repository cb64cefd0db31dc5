"""/start: who one is to Genjin, and what to write first."""

from __future__ import annotations

from handlers.turn import Result, Turn
from nlu.rule import Reading
from talk.message import Outcome


async def start_chat(turn: Turn, reading: Reading) -> list[Result]:
    """Greet by name, with one example to try."""
    return [Outcome("chat_started", {"name": turn.actor.user.name}, wrote=False)]
