"""The next page in words: what the button of the list shown last would do, as a new message."""

from __future__ import annotations

import handlers
from handlers.stored import revived
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.shown import last_looks
from talk.message import Outcome


async def turn_page(turn: Turn, reading: Reading) -> list[Result]:
    """The page that the list shown last has there, or a word that it has none."""
    step = reading.slots["step"]
    for button in await last_looks(turn.session, turn.actor.id):
        if button.facts.get("step") == step:
            asked: Reading = revived(button.facts["reading"])
            turn.decisions = {"page": button.facts["page"]}
            return await handlers.SKILLS[asked.intent](turn, asked)
    return [Outcome("no_page_there", wrote=False)]
