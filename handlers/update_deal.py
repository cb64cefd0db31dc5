"""A deal is new, resized, dated, moved, won or lost. What waits for a tap waits alone; the rest is written at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm.customers import Customer
from crm.deals import Deal, is_large_change
from crm.errors import CrmError, DealClosed, InvalidValue, SameStage
from crm.money import Money
from crm.pipelines import Stage
from crm.write_policies import DEFAULTS, LARGE_AMOUNT_CHANGE_PERCENT
from handlers.customer_of import customer_of
from handlers.deal_of import bound, deal_of
from handlers.move_deal import move
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Amount, Reading, When
from talk.message import Outcome, Parts


async def update_deal(turn: Turn, reading: Reading) -> list[Result]:
    """Write what the message says of a deal, making the deal where it is new."""
    customer = await customer_of(turn, reading, "change_deal")
    if isinstance(customer, Ask):
        return [customer]
    known = await deal_of(turn, reading, customer)
    if isinstance(known, Ask):
        return [known]
    deal, stage = known
    settled = bound(reading, customer.id, deal)
    results: list[Result] = [*_opened(turn, customer, deal, stage)]
    if stage.outcome == "open":
        results += [*_resized(turn, settled, deal), *_told(turn, settled, deal, customer)]
    if settled.slots.get("stage"):
        results += await _move_or_refusal(turn, settled, deal, stage)
    elif stage.outcome != "open":
        raise DealClosed(deal=deal.name, stage=stage.names)
    unchanged = Outcome("deal_unchanged", {"deal": deal.name, "stage": stage.names}, (), customer.id, wrote=False)
    return results or [unchanged]


async def _move_or_refusal(turn: Turn, reading: Reading, deal: Deal, stage: Stage) -> list[Result]:
    """A move that is refused, which is before it writes anything, keeps what else was said of the deal."""
    try:
        return await move(turn, reading, deal, stage)
    except CrmError as refusal:
        is_where_it_began = isinstance(refusal, SameStage) and turn.ledger.is_new(deal)
        return [] if is_where_it_began else [Outcome(refusal.key, refusal.facts, wrote=False)]


def _opened(turn: Turn, customer: Customer, deal: Deal, stage: Stage) -> list[Result]:
    """The line of a deal that this very message made."""
    if not turn.ledger.is_new(deal):
        return []
    return [Outcome("deal_created", {"parts": Parts((customer.name, deal.name, stage.names))}, (), customer.id)]


def _resized(turn: Turn, reading: Reading, deal: Deal) -> list[Result]:
    amount: Amount | None = reading.slots.get("amount")
    if amount is None or reading.slots.get("stage") == "won" or deal.amount == amount.low:
        return []
    before = deal.amount
    large = is_large_change(before, amount.low, LARGE_AMOUNT_CHANGE_PERCENT)
    if large and DEFAULTS["large_amount_change"] != "auto" and not turn.decisions.get("confirmed"):
        return [_ask_amount(reading, deal, before, amount.low)]
    turn.ledger.set(deal, amount_minor=amount.low.minor, currency=amount.low.currency)
    facts = {"deal": deal.name, "before": before or "—", "after": amount.low}
    return [Outcome("deal_resized", facts, (), deal.customer_id)]


def _ask_amount(reading: Reading, deal: Deal, before: Money | None, after: Money) -> Ask:
    kept = {name: reading.slots[name] for name in ("customer", "deal", "amount")}
    facts = {"deal": deal.name, "before": before, "after": after}
    choices = (
        Choice("confirm_amount", {"confirmed": True}, {"after": after}),
        Choice("leave_amount", {"dropped": True}),
    )
    waiting = replace(reading, slots=kept)
    return Ask("amount_waits", waiting, choices, f"amount:{deal.id}", facts, customer=deal.customer_id)


def _told(turn: Turn, reading: Reading, deal: Deal, customer: Customer) -> list[Result]:
    """Close date, probability and competitors: written at once, a line each. Raises InvalidValue."""
    slots = reading.slots
    close_on: When | None = slots.get("close_on")
    if not 0 <= slots.get("probability", 0) <= 100:
        raise InvalidValue(value=f"{slots['probability']:g}%")
    new: dict[str, Any] = {
        "close_on": close_on.last_day if close_on else None,
        "probability": round(slots["probability"]) if "probability" in slots else None,
        "competitors": [*deal.competitors, *(c for c in slots.get("competitors", ()) if c not in deal.competitors)],
    }
    changed = {name: value for name, value in new.items() if value is not None and value != getattr(deal, name)}
    if not changed:
        return []
    turn.ledger.set(deal, **changed)
    shown = {**changed, **({"probability": f"{changed['probability']}%"} if "probability" in changed else {})}
    fields = tuple((f"label_{name}", value) for name, value in shown.items())
    return [Outcome("deal_told", {"deal": deal.name}, fields, customer.id)]
