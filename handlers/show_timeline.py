"""All that happened with a customer, the newest first: each with its day and who did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from crm.customers import Customer
from crm.quotes import quote_of
from crm.users import User
from handlers.customer_of import customer_of
from handlers.queries.pages import Item, List, Section, listed, look_at_customer, short
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.lists.timeline import Happened, count_timeline, list_timeline
from talk.message import Count, Parts, Phrase, Word

Told = Callable[[Mapping[str, Any], Mapping[int, str]], Sequence[Any]]


async def show_timeline(turn: Turn, reading: Reading) -> list[Result]:
    """A page of it. Raises NotFound, NotAllowed (masked), CustomerGone."""
    customer = await customer_of(turn, reading, "see")
    if isinstance(customer, Ask):
        return [customer]
    count = await count_timeline(turn.session, turn.actor, customer.id)
    asked = Reading(reading.intent, {"customer": Mention(customer.name, customer.id)})
    head = Parts((Phrase("timeline_of", {"customer": customer.name}), Count(count, "count_entries")))
    section = Section(None, count, partial(_window, turn, customer))
    return [await listed(turn, asked, List(head, (section,), offers=((look_at_customer(customer),),)), customer)]


async def _window(turn: Turn, customer: Customer, limit: int, offset: int) -> Sequence[Item]:
    rows = await list_timeline(turn.session, turn.actor, customer.id, limit, offset)
    names: dict[int, str] = {}
    for key in {row.facts[side] for row in rows for side in ("before", "after") if row.source in OWNERS}:
        user = await turn.ledger.get(User, key) if key else None
        names[key] = user.name if user else "—"
    return [_entry(row, names) for row in rows]


def _entry(row: Happened, names: Mapping[int, str]) -> Item:
    """Day · who · what."""
    user = None if row.source == "made" else row.user  # whoever looks after it now need not have made it
    return Item(Parts((row.on, user, *TOLD[row.source](row.facts, names))))


def _visit(facts: Mapping[str, Any], _names: Mapping[int, str]) -> Sequence[Any]:
    return [Word(f"kind_{facts['kind']}") if facts["kind"] else Word("happened_visit"), short(facts["words"])]


def _stage(facts: Mapping[str, Any], _names: Mapping[int, str]) -> Sequence[Any]:
    if facts["before"] is None:
        return [Phrase("happened_deal", {"deal": short(facts["deal"], 40)}), facts["after"]]
    return [short(facts["deal"], 40), Phrase("change_moved", {"before": facts["before"], "after": facts["after"]})]


def _fact(facts: Mapping[str, Any], _names: Mapping[int, str]) -> Sequence[Any]:
    told: Sequence[Any] = [facts["value"] or None]
    if facts["key"] == "quote_sent":
        quote = quote_of(facts["value"])
        told = [quote.amount, f"-{quote.discount:g}%" if quote.discount is not None else None]
    elif facts["key"].endswith("_date") and facts["value"]:
        told = [date.fromisoformat(facts["value"])]
    return [short(facts["deal"], 40), Word(f"fact_{facts['key']}"), *told]


def _note(facts: Mapping[str, Any], _names: Mapping[int, str]) -> Sequence[Any]:
    return [Word(f"happened_{facts['kind'] or 'note'}"), short(facts["text"])]


def _task(facts: Mapping[str, Any], _names: Mapping[int, str]) -> Sequence[Any]:
    return [Word("happened_task"), f"#{facts['id']}", short(facts["title"])]


def _owner(facts: Mapping[str, Any], names: Mapping[int, str]) -> Sequence[Any]:
    moved = {side: names.get(facts[side], "—") for side in ("before", "after")}
    deal = short(facts["deal"], 40) if "deal" in facts else None
    return [Word("happened_owner"), deal, Phrase("change_moved", moved)]


OWNERS = ("owner", "deal_owner")
TOLD: dict[str, Told] = {
    "visit": _visit,
    "stage": _stage,
    "fact": _fact,
    "note": _note,
    "task": _task,
    "owner": _owner,
    "deal_owner": _owner,
    "made": lambda _facts, _names: [Word("happened_made")],
}
