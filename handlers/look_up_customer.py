"""A customer is looked up: the card of the one meant, or whatever goes by a part of a name."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer_query import answer_query
from handlers.customer_card import customer_card
from handlers.customer_facts import customer_facts
from handlers.customer_of import customer_of
from handlers.queries.search import search
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from talk.message import Outcome


async def look_up_customer(turn: Turn, reading: Reading) -> list[Result]:
    """The card of the customer meant, or the facts that are wanted; of a part of a name what goes by it.

    Raises NotFound, NotAllowed (masked).
    """
    mention: Mention | None = reading.slots.get("customer")
    if mention is None:
        return [Outcome("find_what", wrote=False)]
    if mention.key is None and not mention.candidates and not turn.decisions.get("customer"):
        return await _searched(turn, reading, mention.text)
    customer = await customer_of(turn, reading, "see")
    if isinstance(customer, Ask):
        return [customer]
    wanted = reading.slots.get("wanted", ())
    return [await (customer_facts(turn, customer, wanted) if wanted else customer_card(turn, customer))]


async def _searched(turn: Turn, reading: Reading, text: str) -> list[Result]:
    found = await search(turn, reading, text)
    if isinstance(found, Reading):
        wanted = {slot: reading.slots[slot] for slot in ("wanted",) if slot in reading.slots}
        found = replace(found, slots={**found.slots, **wanted})
        return await (look_up_customer if found.intent == "look_up_customer" else answer_query)(turn, found)
    return found
