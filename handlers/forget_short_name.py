"""A short name is forgotten: the speaker's own, or as an admin one that was settled for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.customers import Customer, ShortName
from crm.errors import NothingLearnt
from handlers.colleagues import demand
from handlers.look import answer_below, show_anew
from handlers.run import run_one
from handlers.short_names import forget, taught_as
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading
from storage.customers import visible_among
from talk.message import Outcome


async def forget_short_name(turn: Turn, reading: Reading) -> list[Result]:
    """Forget what the words were taught to mean. Raises NothingLearnt, AdminsOnly."""
    name = str(reading.slots["name"])
    meant: Mention | None = reading.slots.get("customer")
    key = int(meant.key) if meant is not None and meant.key is not None else None
    found = await taught_as(turn, name, key)
    if only := reading.slots.get("short"):
        found = [short for short in [await turn.ledger.get(ShortName, int(only))] if short and not short.withdrawn_at]
    return [await _forgotten(turn, name, found)]


async def forget_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Forget the one short name of a button, and show the list without it."""
    await answer_below(turn, Reading("forget_short_name", {"name": facts["text"], "short": facts["short"]}))
    await show_anew(turn, await run_one(turn, Reading("list_short_names"), {}))


async def _forgotten(turn: Turn, text: str, names: Sequence[ShortName]) -> Outcome:
    if not names:
        raise NothingLearnt(name=text)
    if any(short.settles or short.learnt_by_id != turn.actor.id for short in names):
        demand(turn.actor, "settle_short_name")
    forget(turn, names)
    seen: list[Customer] = await visible_among(turn.session, turn.actor, [short.customer_id for short in names])
    facts = {"text": names[0].text, "name": "、".join(customer.name for customer in seen) or "—"}
    return Outcome("short_name_forgotten", facts)
