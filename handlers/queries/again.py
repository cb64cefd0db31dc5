"""The list shown last, asked for anew: in another order (按金额排), narrowed (只看上海的), counted, summed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm.filters import Condition
from handlers.queries.asked import Asked
from handlers.queries.pages import Rows, look
from handlers.stored import revived
from handlers.turn import Turn
from nlu.rule import Reading
from storage.shown import last_looks

SORTED = ("customers", "deals")
NARROWED = (*SORTED, "contact", "tasks", "visits")
ORDERS = {"customers": ("contact", "-amount"), "deals": ("-amount", "close")}  # what a button offers
PERIOD = ("since", "until", "by")
TOLD_BY = {  # the slots whose place a condition takes, where the list above was told by them
    "stage": ("stage",),
    "outcome": ("stage",),
    "tier": ("tier",),
    "silent": ("stalled", "idle_days"),
    **dict.fromkeys(("closing", "closed", "created", "contacted"), PERIOD),
}
OF_A_CUSTOMER = frozenset({"place", "industry", "tier", "source", "size"})  # true of a deal as of its customer
NOT_OF_DEALS = frozenset({"stalled", "since", "until", "top"})  # what means something else of deals
SEVERAL = ("has", "filled")  # conditions that stand beside another of their name: 没有商机, then 没有任务


async def shown_last(turn: Turn) -> Reading | None:
    """The question of the list shown last that held anything, which its button 导出 holds; None where none was."""
    for button in await last_looks(turn.session, turn.actor.id, "export"):
        shown: Reading = revived(button.facts["reading"])
        return replace(shown, intent="answer_query")
    return None


async def asked_again(turn: Turn, reading: Reading) -> Reading | None:
    """The question of the list shown last with what is told of it now; None where that fits none."""
    shown, told = await shown_last(turn), reading.slots
    fits = SORTED if told.get("sort") or told.get("how") == "sum" else NARROWED
    if shown is None or shown.slots.get("topic") not in fits:
        return None
    return replace(shown, slots=_changed(shown.slots, told))


def _changed(slots: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    changed = {condition.name for condition in told.get("where", ())}
    gone = {slot for name in changed for slot in TOLD_BY.get(name, ())} | {"how", "per"}
    if told.keys() & {"user", "team"}:
        gone |= {"user", "team", "everyone"}
    kept = [one for one in slots.get("where", ()) if one.name not in changed or one.name in SEVERAL]
    where = tuple(dict.fromkeys((*kept, *told.get("where", ()))))
    rest = {name: value for name, value in slots.items() if name not in gone}
    new = {name: told[name] for name in ("sort", "how", "user", "team") if told.get(name)}
    return rest | new | ({"where": where} if where else {})


def summed_up(reading: Reading) -> Reading:
    """Customers summed up are asked for as their deals; where no list of deals says the same, largest first."""
    slots = reading.slots
    if slots.get("topic") != "customers" or slots.get("how") != "sum":
        return reading
    where = tuple(slots.get("where", ()))
    if not slots.keys() & NOT_OF_DEALS and all(one.name in OF_A_CUSTOMER for one in where):
        tier = (Condition("tier", (slots["tier"],)),) if slots.get("tier") else ()
        rest = {name: value for name, value in slots.items() if name not in ("tier", "sort")}
        return replace(reading, slots=rest | {"topic": "deals", "where": (*tier, *where)})
    return replace(reading, slots={**slots, "sort": "-amount"})


def order_offers(asked: Asked, count: int) -> Rows:
    """Buttons for the other orders of a narrowed list of several."""
    slots = asked.reading.slots
    if count < 2 or not (slots.get("where") or slots.get("sort")):
        return ()
    others = [sort for sort in ORDERS[str(slots["topic"])] if sort != slots.get("sort")]
    return (tuple(look(f"button_{sort.lstrip('-')}_first", asked.but(sort=sort, how=None)) for sort in others),)
