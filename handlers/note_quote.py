"""A price was offered, or is to be: the fact that a quote is out, and the superior's word on a deep discount."""

from __future__ import annotations

from crm.deals import Deal
from crm.write_policies import DEFAULTS, DISCOUNT_LIMIT_PERCENT
from handlers.deal_of import bound
from handlers.move_deal import state
from handlers.state_fact import deal_meant
from handlers.turn import Ask, Result, Turn
from nlu.rule import Amount, Reading
from storage.customers import customer_name
from talk.message import Outcome, Parts


async def note_quote(turn: Turn, reading: Reading) -> list[Result]:
    """Keep that the quote is out. A discount beyond the limit waits for the superior."""
    deal = await deal_meant(turn, reading)
    if isinstance(deal, Ask):
        return [deal]
    amount: Amount | None = reading.slots.get("amount")
    discount = reading.slots.get("discount")
    parts = Parts((deal.name, amount.low if amount else None, f"-{discount:g}%" if discount else None))
    needs_word = discount is not None and discount > DISCOUNT_LIMIT_PERCENT
    if needs_word and DEFAULTS["discount_beyond_limit"] == "manager" and not turn.decisions.get("waved_by"):
        return [await _ask_superior(turn, reading, deal, parts)]
    is_news = await state(turn, deal, "quote_sent", " ".join(_kept(amount, discount)))
    return [Outcome("quote_noted", {"parts": parts}, (), deal.customer_id, wrote=is_news)]


async def _ask_superior(turn: Turn, reading: Reading, deal: Deal, parts: Parts) -> Ask:
    customer = await customer_name(turn.session, deal.customer_id)
    facts = {"customer": customer, "parts": parts, "limit": f"{DISCOUNT_LIMIT_PERCENT}%"}
    waiting = bound(reading, deal.customer_id, deal)
    return Ask("discount_waits", waiting, (), f"discount:{deal.id}", facts, superior=True, customer=deal.customer_id)


def _kept(amount: Amount | None, discount: float | None) -> list[str]:
    """What the fact keeps of the quote until quotes are records of their own."""
    sums = [f"{amount.low.major} {amount.low.currency}"] if amount else []
    return [*sums, *([f"-{discount:g}%"] if discount else [])]
