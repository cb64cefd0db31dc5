"""A deal is new, resized, dated, moved, won or lost. What waits for a tap waits alone; the rest is written at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm.customers import Customer
from crm.deals import Deal
from crm.errors import CrmError, DealClosed, SameStage
from crm.pipelines import Stage
from crm.write_policies import kind_of
from handlers.customer_of import customer_of
from handlers.deal_of import bound, deal_of
from handlers.gate import TAKE_OR_LEAVE, in_word, policies_of
from handlers.move_deal import move
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Amount, Reading, When
from talk.message import Outcome, Parts, Word

SLOTS = {"name": "new_name"}  # fields of a deal that a reading calls otherwise


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
        results += [*await _resized(turn, settled, deal), *await _told(turn, settled, deal, customer)]
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


async def _resized(turn: Turn, reading: Reading, deal: Deal) -> list[Result]:
    amount: Amount | None = reading.slots.get("amount")
    if amount is None or reading.slots.get("stage") == "won" or deal.amount == amount.low:
        return []
    kinds = _unless_new(turn, deal, (await policies_of(turn)).sized(deal.amount, amount.low))
    waiting = await in_word(turn, kinds, deal.owner_id, await _ask_amount(turn, reading, deal, kinds))
    if waiting is not None:
        return [waiting]
    facts = {"deal": deal.name, "before": deal.amount or "—", "after": amount.low}
    turn.ledger.set(deal, amount_minor=amount.low.minor, currency=amount.low.currency)
    return [Outcome("deal_resized", facts, (), deal.customer_id)]


def _unless_new(turn: Turn, deal: Deal, kinds: set[str]) -> set[str]:
    """What is told of a deal that this very message makes belongs to the new deal."""
    return set() if turn.ledger.is_new(deal) else kinds


async def _ask_amount(turn: Turn, reading: Reading, deal: Deal, kinds: set[str]) -> Ask:
    amount: Amount = reading.slots["amount"]
    is_large = "large_amount_change" in kinds
    facts = {
        "deal": deal.name,
        "before": deal.amount or "—",
        "after": amount.low,
        "limit": f"{(await policies_of(turn)).limit('large_amount_change')}%",
    }
    choices = (
        Choice("confirm_amount", {"confirmed": True}, {"after": amount.low}),
        Choice("leave_amount", {"dropped": True}),
    )
    group = f"amount:{deal.id}:{amount.low.minor}{amount.low.currency}"
    key = "large_change_waits" if is_large else "amount_waits"
    return Ask(key, _alone(reading, "amount"), choices, group, facts, customer=deal.customer_id)


def _alone(reading: Reading, name: str) -> Reading:
    """The reading with one field of the deal."""
    return replace(reading, slots={kept: reading.slots[kept] for kept in ("customer", "deal", name)})


async def _told(turn: Turn, reading: Reading, deal: Deal, customer: Customer) -> list[Result]:
    """Close date, probability, competitors and name: a line each, or a question."""
    new = _new_values(reading, deal)
    changed = {name: value for name, value in new.items() if value is not None and value != getattr(deal, name)}
    asks: list[Result] = []
    for name in list(changed):
        shown = {"before": _shown(name, getattr(deal, name)), "after": _shown(name, changed[name])}
        facts = {"deal": deal.name, "field": Word(f"label_{name}"), **shown}
        ask = Ask(
            "field_waits", _alone(reading, SLOTS.get(name, name)), TAKE_OR_LEAVE, "write", facts, customer=customer.id
        )
        waiting = await in_word(turn, _unless_new(turn, deal, {kind_of("deal", name) or name}), deal.owner_id, ask)
        if waiting is not None:
            asks.append(waiting)
            del changed[name]
    if not changed:
        return asks
    called = deal.name
    turn.ledger.set(deal, **changed)
    fields = tuple((f"label_{name}", _shown(name, value)) for name, value in changed.items())
    return [Outcome("deal_told", {"deal": called}, fields, customer.id), *asks]


def _new_values(reading: Reading, deal: Deal) -> dict[str, Any]:
    slots = reading.slots
    close_on: When | None = slots.get("close_on")
    return {
        "close_on": close_on.last_day if close_on else None,
        "probability": round(slots["probability"]) if "probability" in slots else None,
        "name": slots.get("new_name"),
        "competitors": [*deal.competitors, *(c for c in slots.get("competitors", ()) if c not in deal.competitors)],
    }


def _shown(name: str, value: Any) -> Any:
    if value is None or value == []:
        return "—"
    return f"{value}%" if name == "probability" else value
