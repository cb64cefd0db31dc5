"""The daily funnel, the review of a week, the scorecard of a month: reports with a picture."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from crm.reports.trend import span_back
from jobs.pushing import To
from storage.reports import conversions, funnel_report, performance_report, trend_report
from talk.definitions import COHORT_DAYS, definitions_offer
from talk.message import Outcome, Word
from talk.reports import funnel_facts, funnel_picture, review_facts, trend_picture

DAY = timedelta(days=1)
PERIODS = 8  # weeks or months of a trend


async def funnel(to: To) -> Outcome | None:
    """What moved today and what stands; None where there is nothing."""
    today = to.reader.today
    since = _begin(to, today)
    people, who = _whose(to)
    report = await funnel_report(to.session, to.actor, people, since, since + DAY, today, team_id=to.team_id)
    if report.is_empty:
        return None
    facts = funnel_facts(report, who, title="report_day")
    facts["picture"] = funnel_picture(report, who, to.reader, title="report_day")
    return Outcome("listed", facts, wrote=False, offers=((definitions_offer("funnel"),),))


async def week(to: To) -> Outcome | None:
    """The week before this one."""
    return await _review(to, "week")


async def month(to: To) -> Outcome | None:
    """The month before this one."""
    return await _review(to, "month")


async def _review(to: To, kind: str) -> Outcome | None:
    first, last = span_back(kind, to.reader.today, 1)
    since, until = _begin(to, first), _begin(to, last + DAY)
    people, who = _whose(to)
    asker = (to.session, to.actor, people)
    report = await funnel_report(*asker, since, until, to.reader.today, team_id=to.team_id)
    done = await performance_report(*asker, first, last, to.reader.zone, team_id=to.team_id)
    if report.is_empty and done.is_empty:
        return None
    passed = await conversions(*asker, until - COHORT_DAYS * DAY, until)
    facts = review_facts(report, done, passed, who, title=f"report_{kind}", cohort=COHORT_DAYS)
    trend = await trend_report(*asker, kind, PERIODS, last, to.reader.zone, team_id=to.team_id)
    facts["picture"] = trend_picture(trend, who, to.reader)
    return Outcome("listed", facts, wrote=False, offers=((definitions_offer("review"),),))


def _begin(to: To, on: date) -> datetime:
    return datetime.combine(on, time(), to.reader.zone)


def _whose(to: To) -> tuple[frozenset[int] | None, Any]:
    """Whose figures are told: a group its team's, an admin everybody's, a manager the team's, a rep their own."""
    if to.people is not None:
        return to.people, to.who
    if to.actor.user.role == "admin":
        return None, Word("whose_all")
    if to.actor.below:
        return frozenset({to.actor.id, *to.actor.below}), Word("whose_team")
    return frozenset({to.actor.id}), Word("whose_me")
