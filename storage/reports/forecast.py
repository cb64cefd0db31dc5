"""The forecast report: what was won within a period and what is expected to close in it, by stage and by person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.pipelines import Stage, by_key
from crm.policy import Actor
from crm.reports.attainment import period_aimed_at
from crm.reports.figures import Bundle, Figures, figures, of_currency
from crm.reports.forecast import Forecast, ForecastReport, PersonForecast, StageForecast
from crm.targets import days_of, month_of, period_of, quarter_of
from storage.deal_tables import deals
from storage.deals import all_stages
from storage.people_tables import users
from storage.reports.goals import goals_for, goals_of_each
from storage.reports.scope import FIGURES, HOME, People, Scope, bundle, moments, within

_OWNED = HOME.join(users, users.c.id == deals.c.owner_id)
Row = tuple[int, str, int, Bundle]  # owner, their name, stage, the deals


async def forecast_report(  # noqa: PLR0917 - who asks, about whom, from when to when
    session: AsyncSession,
    actor: Actor,
    people: People,
    since: date | None,
    until: date | None,
    zone: tzinfo,
    *,
    team_id: int | None = None,
) -> ForecastReport:
    """The forecast of `people` (None: all that the actor sees) for the days from `since` to `until`, None: open."""
    scope = Scope(session, actor, people, await all_stages(session))
    expected = await _expected(scope, since, until)
    won = await _won(scope, moments(since, until, zone))
    period = period_of(since, until)
    goals = (await goals_for(session, actor, people, (period,), team_id))[period] if period else {}
    whole = Forecast(since, until, _sum(won), _sum(expected), goals.get("won_amount"))
    owners = {row[0]: row[1] for row in (*won, *expected)}
    each = await goals_of_each(session, actor, owners, period) if period else {}
    parts = []
    for key, name in owners.items():
        own = Forecast(since, until, _sum_of(key, won), _sum_of(key, expected), each.get(key, {}).get("won_amount"))
        parts.append(PersonForecast(name, own))
    return ForecastReport(whole, _by_stage(scope.stages, expected), _largest_first(parts))


async def period_to_forecast(
    session: AsyncSession, actor: Actor, people: People, today: date, team_id: int | None = None
) -> tuple[date, date]:
    """The days of this month, or of this quarter where only that has a target."""
    goals = await goals_for(session, actor, people, (month_of(today), quarter_of(today)), team_id)
    return days_of(period_aimed_at(goals, today))


async def _expected(scope: Scope, since: date | None, until: date | None) -> list[Row]:
    rates = {stage.id: stage.win_rate for stage in scope.stages if stage.outcome == "open"}
    told = (deals.c.owner_id, users.c.name, deals.c.stage_id, deals.c.currency, deals.c.probability)
    where = [*scope.where, deals.c.stage_id.in_(rates)]
    where += within(deals.c.close_on, since, until + timedelta(days=1) if until else None)
    found = select(*told, *FIGURES).select_from(_OWNED).where(*where).group_by(*told)
    return [
        (owner, name, stage, bundle(currency, rates[stage] if rate is None else rate, sums))
        for owner, name, stage, currency, rate, *sums in await scope.rows(found)
    ]


async def _won(scope: Scope, span: tuple[datetime | None, datetime | None]) -> list[Row]:
    told = (deals.c.owner_id, users.c.name, deals.c.stage_id, deals.c.currency)
    where = [*within(deals.c.closed_at, *span), deals.c.stage_id.in_(scope.ends("won")), *scope.where]
    found = select(*told, *FIGURES).select_from(_OWNED).where(*where).group_by(*told)
    return [
        (owner, name, stage, bundle(currency, 100, sums))
        for owner, name, stage, currency, *sums in await scope.rows(found)
    ]


def _sum(rows: Iterable[Row]) -> Figures:
    return figures(held for *_, held in rows)


def _sum_of(key: int, rows: Iterable[Row]) -> Figures:
    return _sum(row for row in rows if row[0] == key)


def _by_stage(stages: Sequence[Stage], rows: Sequence[Row]) -> tuple[StageForecast, ...]:
    found = []
    for key, same in by_key(stages).items():
        held = _sum(row for row in rows if any(row[2] == stage.id for stage in same))
        if held.count:
            found.append(StageForecast(key, same[0].names, held))
    return tuple(found)


def _largest_first(parts: Iterable[PersonForecast]) -> tuple[PersonForecast, ...]:
    return tuple(sorted(parts, key=lambda one: (-of_currency(one.forecast.total, "CNY").minor, one.name)))
