"""The next page in words: what the button of the list shown last would do, as a new message."""

from __future__ import annotations

from handlers.answer_query import answer_query
from handlers.look_up_customer import look_up_customer
from handlers.show_changes import show_changes
from handlers.show_handed_over import show_handed_over
from handlers.show_timeline import show_timeline
from handlers.stored import revived
from handlers.turn import Result, Skill, Turn
from nlu.rule import Reading
from storage.shown import last_looks
from talk.message import Outcome

LISTS: dict[str, Skill] = {
    "look_up_customer": look_up_customer,
    "show_changes": show_changes,
    "show_handed_over": show_handed_over,
    "show_timeline": show_timeline,
}


async def turn_page(turn: Turn, reading: Reading) -> list[Result]:
    """The page that the list shown last has there, or a word that it has none."""
    step = reading.slots["step"]
    for button in await last_looks(turn.session, turn.actor.id):
        if button.facts.get("step") == step:
            asked: Reading = revived(button.facts["reading"])
            turn.decisions = {"page": button.facts["page"]}
            return await LISTS.get(asked.intent, answer_query)(turn, asked)
    return [Outcome("no_page_there", wrote=False)]
