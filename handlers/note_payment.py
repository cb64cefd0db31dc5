"""Money came in: kept as a note at the customer until payments are records of their own."""

from __future__ import annotations

from handlers.keep_as_note import keep_as_note
from handlers.turn import Result, Turn
from nlu.rule import Reading


async def note_payment(turn: Turn, reading: Reading) -> list[Result]:
    """Keep it in the sender's words."""
    return await keep_as_note(turn, reading)
