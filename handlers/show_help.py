"""/help: examples of what to write, not a manual."""

from __future__ import annotations

from handlers.turn import Result, Turn
from nlu.rule import Reading
from talk.message import Outcome


async def show_help(turn: Turn, reading: Reading) -> list[Result]:
    """The examples."""
    return [Outcome("help_shown", wrote=False)]
