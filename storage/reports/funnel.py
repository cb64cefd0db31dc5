"""The funnel report: what stands where, what came and went within a period, what lies still, who entered nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.pipelines import Stage
from crm.policy import Actor
from crm.reports.attainment import Goal, period_aimed_at
from crm.reports.figures import Bundle, figures
from crm.reports.forecast import Forecast
from crm.reports.funnel import FunnelReport, Shift, stage_lines
from crm.targets import days_of, month_of, quarter_of
from storage.deals import all_stages
from storage.reports.flows import flows_within
from storage.reports.goals import goals_for
from storage.reports.scope import FIGURES, HOME, People, bundle, bundles, in_scope, moments, within
from storage.reports.silent_reps import silent_reps
from storage.reports.stalled import stalled_now
from storage.tables import deals, stage_changes

EVER = datetime(9999, 1, 1, tzinfo=UTC)  # SQLite takes the index on moments only where both ends are told
Standing = list[tuple[int, Bundle, bool]]  # stage, the deals there, whether they are expected to close in the period


async def funnel_report(
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
    stages = await all_stages(session)
    aim, goal = await _aim(session, actor, people, today, team_id)
    days = days_of(aim)
    standing = await _standing(session, actor, people, stages, days)
    expected = figures(held for _, held, is_expected in standing if is_expected)
    won = bundles(await won_within(session, actor, people, stages, moments(*days, _zone(since))))
    shifts = await _shifts(session, actor, people, since)
    stalled_count, stalled = await stalled_now(session, actor, people, stages, today, _zone(since))
    return FunnelReport(
        since,
        until,
        today,
        stage_lines(stages, [(stage, held) for stage, held, _ in standing], shifts),
        figures(held for _, held, _ in standing),
        await flows_within(session, actor, people, stages, since, until),
        Forecast(*days, figures(won), expected, goal),
        stalled,
        stalled_count,
        await silent_reps(session, actor, people, since, until) if people != frozenset({actor.id}) else (),
    )


def _zone(moment: datetime) -> Any:
    return moment.tzinfo


async def _aim(
    session: AsyncSession, actor: Actor, people: People, today: date, team_id: int | None
) -> tuple[str, Goal | None]:
    """The period whose forecast is told, and the goal of what is won in it, None where there is none."""
    goals = await goals_for(session, actor, people, (month_of(today), quarter_of(today)), team_id)
    aim = period_aimed_at(goals, today)
    return aim, goals[aim].get("won_amount")


async def _standing(
    session: AsyncSession, actor: Actor, people: People, stages: Sequence[Stage], days: tuple[date, date]
) -> Standing:
    rates = {stage.id: stage.win_rate for stage in stages if stage.outcome == "open"}
    is_expected = case((deals.c.close_on.between(*days), 1), else_=0)
    told = (deals.c.stage_id, deals.c.currency, deals.c.probability, is_expected)
    found = select(*told, *FIGURES).select_from(HOME)
    rows = await session.execute(
        found.where(*in_scope(actor, people), deals.c.stage_id.in_(rates)).group_by(*told).order_by(deals.c.stage_id)
    )
    return [
        (stage, bundle(currency, rates[stage] if rate is None else rate, sums), bool(is_in))
        for stage, currency, rate, is_in, *sums in rows
    ]


async def won_within(
    session: AsyncSession,
    actor: Actor,
    people: People,
    stages: Sequence[Stage],
    span: tuple[datetime | None, datetime | None],
) -> Sequence[Sequence[Any]]:
    """Rows (currency, *FIGURES) of the deals won from a moment up to another."""
    won = [stage.id for stage in stages if stage.outcome == "won"]
    found = select(deals.c.currency, *FIGURES).select_from(HOME)
    where = (*within(deals.c.closed_at, *span), deals.c.stage_id.in_(won), *in_scope(actor, people))
    return (await session.execute(found.where(*where).group_by(deals.c.currency))).all()


async def _shifts(session: AsyncSession, actor: Actor, people: People, since: datetime) -> list[Shift]:
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
    found = select(*told, *FIGURES).select_from(home).where(*in_scope(actor, people))
    rows = await session.execute(found.group_by(*told))
    return [
        Shift(was, now, currency, int(count), int(minor or 0), int(known))
        for was, now, currency, count, minor, known in rows
    ]
