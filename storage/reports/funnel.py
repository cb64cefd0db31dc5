"""The funnel report: what stands where, what came and went within a period, what lies still, who entered nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.reports.attainment import Goal, period_aimed_at
from crm.reports.figures import Bundle, Figures, figures
from crm.reports.forecast import Forecast
from crm.reports.funnel import FunnelReport, Shift, stage_lines
from crm.targets import days_of, month_of, quarter_of
from storage.deal_tables import deals, stage_changes
from storage.deals import all_stages
from storage.reports.flows import flows_within
from storage.reports.goals import goals_for
from storage.reports.scope import FIGURES, HOME, People, Scope, bundle, bundles, moments, within, zone_of
from storage.reports.silent_reps import silent_reps
from storage.reports.stalled import stalled_now

EVER = datetime(9999, 1, 1, tzinfo=UTC)  # SQLite takes the index on moments only where both ends are told


async def funnel_report(  # noqa: PLR0917 - who asks, about whom, from when to when
    session: AsyncSession,
    actor: Actor,
    people: People,
    since: datetime,
    until: datetime,
    today: date,
    *,
    team_id: int | None = None,
) -> FunnelReport:
    """The funnel of `people` (None: all that the actor sees): as it stands, and what happened from `since` up to
    `until`, which are aware and in the reader's zone, as `today` is. `team_id` tells whose targets hold
    (storage/reports/goals.py).
    """
    scope = Scope(session, actor, people, await all_stages(session))
    standing, forecast = await _standing(scope, *await _aim(scope, today, team_id), zone_of(since))
    stalled_count, stalled = await stalled_now(scope, today, zone_of(since))
    return FunnelReport(
        since,
        until,
        today,
        stage_lines(scope.stages, standing, await _shifts(scope, since)),
        figures(held for _, held in standing),
        await flows_within(scope, since, until),
        forecast,
        stalled,
        stalled_count,
        await silent_reps(session, actor, people, since, until) if people != frozenset({actor.id}) else (),
    )


async def _aim(scope: Scope, today: date, team_id: int | None) -> tuple[str, Goal | None]:
    """The period whose forecast is told, and the goal of what is won in it, None where there is none."""
    periods = (month_of(today), quarter_of(today))
    goals = await goals_for(scope.session, scope.actor, scope.people, periods, team_id)
    aim = period_aimed_at(goals, today)
    return aim, goals[aim].get("won_amount")


async def _standing(
    scope: Scope, aim: str, goal: Goal | None, zone: tzinfo
) -> tuple[list[tuple[int, Bundle]], Forecast]:
    """The open deals by stage, and of them those expected to close in a period beside what was won in it."""
    days = days_of(aim)
    rates = {stage.id: stage.win_rate for stage in scope.stages if stage.outcome == "open"}
    is_expected = case((deals.c.close_on.between(*days), 1), else_=0)
    told = (deals.c.stage_id, deals.c.currency, deals.c.probability, is_expected)
    found = select(*told, *FIGURES).select_from(HOME).where(*scope.where, deals.c.stage_id.in_(rates))
    rows = [
        (stage, bundle(currency, rates[stage] if rate is None else rate, sums), is_in)
        for stage, currency, rate, is_in, *sums in await scope.rows(found.group_by(*told).order_by(deals.c.stage_id))
    ]
    expected = figures(held for _, held, is_in in rows if is_in)
    return [row[:2] for row in rows], Forecast(*days, await _won(scope, days, zone), expected, goal)


async def _won(scope: Scope, days: tuple[date, date], zone: tzinfo) -> Figures:
    found = select(deals.c.currency, *FIGURES).select_from(HOME).group_by(deals.c.currency)
    closed = within(deals.c.closed_at, *moments(*days, zone))
    return figures(
        bundles(await scope.rows(found.where(*closed, deals.c.stage_id.in_(scope.ends("won")), *scope.where)))
    )


async def _shifts(scope: Scope, since: datetime) -> list[Shift]:
    """Where the deals that were made or moved since a moment stood then and stand now."""
    first = (
        select(stage_changes.c.deal_id, func.min(stage_changes.c.id).label("id"))
        .where(*within(stage_changes.c.at, since, EVER), stage_changes.c.withdrawn_at.is_(None))
        .group_by(stage_changes.c.deal_id)
        .subquery()
    )
    before = case((deals.c.created_at >= since, None), else_=stage_changes.c.from_stage_id)
    told = (before.label("before"), deals.c.stage_id, deals.c.currency)
    home = first.join(stage_changes, stage_changes.c.id == first.c.id)
    home = home.join(HOME, deals.c.id == first.c.deal_id)
    found = select(*told, *FIGURES).select_from(home).where(*scope.where).group_by(*told)
    return [
        Shift(was, now, currency, int(count), int(minor or 0), int(known))
        for was, now, currency, count, minor, known in await scope.rows(found)
    ]
