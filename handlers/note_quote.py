"""A price was offered, or is to be: the fact that a quote is out, and the superior's word on a deep discount."""

from __future__ import annotations

from crm.deals import Deal
from crm.quotes import kept_quote
from handlers.deal_of import bound
from handlers.gate import TAKE_OR_LEAVE, in_word, policies_of
from handlers.move_deal import state
from handlers.state_fact import deal_meant
from handlers.turn import Ask, Result, Turn
from nlu.rule import Amount, Reading
from talk.message import Outcome, Parts


async def note_quote(turn: Turn, reading: Reading) -> list[Result]:
    """Keep that the quote is out. A discount beyond the limit waits for the superior."""
    deal = await deal_meant(turn, reading)
    if isinstance(deal, Ask):
        return [deal]
    amount: Amount | None = reading.slots.get("amount")
    discount = reading.slots.get("discount")
    parts = Parts((deal.name, amount.low if amount else None, f"-{discount:g}%" if discount else None))
    if discount is not None and discount > (await policies_of(turn)).limit("discount_beyond_limit"):
        kinds = ("quote", "discount_beyond_limit")
        waiting = await in_word(turn, kinds, deal.owner_id, await _ask_discount(turn, reading, deal, parts))
        if waiting is not None:
            return [waiting]
    is_news = await state(turn, deal, "quote_sent", kept_quote(amount.low if amount else None, discount))
    return [Outcome("quote_noted", {"parts": parts}, (), deal.customer_id, wrote=is_news)]


async def _ask_discount(turn: Turn, reading: Reading, deal: Deal, parts: Parts) -> Ask:
    limit = (await policies_of(turn)).limit("discount_beyond_limit")
    facts = {"parts": parts, "limit": f"{limit}%"}
    waiting = bound(reading, deal.customer_id, deal)
    return Ask("discount_waits", waiting, TAKE_OR_LEAVE, f"discount:{deal.id}", facts, customer=deal.customer_id)
