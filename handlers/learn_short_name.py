"""The speaker teaches what a customer is called: for themselves, or as an admin for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.colleagues import demand
from handlers.customer_of import customer_of
from handlers.look import answer_below
from handlers.short_names import learn
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from talk.message import Outcome


async def learn_short_name(turn: Turn, reading: Reading) -> list[Result]:
    """Learn the name. Raises AdminsOnly."""
    for_all = bool(reading.slots.get("for_all"))
    if for_all:
        demand(turn.actor, "settle_short_name")
    customer = await customer_of(turn, reading, "see")
    if isinstance(customer, Ask):
        return [customer]
    name = str(reading.slots["name"])
    facts = {"text": name, "name": customer.name}
    if not await learn(turn, customer, name, for_all=for_all):
        return [Outcome("short_name_known", facts, (), customer.id, wrote=False)]
    return [Outcome("short_name_settled" if for_all else "short_name_learnt", facts, (), customer.id)]


async def settle_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Let a choice of an admin count for all."""
    meant = Mention(facts["name"], facts["customer"])
    await answer_below(turn, Reading("learn_short_name", {"name": facts["text"], "customer": meant, "for_all": True}))
