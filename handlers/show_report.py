"""A report by its name: today's funnel (日报), the review of a week (周报) or of a month (月报), running or past."""

from __future__ import annotations

from datetime import timedelta

from crm.reports.trend import span_back
from handlers.queries.asked import Whose, begin_of, settled, whose
from handlers.queries.reports import answered
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from storage.reports import funnel_report, review_report
from talk.definitions import definitions_offer
from talk.message import Parts, Phrase, Span
from talk.reports import funnel_facts, funnel_picture, review_facts, trend_picture

DAY = timedelta(days=1)


async def show_report(turn: Turn, reading: Reading) -> list[Result]:
    """The report named, of the period that runs or of one before. Raises NotFound, NotYourPeople."""
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return [asked]
    kind, back = str(reading.slots["report"]), int(reading.slots.get("back") or 0)
    owner = whose(turn, asked)
    return [await (_day(turn, owner, back) if kind == "day" else _review(turn, owner, kind, back))]


async def _day(turn: Turn, owner: Whose, back: int) -> Result:
    day, _ = span_back("day", turn.today, back)
    since = begin_of(turn, day)
    asker = (turn.session, turn.actor, owner.people)
    report = await funnel_report(*asker, since, begin_of(turn, day + DAY), turn.today, team_id=owner.team_id)
    facts = funnel_facts(report, owner.label, title="report_day", is_own=not owner.is_several)
    facts["picture"] = funnel_picture(report, owner.label, turn.reader, title="report_day")
    return answered(facts, _head("day", owner, Span(day, day)), (definitions_offer("funnel"),), report.is_empty)


async def _review(turn: Turn, owner: Whose, kind: str, back: int) -> Result:
    asker = (turn.session, turn.actor, owner.people)
    review = await review_report(*asker, kind, turn.today, turn.reader.zone, back=back, team_id=owner.team_id)
    facts = review_facts(review, owner.label)
    facts["picture"] = trend_picture(review.trend, owner.label, turn.reader)
    head = _head(kind, owner, Span(*span_back(kind, turn.today, back)))
    return answered(facts, head, (definitions_offer("review"),), review.is_empty)


def _head(kind: str, owner: Whose, days: Span) -> Parts:
    return Parts((Phrase(f"report_{kind}", {"who": owner.label}), days))
