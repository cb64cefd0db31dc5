"""A report by its name: today's funnel (日报), the review of a week (周报) or of a month (月报), running or past."""

from __future__ import annotations

from datetime import date, timedelta

from crm.reports.trend import span_back
from handlers.queries.asked import Whose, begin_of, settled, whose
from handlers.queries.reports import answered
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from storage.reports import conversions, funnel_report, performance_report, trend_report
from talk.definitions import COHORT_DAYS, definitions_offer
from talk.message import Parts, Phrase, Span
from talk.reports import funnel_facts, funnel_picture, review_facts, trend_picture

DAY = timedelta(days=1)
PERIODS = 8  # weeks or months of a trend


async def show_report(turn: Turn, reading: Reading) -> list[Result]:
    """The report named, of the period that runs or of one before. Raises NotFound, NotYourPeople."""
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return [asked]
    kind, back = str(reading.slots["report"]), int(reading.slots.get("back") or 0)
    return [await _report(turn, kind, whose(turn, asked), *span_back(kind, turn.today, back))]


async def _report(turn: Turn, kind: str, owner: Whose, first: date, last: date) -> Result:
    since, until = begin_of(turn, first), begin_of(turn, min(last, turn.today) + DAY)
    asker = (turn.session, turn.actor, owner.people)
    funnel = await funnel_report(*asker, since, until, turn.today, team_id=owner.team_id)
    title = f"report_{kind}"
    head = Parts((Phrase(title, {"who": owner.label}), Span(first, last)))
    if kind == "day":
        facts = funnel_facts(funnel, owner.label, title=title, is_own=not owner.is_several)
        facts["picture"] = funnel_picture(funnel, owner.label, turn.reader, title=title)
        return answered(facts, head, (definitions_offer("funnel"),), funnel.is_empty)
    done = await performance_report(*asker, first, last, turn.reader.zone, team_id=owner.team_id)
    passed = await conversions(*asker, until - COHORT_DAYS * DAY, until)
    facts = review_facts(funnel, done, passed, owner.label, title=title, cohort=COHORT_DAYS)
    trend = await trend_report(*asker, kind, PERIODS, last, turn.reader.zone, team_id=owner.team_id)
    facts["picture"] = trend_picture(trend, owner.label, turn.reader)
    return answered(facts, head, (definitions_offer("review"),), funnel.is_empty and done.is_empty)
