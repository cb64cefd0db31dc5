"""The trend report: what was won in each of the last weeks or months."""

from __future__ import annotations

from datetime import date, tzinfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.reports.figures import figures
from crm.reports.trend import Period, TrendReport, spans_before
from crm.targets import period_of
from storage.deal_tables import deals
from storage.deals import all_stages
from storage.reports.goals import goals_for
from storage.reports.scope import FIGURES, HOME, People, Scope, bundles, moments, within


async def trend_report(  # noqa: PLR0917 - who asks, about whom, which periods
    session: AsyncSession,
    actor: Actor,
    people: People,
    kind: str,
    count: int,
    today: date,
    zone: tzinfo,
    *,
    team_id: int | None = None,
) -> TrendReport:
    """What `people` (None: all that the actor sees) won in each of the last `count` weeks or months, today's the last;
    a month's with the target for it.
    """
    scope = Scope(session, actor, people, await all_stages(session))
    spans = spans_before(kind, today, count)
    periods = []
    for since, until in spans:
        found = select(deals.c.currency, *FIGURES).select_from(HOME).group_by(deals.c.currency)
        closed = within(deals.c.closed_at, *moments(since, until, zone))
        rows = await scope.rows(found.where(*closed, deals.c.stage_id.in_(scope.ends("won")), *scope.where))
        periods.append(Period(since, until, figures(bundles(rows)), is_open=since <= today <= until))
    name = period_of(*spans[-1])
    goals = (await goals_for(session, actor, people, (name,), team_id))[name] if name else {}
    return TrendReport(kind, tuple(periods), goals.get("won_amount"))
