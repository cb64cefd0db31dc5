"""Customers asked for: whose, of which tier, new within a period, long without a contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from crm.customers import SILENT_DAYS
from handlers.queries.asked import Asked, head, midnight, whose
from handlers.queries.pages import Item, List, Section, brief, listed, look_at_customer, short
from handlers.turn import Result, Turn
from storage.lists.customers import CustomerRow, CustomersWanted, count_customers, list_customers
from talk.message import Count, Parts, Phrase, Word


async def show_customers(turn: Turn, asked: Asked) -> list[Result]:
    """The customers wanted, whoever was contacted longest ago first; each opened by a tap."""
    owner = whose(turn, asked)
    wanted, tier, days = customers_wanted(turn, asked), str(asked.reading.slots.get("tier") or ""), _silent_days(asked)
    count = await count_customers(turn.session, turn.actor, wanted)

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_customers(turn.session, turn.actor, wanted, limit, offset)
        return [_entry(row, with_tier=not tier, with_name=owner.is_several) for row in rows]

    told = head(
        Phrase("list_customers", {"who": owner.label}),
        Word(f"tier_{tier}") if tier else None,
        Phrase("filter_silent", {"days": days}) if days else None,
        Phrase("filter_created", {"days": asked.span}) if asked.span else None,
        Count(count, "count_customers") if count else None,
    )
    return [await listed(turn, asked.reading, List(told, (Section(None, count, fetch),)))]


def customers_wanted(turn: Turn, asked: Asked) -> CustomersWanted:
    """Which customers a question asks for."""
    days, told = _silent_days(asked), asked.reading.slots
    silent = midnight(turn, turn.today - timedelta(days=days - 1)) if days else None
    tier, region = str(told.get("tier") or ""), str(told.get("region") or "")
    return CustomersWanted(whose(turn, asked).people, tier, _created(turn, asked), silent, region)


def _silent_days(asked: Asked) -> int:
    if not asked.has("stalled"):
        return 0
    return int(asked.reading.slots.get("idle_days") or SILENT_DAYS)


def _created(turn: Turn, asked: Asked) -> tuple[datetime | None, datetime | None]:
    since, until = asked.day("since"), asked.day("until")
    return midnight(turn, since), midnight(turn, until + timedelta(days=1) if until else None)


def _entry(row: CustomerRow, *, with_tier: bool, with_name: bool) -> Item:
    customer = row.customer
    last: Any = Phrase("contacted_on", {"day": row.contacted_on}) if row.contacted_on else Word("never_contacted")
    tier = Word(f"tier_{customer.tier}") if with_tier else None
    told = Parts((brief(customer.name), tier, last, row.owner if with_name else None))
    return Item(told, look_at_customer(customer, "named", name=short(brief(customer.name), 20)))
