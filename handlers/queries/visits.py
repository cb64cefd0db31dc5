"""Visits asked for: by whom, at whom, when; how many, at how many customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from crm.visits import Visit
from handlers.how_far import how_far
from handlers.list_comments import comments_offer
from handlers.queries.asked import Asked, Whose, head, whose
from handlers.queries.filters import conditions_of, stage_names, told_conditions
from handlers.queries.pages import Item, List, Section, brief, capped, listed, look, look_at_customer, short
from handlers.turn import Result, Turn
from storage.check_ins import distances_on
from storage.comments import last_words
from storage.lists.comments import CommentsWanted, count_comments
from storage.lists.visits import (
    VisitCount,
    VisitRow,
    VisitsWanted,
    count_visits,
    count_visits_by_person,
    list_visits,
    people_without_visits,
)
from talk.message import Count, Offer, Outcome, Parts, Phrase, Span, Word


async def show_visits(turn: Turn, asked: Asked) -> list[Result]:
    """The visits wanted, the newest first; of several people's first how many each has made."""
    owner = whose(turn, asked)
    wanted = visits_wanted(turn, asked)
    if asked.has("none_made") and asked.customer is None:
        return [await _idle(turn, asked, owner, wanted)]
    counted = await count_visits(turn.session, turn.actor, wanted)
    is_team = owner.is_several and asked.customer is None
    each = await count_visits_by_person(turn.session, turn.actor, wanted) if is_team else []

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_visits(turn.session, turn.actor, wanted, limit, offset)
        words, places = await words_on(turn, rows), await places_on(turn, rows)
        named = {"with_customer": not asked.customer, "with_name": owner.is_several}
        return [visit_entry(row, words.get(row.visit.id), places.get(row.visit.id), **named) for row in rows]

    held = Count(counted.visits, "count_visits")
    only_counted = bool(each) and asked.reading.slots.get("how") == "count"
    told = head(
        Phrase("list_visits", {"who": owner.label}),
        asked.customer.name if asked.customer and asked.user else None,
        asked.span,
        (_figure(counted) if asked.customer is None else held) if counted.visits else None,
    )
    shown = List(
        told,
        () if only_counted else (Section(None, counted.visits, fetch),),
        summary=((Word("head_by_person"), capped([Parts((one.user, _figure(one))) for one in each])),) if each else (),
        offers=await _offers(turn, asked, only_counted=only_counted),
        conditions=told_conditions(turn, asked, await stage_names(turn, wanted.where)),
    )
    return [await listed(turn, asked.reading, shown, asked.customer)]


def visits_wanted(turn: Turn, asked: Asked) -> VisitsWanted:
    """Which visits a question asks for."""
    customer_id = asked.customer.id if asked.customer else None
    people, where = whose(turn, asked).people, conditions_of(turn, asked)
    return VisitsWanted(people, customer_id, None, asked.day("since"), asked.day("until"), where)


async def _idle(turn: Turn, asked: Asked, owner: Whose, wanted: VisitsWanted) -> Outcome:
    """Those who made no visit within the period, this week unless one is told."""
    monday = turn.today - timedelta(days=turn.today.weekday())
    span = asked.span or Span(monday, monday + timedelta(days=6))
    names = await people_without_visits(turn.session, turn.actor, replace(wanted, since=span.since, until=span.until))

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        return [Item(Parts((name,))) for name in names[offset : offset + limit]]

    count = Count(len(names), "count_people") if names else None
    told = head(Phrase("list_idle", {"who": owner.label}), span, count)
    return await listed(turn, asked.reading, List(told, (Section(None, len(names), fetch),)))


def _figure(counted: VisitCount) -> Phrase:
    customers, held = Count(counted.customers, "count_customers"), Count(counted.visits, "count_visits")
    return Phrase("customers_and_visits", {"customers": customers, "visits": held})


async def _offers(turn: Turn, asked: Asked, *, only_counted: bool) -> tuple[tuple[Offer, ...], ...]:
    if asked.customer is not None:
        count = await count_comments(turn.session, turn.actor, CommentsWanted(asked.customer.id))
        return ((*comments_offer(asked.customer, count), look_at_customer(asked.customer)),)
    return ((look("button_details", asked.but(how=None)),),) if only_counted else ()


async def words_on(turn: Turn, rows: Sequence[VisitRow]) -> dict[int, tuple[str, str]]:
    """The last that was said about each of the visits shown, of which the turn takes a note."""
    note_shown(turn, [row.visit for row in rows])
    return await last_words(turn.session, "visit", [row.visit.id for row in rows])


def note_shown(turn: Turn, visits: Iterable[Visit]) -> None:
    """The answer shows these visits: of those of people below the turn takes a note."""
    turn.shown_visits |= {visit.id for visit in visits if visit.user_id in turn.actor.below}


async def places_on(turn: Turn, rows: Sequence[VisitRow]) -> dict[int, Phrase]:
    """How far from the customer those of the visits shown were checked in at."""
    found = await distances_on(turn.session, [row.visit.id for row in rows])
    return {key: how_far(metres) for key, metres in found.items()}


def visit_entry(
    row: VisitRow,
    words: tuple[str, str] | None = None,
    place: Phrase | None = None,
    *,
    with_customer: bool,
    with_name: bool,
) -> Item:
    """When · who · customer · how · where it was checked in at · its words · what a superior said of it."""
    visit = row.visit
    customer = brief(row.customer) if with_customer else None
    kind = Word(f"kind_{visit.kind}") if visit.kind else None
    who = row.user if with_name else None
    comment = Phrase("last_words", {"name": words[0], "text": short(words[1])}) if words else None
    return Item(Parts((visit.held_at or visit.held_on, who, customer, kind, place, short(visit.words), comment)))
