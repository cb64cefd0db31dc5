"""A contract was signed or its terms are told: kept as the deal's facts until contracts are records of their own."""

from __future__ import annotations

from handlers.deal_of import bound
from handlers.gate import in_word
from handlers.move_deal import state
from handlers.state_fact import deal_meant
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Amount, Reading, When
from talk.message import Outcome, Parts


async def note_contract(turn: Turn, reading: Reading) -> list[Result]:
    """Keep amount and day of the contract. Its terms wait for a tap, the same one that confirms a win."""
    deal = await deal_meant(turn, reading)
    if isinstance(deal, Ask):
        return [deal]
    amount: Amount | None = reading.slots.get("amount")
    signed_on: When | None = reading.slots.get("signed_on")
    day = signed_on.last_day if signed_on else None
    parts = Parts((deal.name, amount.low if amount else None, day))
    choices = (Choice("confirm_contract", {"confirmed": True}), Choice("leave_open", {"dropped": True}))
    told = bound(reading, deal.customer_id, deal)
    ask = Ask("contract_waits", told, choices, f"close:{deal.id}", {"parts": parts}, customer=deal.customer_id)
    waiting = await in_word(turn, ["contract_terms"], deal.owner_id, ask)
    if waiting is not None:
        return [waiting]
    is_news = amount is not None and turn.ledger.set(deal, amount_minor=amount.low.minor, currency=amount.low.currency)
    if day is not None:
        is_news = await state(turn, deal, "contract_date", day) or is_news
    return [Outcome("contract_noted", {"parts": parts}, (), deal.customer_id, wrote=is_news)]
