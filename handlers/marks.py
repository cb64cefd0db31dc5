"""What a card says of how the customer was understood: by the chat's focus, or by a short name that was learnt."""

from __future__ import annotations

from handlers.turn import Turn
from nlu.overlaps import OF_A_TASK
from nlu.rule import Mention, Reading
from talk.message import Outcome

NAMING = ("answer_query", "look_up_customer")  # what these show names its customer itself


def marks_of(turn: Turn, reading: Reading) -> list[Outcome]:
    """A line for what else than the words chose the customer, so that a wrong guess is seen at once.

    A known task is whose it is, whatever was spoken of.
    """
    mention: Mention | None = reading.slots.get("customer")
    known = turn.names.customers.get(mention.key) if mention is not None and mention.key is not None else None
    if mention is None or known is None or mention.by != "focus" or reading.intent in OF_A_TASK.union(NAMING):
        return []
    return [Outcome("followed_on", {"name": known.name}, wrote=False)]
