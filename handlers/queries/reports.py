"""Reports on request: the funnel, the forecast, what was reached; with period, filter, and how they are calculated."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from crm.reports.review import PERIODS
from handlers.queries.asked import Asked, begin_of, whose
from handlers.queries.pages import look
from handlers.turn import Result, Turn
from storage.reports import forecast_report, funnel_report, performance_report, trend_report
from storage.reports.forecast import period_to_forecast
from talk.definitions import definitions_offer
from talk.message import Offer, Outcome, Parts, Phrase, Span
from talk.reports import (
    forecast_facts,
    forecast_picture,
    funnel_facts,
    funnel_picture,
    performance_facts,
    trend_picture,
)

DAY = timedelta(days=1)


async def show_funnel(turn: Turn, asked: Asked) -> list[Result]:
    """The funnel as it stands, and what happened today or within the period told."""
    owner = whose(turn, asked)
    since, until = span_asked(turn, asked)
    report = await funnel_report(
        turn.session, turn.actor, owner.people, since, until, turn.today, team_id=owner.team_id
    )
    details = look("button_details", asked.but(topic="deals", how=None, since=None, until=None))
    head = Parts((Phrase("list_funnel", {"who": owner.label}),))
    facts = funnel_facts(report, owner.label, is_own=not owner.is_several)
    facts["picture"] = funnel_picture(report, owner.label, turn.reader)
    return [answered(facts, head, (details, definitions_offer("funnel")), report.is_empty)]


async def show_forecast(turn: Turn, asked: Asked) -> list[Result]:
    """The forecast of the period told, else of this month, or of this quarter where only that has a target."""
    owner = whose(turn, asked)
    since, until = asked.day("since"), asked.day("until")
    if since is None and until is None:
        since, until = await period_to_forecast(turn.session, turn.actor, owner.people, turn.today, owner.team_id)
    report = await forecast_report(
        turn.session, turn.actor, owner.people, since, until, turn.reader.zone, team_id=owner.team_id
    )
    details = look("button_details", asked.but(topic="deals", how=None, since=since, until=until))
    head = Parts((Phrase("list_forecast", {"who": owner.label}), Span(since, until)))
    facts = forecast_facts(report, owner.label)
    facts["picture"] = forecast_picture(report, owner.label, turn.reader)
    return [answered(facts, head, (details, definitions_offer("forecast")), report.is_empty)]


async def show_performance(turn: Turn, asked: Asked) -> list[Result]:
    """What was reached within the period told, else this month, against the targets."""
    owner = whose(turn, asked)
    span = asked.span or month_of(turn.today)
    since, until = span.since or _first_of_year(turn.today), span.until or turn.today
    report = await performance_report(
        turn.session, turn.actor, owner.people, since, until, turn.reader.zone, team_id=owner.team_id
    )
    won = asked.but(topic="deals", how=None, stage="won", since=since, until=until)
    head = Parts((Phrase("list_performance", {"who": owner.label}), Span(since, until)))
    offers = (look("button_details", won), definitions_offer("performance"))
    facts = performance_facts(report, owner.label)
    if not report.is_empty:
        trend = await trend_report(
            turn.session, turn.actor, owner.people, "month", PERIODS, until, turn.reader.zone, team_id=owner.team_id
        )
        facts["picture"] = trend_picture(trend, owner.label, turn.reader)
    return [answered(facts, head, offers, report.is_empty)]


def answered(facts: dict[str, Any], head: Parts, offers: tuple[Offer, ...], is_empty: bool) -> Outcome:
    """A report as an outcome; one line where it has nothing to tell."""
    if is_empty:
        return Outcome("nothing_to_report", {"what": head}, wrote=False, offers=(offers[-1:],))
    return Outcome("listed", facts, wrote=False, offers=(offers,))


def span_asked(turn: Turn, asked: Asked) -> tuple[datetime, datetime]:
    """The moments of the period told, today where none is; what lies ahead has not happened."""
    since = asked.day("since") or asked.day("until") or turn.today
    until = asked.day("until") or turn.today
    begins, ends = begin_of(turn, min(since, turn.today)), begin_of(turn, min(until, turn.today) + DAY)
    return begins, max(begins, ends)


def month_of(on: date) -> Span:
    """The month of a day."""
    after = (on.replace(day=1) + timedelta(days=31)).replace(day=1)
    return Span(on.replace(day=1), after - DAY)


def _first_of_year(on: date) -> date:
    return on.replace(month=1, day=1)
