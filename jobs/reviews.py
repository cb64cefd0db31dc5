"""The daily funnel, the review of a week, the scorecard of a month: reports with a picture."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from crm.reports.gaps import worst_gaps
from jobs.pushing import To
from nlu.company_forms import without_form
from storage.gaps import records_held
from storage.reports import funnel_report, review_report
from talk.definitions import definitions_offer
from talk.message import Outcome, Parts, Phrase, Word
from talk.reports import funnel_facts, funnel_picture, review_facts, trend_picture
from talk.reports.gaps import gaps_line

DAY = timedelta(days=1)
GAPS = 3  # customers whose records are to be completed


async def funnel(to: To) -> Outcome | None:
    """What moved today and what stands; None where there is nothing."""
    today = to.reader.today
    since = datetime.combine(today, time(), to.reader.zone)
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
    people, who = _whose(to)
    asker = (to.session, to.actor, people)
    review = await review_report(*asker, kind, to.reader.today, to.reader.zone, back=1, team_id=to.team_id)
    if review.is_empty:
        return None
    facts = review_facts(review, who)
    if kind == "week" and to.people is None:
        facts["sections"] = [*facts["sections"], *await _gaps(to)]
    facts["picture"] = trend_picture(review.trend, who, to.reader)
    return Outcome("listed", facts, wrote=False, offers=((definitions_offer("review"),),))


async def _gaps(to: To) -> list[tuple[Phrase, list[Parts]]]:
    """What is to be completed this week of the records of whoever it is told: their own, a manager's too."""
    found = worst_gaps(await records_held(to.session, to.actor), to.reader.today)
    lines = [gaps_line(without_form(one.name), one) for one in found[:GAPS]]
    return [(Phrase("week_gaps", {"n": len(found)}), lines)] if found else []


def _whose(to: To) -> tuple[frozenset[int] | None, Any]:
    """Whose figures are told: a group its team's, an admin everybody's, a manager the team's, a rep their own."""
    if to.people is not None:
        return to.people, to.who
    if to.actor.user.role == "admin":
        return None, Word("whose_all")
    if to.actor.below:
        return frozenset({to.actor.id, *to.actor.below}), Word("whose_team")
    return frozenset({to.actor.id}), Word("whose_me")
