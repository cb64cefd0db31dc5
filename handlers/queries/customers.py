"""Customers asked for: whose, of which tier, new within a period, long without a contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from crm.customers import SILENT_DAYS
from crm.money import Money
from handlers.queries.again import order_offers
from handlers.queries.asked import Asked, head, midnight, whose
from handlers.queries.filters import conditions_of, first_of, stage_names, told_conditions
from handlers.queries.pages import Item, List, Section, brief, listed, look_at_customer, short
from handlers.turn import Result, Turn
from storage.lists.customers import CustomerRow, CustomersWanted, count_customers, list_customers, open_sums
from talk.message import Count, Parts, Phrase, Word


async def show_customers(turn: Turn, asked: Asked) -> list[Result]:
    """The customers wanted, whoever was contacted longest ago first; each opened by a tap."""
    owner, wanted = whose(turn, asked), customers_wanted(turn, asked)
    tier, days = wanted.tier, _silent_days(asked)
    count = await count_customers(turn.session, turn.actor, wanted)

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_customers(turn.session, turn.actor, wanted, limit, offset)
        sums = await open_sums(turn.session, [row.customer.id for row in rows]) if "amount" in wanted.sort else {}
        names, tiers = owner.is_several, not tier
        return [_entry(row, sums.get(row.customer.id, ()), with_tier=tiers, with_name=names) for row in rows]

    told = head(
        Phrase("list_customers", {"who": owner.label}),
        Word(f"tier_{tier}") if tier else None,
        Phrase("filter_silent", {"days": days}) if days else None,
        Phrase("filter_created", {"days": asked.span}) if asked.span else None,
        Count(count, "count_customers") if count else None,
    )
    narrowed = told_conditions(turn, asked, await stage_names(turn, wanted.where))
    section = Section(None, first_of(asked, count), fetch)
    shown = List(told, (section,), offers=order_offers(asked, count), conditions=narrowed)
    return [await listed(turn, asked.reading, shown)]


def customers_wanted(turn: Turn, asked: Asked) -> CustomersWanted:
    """Which customers a question asks for."""
    told, days = asked.reading.slots, _silent_days(asked)
    silent = midnight(turn, turn.today - timedelta(days=days - 1)) if days else None
    where, sort = conditions_of(turn, asked), str(told.get("sort") or "")
    people = whose(turn, asked).people
    return CustomersWanted(people, str(told.get("tier") or ""), _created(turn, asked), silent, where, sort)


def _silent_days(asked: Asked) -> int:
    if not asked.has("stalled"):
        return 0
    return int(asked.reading.slots.get("idle_days") or SILENT_DAYS)


def _created(turn: Turn, asked: Asked) -> tuple[datetime | None, datetime | None]:
    since, until = asked.day("since"), asked.day("until")
    return midnight(turn, since), midnight(turn, until + timedelta(days=1) if until else None)


def _entry(row: CustomerRow, sums: Sequence[Money], *, with_tier: bool, with_name: bool) -> Item:
    customer = row.customer
    last: Any = Phrase("contacted_on", {"day": row.contacted_on}) if row.contacted_on else Word("never_contacted")
    tier = Word(f"tier_{customer.tier}") if with_tier else None
    told = Parts((brief(customer.name), tier, *sums, last, row.owner if with_name else None))
    return Item(told, look_at_customer(customer, "named", name=short(brief(customer.name), 20)))
