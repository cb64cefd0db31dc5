"""A named fact of a deal is told (the quote is out, the needs are clear, bids open on …): the conditions ask for it."""

from __future__ import annotations

from crm.deals import Deal
from handlers.customer_of import customer_of
from handlers.deal_of import deal_of
from handlers.move_deal import state
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading, When
from talk.message import Outcome, Parts, Word


async def state_fact(turn: Turn, reading: Reading) -> list[Result]:
    """Write the fact on the deal."""
    deal = await deal_meant(turn, reading)
    if isinstance(deal, Ask):
        return [deal]
    when: When | None = reading.slots.get("at")
    day = when.last_day if when else None
    key = reading.slots["fact"]
    is_news = await state(turn, deal, key, day or "")
    facts = {"parts": Parts((deal.name, Word(f"fact_{key}"), day))}
    return [Outcome("fact_stated", facts, (), deal.customer_id, wrote=is_news)]


async def deal_meant(turn: Turn, reading: Reading) -> Deal | Ask:
    """The deal that a reading is about, or what to ask. Shared by the skills that keep facts."""
    customer = await customer_of(turn, reading, "change_deal")
    if isinstance(customer, Ask):
        return customer
    known = await deal_of(turn, reading, customer)
    return known if isinstance(known, Ask) else known[0]
