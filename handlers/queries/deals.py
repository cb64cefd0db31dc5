"""Deals asked for: whose, of whom, in which stage, when; stalled, without a next step; counted and summed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.deals import LONG_IN_STAGE_DAYS, SILENT_DAYS, Deal
from handlers.move_deal import LOST_REASONS
from handlers.queries.again import order_offers
from handlers.queries.asked import Asked, Whose, head, midnight, whose
from handlers.queries.filters import conditions_of, first_of, told_conditions
from handlers.queries.pages import Item, List, Rows, Section, brief, capped, listed, look, look_at_customer, short
from handlers.turn import Result, Turn
from nlu.rule import Mention
from storage.deals import all_stages
from storage.lists.conditions import tells_outcome
from storage.lists.deals import (
    DealRow,
    DealsWanted,
    Totals,
    list_deals,
    total_deals,
    total_deals_by_owner,
    total_deals_by_stage,
)
from talk.definitions import definitions_offer
from talk.message import Count, Parts, Phrase, Word

COUNTED = ("count", "sum")
CLOSED = ("won", "lost")


async def show_deals(turn: Turn, asked: Asked, *, title: str = "list_deals", note: Any = None) -> list[Result]:
    """The deals wanted, the farthest and largest first. A count or sum of all open ones is told by stage instead."""
    owner = whose(turn, asked)
    wanted = deals_wanted(turn, asked, owner)
    totals = await total_deals(turn.session, turn.actor, wanted)
    is_counted = asked.reading.slots.get("how") in COUNTED and not wanted.stage and totals.count > 0
    names = {stage.key: stage.names for stage in await all_stages(turn.session)}
    told = head(
        Phrase(title, {"who": owner.label}),
        asked.customer.name if asked.customer and asked.user else None,
        names.get(wanted.stage) if title == "list_deals" else None,
        _filters(asked, wanted),
        figures(totals) if totals.count else None,
    )
    shown = List(
        told,
        () if is_counted else await _sections(turn, asked, owner, wanted, totals.count),
        summary=await _summary(turn, asked, wanted, names, owner, is_counted=is_counted) if totals.count else (),
        note=note if totals.count else None,
        offers=(*order_offers(asked, totals.count), *_offers(asked, is_counted=is_counted)),
        conditions=told_conditions(turn, asked, names),
    )
    return [await listed(turn, asked.reading, shown, asked.customer)]


async def _sections(turn: Turn, asked: Asked, owner: Whose, wanted: DealsWanted, count: int) -> list[Section]:
    """The deals wanted; of a customer with nothing more told also those that are over."""
    sections = [_section(turn, asked, owner, wanted, count=first_of(asked, count))]
    if asked.customer is not None and wanted == DealsWanted(owner.people, asked.customer.id):
        for outcome in CLOSED:
            over = replace(wanted, outcome=outcome)
            totals = await total_deals(turn.session, turn.actor, over)
            title = Word(f"head_{outcome}")
            sections.append(_section(turn, asked, owner, over, count=totals.count, title=title))
    return sections


def _section(turn: Turn, asked: Asked, owner: Whose, wanted: DealsWanted, *, count: int, title: Any = None) -> Section:
    by_owner = owner.is_several and asked.has("stalled")

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_deals(turn.session, turn.actor, wanted, limit, offset, by_owner=by_owner)
        return [_entry(row, turn, asked, with_name=owner.is_several) for row in rows]

    return Section(title, count, fetch)


async def _summary(
    turn: Turn,
    asked: Asked,
    wanted: DealsWanted,
    names: Mapping[str, Mapping[str, str]],
    owner: Whose,
    *,
    is_counted: bool,
) -> list[tuple[Any, Sequence[Parts]]]:
    found: list[tuple[Any, Sequence[Parts]]] = []
    if is_counted:
        staged = await total_deals_by_stage(turn.session, turn.actor, wanted)
        found.append((Word("head_by_stage"), [Parts((names[key], *figures(each))) for key, each in staged]))
    if owner.is_several and asked.customer is None and not asked.has("top"):
        owned = await total_deals_by_owner(turn.session, turn.actor, wanted)
        found.append((Word("head_by_person"), capped([Parts((name, *figures(each))) for name, each in owned])))
    return found


def deals_wanted(turn: Turn, asked: Asked, owner: Whose) -> DealsWanted:
    """Open deals unless a closed stage is told. A period is that of the close, expected or past, or of the making."""
    stage = str(asked.reading.slots.get("stage") or "")
    key = asked.customer.id if asked.customer else None
    since, until = asked.day("since"), asked.day("until")
    moments = (midnight(turn, since), midnight(turn, until + timedelta(days=1) if until else None))
    neither = (None, None)
    is_now = asked.has("stalled") or asked.has("no_next_step")  # what lies there, lies there today
    by = "" if is_now else "closed" if stage in CLOSED else str(asked.reading.slots.get("by") or "closing")
    silent, standing = _stalled_since(turn, asked)
    where = conditions_of(turn, asked)
    return DealsWanted(
        owner.people,
        key,
        stage,
        "" if stage or by == "created" or tells_outcome(where) else "open",
        closing=(since, until) if by == "closing" else neither,
        created=moments if by == "created" else neither,
        closed=moments if by == "closed" else neither,
        silent_from=silent,
        standing_from=standing,
        closing_before=turn.today if standing is not None else None,
        no_next_step=asked.has("no_next_step"),
        where=where,
        sort=str(asked.reading.slots.get("sort") or ""),
    )


def _stalled_since(turn: Turn, asked: Asked) -> tuple[Any, Any]:
    """The midnights before which a stalled deal was last contacted or entered its stage; told days count alone."""
    if not asked.has("stalled"):
        return None, None
    days = int(asked.reading.slots.get("idle_days") or 0)
    silent = midnight(turn, turn.today - timedelta(days=(days or SILENT_DAYS) - 1))
    return silent, None if days else midnight(turn, turn.today - timedelta(days=LONG_IN_STAGE_DAYS))


def _filters(asked: Asked, wanted: DealsWanted) -> list[Any]:
    days = asked.reading.slots.get("idle_days")
    told: list[Any] = []
    if asked.has("stalled"):
        facts = {"days": int(days or SILENT_DAYS), "long": LONG_IN_STAGE_DAYS}
        told.append(Phrase("filter_silent" if days else "filter_stalled", facts))
    if wanted.no_next_step:
        told.append(Word("filter_no_next_step"))
    if asked.span and not told:
        by = "closed" if wanted.closed != (None, None) else "created" if wanted.created != (None, None) else "closing"
        told.append(asked.span if by == "closed" else Phrase(f"filter_{by}", {"days": asked.span}))
    return told


def figures(totals: Totals) -> list[Any]:
    """How many, the sum of each currency, and how many have no amount."""
    without = Phrase("deals_without_amount", {"n": totals.without}) if totals.without else None
    return [Count(totals.count, "count_deals"), *totals.sums, without]


def _offers(asked: Asked, *, is_counted: bool) -> Rows:
    if asked.has("stalled"):
        return ((definitions_offer("stalled"),),)
    if is_counted:
        return ((look("button_details", asked.but(how=None, topic="deals")),),)
    return ((look_at_customer(asked.customer),),) if asked.customer is not None else ()


def _entry(row: DealRow, turn: Turn, asked: Asked, *, with_name: bool) -> Item:
    """Name · customer · stage · sum · close · whose; of a stalled one how long it has been silent and standing."""
    deal = row.deal
    told: list[Any] = [deal.name if asked.customer else f"{brief(row.customer)} {short(deal.name, 40)}"]
    told += [row.stage.names if not asked.has("stage") else None, deal.amount]
    if row.stage.outcome != "open":
        told += [deal.closed_at.astimezone(turn.now.tzinfo).date() if deal.closed_at else None, why_lost(deal)]
    elif asked.has("stalled"):
        told += _neglect(row, turn)
    else:
        told.append(deal.close_on)
    told.append(row.owner if with_name else None)
    opens = look("named", asked.but(deal=Mention(deal.name, deal.id)), name=short(deal.name, 20))
    return Item(Parts(told), opens if asked.customer else None)


def why_lost(deal: Deal) -> Any:
    """The reason as people say it, None where the deal has none."""
    return Word(f"lost_{deal.lost_reason}") if deal.lost_reason in LOST_REASONS else deal.lost_reason or None


def _neglect(row: DealRow, turn: Turn) -> list[Any]:
    contact = (
        Phrase("contacted_ago", {"days": Count((turn.today - row.contacted_on).days, "count_days")})
        if row.contacted_on
        else Word("never_contacted")
    )
    close = row.deal.close_on
    return [
        contact,
        standing(row, turn),
        Phrase("close_passed", {"day": close}) if close and close < turn.today else None,
    ]


def standing(row: DealRow, turn: Turn) -> Phrase:
    """How long a deal has stood in its stage."""
    entered = (row.entered_at or row.deal.created_at).astimezone(turn.now.tzinfo).date()
    return Phrase("in_stage_for", {"days": Count((turn.today - entered).days, "count_days")})
