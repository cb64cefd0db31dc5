"""The list shown last, asked for anew in another order: 按金额排, largest first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.queries.asked import Asked
from handlers.queries.pages import Rows, look
from handlers.stored import revived
from handlers.turn import Turn
from nlu.rule import Reading
from storage.shown import last_looks

SORTED = ("customers", "deals")
ORDERS = {"customers": ("contact", "-amount"), "deals": ("-amount", "close")}  # what a button offers


async def ordered_anew(turn: Turn, reading: Reading) -> Reading | None:
    """The question of the list shown last in the order told; None where its buttons hold none that can be sorted."""
    for button in await last_looks(turn.session, turn.actor.id):
        asked: Reading = revived(button.facts["reading"])
        if _is_list(asked):
            return replace(asked, slots={**asked.slots, "sort": reading.slots["sort"]})
    return None


def _is_list(reading: Reading) -> bool:
    slots: Any = reading.slots
    return reading.intent == "answer_query" and slots.get("topic") in SORTED and not slots.get("deal")


def order_offers(asked: Asked, count: int) -> Rows:
    """Buttons for the other orders of a narrowed list of several."""
    slots = asked.reading.slots
    if count < 2 or not (slots.get("where") or slots.get("sort")):
        return ()
    others = [sort for sort in ORDERS[str(slots["topic"])] if sort != slots.get("sort")]
    return (tuple(look(f"button_{sort.lstrip('-')}_first", asked.but(sort=sort, how=None)) for sort in others),)
