"""What readings of one customer say together of its deals: a budget heard on a visit, what goes on about a new deal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nlu.names import fold
from nlu.rule import Mention, Reading
from nlu.scene import Scene

CLAIM = ("note_payment", "note_quote", "note_contract", "update_deal")  # what one and the same sum can be told of
OF_DEALS = frozenset({"update_deal", "note_quote", "note_contract"})

ENDED = ("won", "lost")


def budgets_told(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What a customer can spend is the visit's budget too, where one of that customer is told."""
    told = [r for r in left if r.intent == "update_deal" and r.rule == "budget" and "amount" in r.slots]
    return [_with_budget(r, told) if r.intent == "record_visit" and "budget" not in r.slots else r for r in left]


def _with_budget(visit: Reading, told: list[Reading]) -> Reading:
    own = [r for r in told if r.slots.get("customer") == visit.slots.get("customer")]
    return replace(visit, slots={**visit.slots, "budget": own[0].slots["amount"]}) if own else visit


def of_new_deals(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What is told behind a new deal and names no other is about that one, not about the only one known so far."""
    new = [r for r in left if r.intent == "update_deal" and r.slots.get("is_new") and "deal" in r.slots]
    called = [r.slots["customer"] for r in new if r.rule == "new"]
    left = [r for r in left if r.intent != "update_deal" or r.rule != "wanted" or r.slots["customer"] not in called]
    return [_of_new_deal(scene, r, new) if r.intent in OF_DEALS and new else r for r in left]


def _of_new_deal(scene: Scene, reading: Reading, new: list[Reading]) -> Reading:
    deal = reading.slots.get("deal")
    own = [r for r in new if r.slots.get("customer") == reading.slots.get("customer") and r.start <= reading.start]
    if not own or reading in new or not isinstance(deal, Mention):
        return reading
    said = fold(deal.text)
    is_named = deal.by != "only" and said in scene.folded and said not in fold(own[-1].slots["deal"].text)
    return reading if is_named else replace(reading, slots={**reading.slots, "deal": own[-1].slots["deal"]})


def one_claim_each(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A sum was paid, offered, signed for or is a deal's size: of several such readings the strongest holds it."""
    best: dict[tuple[Any, Any], Reading] = {}
    for reading in left:
        if reading.intent in CLAIM and "amount" in reading.slots:
            claim = _claim(reading)
            best[claim] = max(best.get(claim, reading), reading, key=lambda r: r.strength)
    return [r for reading in left if (r := _without_claim(reading, best)) is not None]


def _claim(reading: Reading) -> tuple[Any, Any]:
    customer = reading.slots.get("customer")
    return (customer.key or customer.text) if isinstance(customer, Mention) else None, reading.slots["amount"]


def _without_claim(reading: Reading, best: dict[tuple[Any, Any], Reading]) -> Reading | None:
    """The reading without its sum, None where it then says nothing, where a stronger one holds the sum."""
    if reading.intent not in CLAIM or "amount" not in reading.slots:
        return reading
    other = best[_claim(reading)]
    is_of_one_deal = {other.intent, reading.intent} == {"note_contract", "update_deal"}
    if other.intent == reading.intent or is_of_one_deal or other.strength <= reading.strength:
        return reading
    slots = {name: value for name, value in reading.slots.items() if name != "amount"}
    says_nothing = reading.intent == "note_payment" or slots.keys() <= {"customer", "deal"}
    return None if says_nothing else replace(reading, slots=slots)


def one_outcome_each(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A deal is won or lost, whichever is told the more strongly; what a clause calls new is neither by a guess."""
    new = {(r.start, r.end) for r in left if r.slots.get("is_new") and r.intent == "update_deal"}
    kept = []
    for reading in left:
        stage = reading.slots.get("stage") if reading.intent == "update_deal" else None
        if stage in ENDED and (
            (reading.is_guess and (reading.start, reading.end) in new) or _is_outdone(reading, left)
        ):
            continue
        kept.append(reading)
    return kept


def _is_outdone(reading: Reading, left: list[Reading]) -> bool:
    """Whether another stage is told of the same deal, more strongly where both end it, or in the same clause."""
    deal = reading.slots.get("deal")
    return any(
        other.intent == "update_deal"
        and other.slots.get("deal") == deal
        and other.slots.get("stage", reading.slots["stage"]) != reading.slots["stage"]
        and (other.slots["stage"] in ENDED or (other.start, other.end) == (reading.start, reading.end))
        and other.strength > reading.strength
        for other in left
    )
