"""The review of a week or a month, running or past."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.reports.review import COHORT_DAYS, PERIODS, Review
from crm.reports.trend import span_back
from storage.reports.funnel import funnel_report
from storage.reports.performance import performance_report
from storage.reports.scope import People
from storage.reports.stages import conversions
from storage.reports.trend import trend_report

DAY = timedelta(days=1)


async def review_report(  # noqa: PLR0917 - who asks, about whom, which period
    session: AsyncSession,
    actor: Actor,
    people: People,
    kind: str,
    today: date,
    zone: tzinfo,
    *,
    back: int = 0,
    team_id: int | None = None,
) -> Review:
    """The review of the week or month so many before today's; one that runs reaches up to today."""
    first, last = span_back(kind, today, back)
    since, until = (datetime.combine(day, time(), zone) for day in (first, min(last, today) + DAY))
    return Review(
        kind,
        await funnel_report(session, actor, people, since, until, today, team_id=team_id),
        await performance_report(session, actor, people, first, last, zone, team_id=team_id),
        await conversions(session, actor, people, until - COHORT_DAYS * DAY, until),
        await trend_report(session, actor, people, kind, PERIODS, last, zone, team_id=team_id),
    )
