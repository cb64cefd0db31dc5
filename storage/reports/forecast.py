"""The forecast report: what was won within a period and what is expected to close in it, by stage and by person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.pipelines import Stage, by_key
from crm.policy import Actor
from crm.reports.attainment import Goal, period_aimed_at
from crm.reports.figures import Bundle, Figures, figures, of_currency
from crm.reports.forecast import Forecast, ForecastReport, PersonForecast, StageForecast
from crm.targets import days_of, month_of, period_of, quarter_of
from storage.deals import all_stages
from storage.people_tables import users
from storage.reports.goals import goals_for, goals_of_each
from storage.reports.scope import FIGURES, HOME, People, bundle, in_scope, moments, within
from storage.tables import deals

_OWNED = HOME.join(users, users.c.id == deals.c.owner_id)
Row = tuple[int, str, int, Bundle]  # owner, their name, stage, the deals


async def forecast_report(
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
    stages = await all_stages(session)
    open_rows = await _expected(session, actor, people, stages, since, until)
    won_rows = await _won(session, actor, people, stages, since, until, zone)
    period = period_of(since, until)
    goals = (await goals_for(session, actor, people, (period,), team_id))[period] if period else {}
    whole = Forecast(since, until, _sum(won_rows), _sum(open_rows), goals.get("won_amount"))
    owners = {row[0]: row[1] for row in (*won_rows, *open_rows)}
    each = await goals_of_each(session, actor, owners, period) if period else {}
    parts = tuple(
        PersonForecast(name, _of_person(key, since, until, won_rows, open_rows, each.get(key, {})))
        for key, name in owners.items()
    )
    return ForecastReport(whole, _by_stage(stages, open_rows), _largest_first(parts))


async def period_to_forecast(
    session: AsyncSession, actor: Actor, people: People, today: date, team_id: int | None = None
) -> tuple[date, date]:
    """The days of this month, or of this quarter where only that has a target."""
    goals = await goals_for(session, actor, people, (month_of(today), quarter_of(today)), team_id)
    return days_of(period_aimed_at(goals, today))


async def _expected(
    session: AsyncSession,
    actor: Actor,
    people: People,
    stages: Sequence[Stage],
    since: date | None,
    until: date | None,
) -> list[Row]:
    rates = {stage.id: stage.win_rate for stage in stages if stage.outcome == "open"}
    told = (deals.c.owner_id, users.c.name, deals.c.stage_id, deals.c.currency, deals.c.probability)
    where = [*in_scope(actor, people), deals.c.stage_id.in_(rates)]
    if since is not None:
        where.append(deals.c.close_on >= since)
    if until is not None:
        where.append(deals.c.close_on <= until)
    found = select(*told, *FIGURES).select_from(_OWNED).where(*where).group_by(*told)
    return [
        (owner, name, stage, bundle(currency, rates[stage] if rate is None else rate, sums))
        for owner, name, stage, currency, rate, *sums in await session.execute(found)
    ]


async def _won(
    session: AsyncSession,
    actor: Actor,
    people: People,
    stages: Sequence[Stage],
    since: date | None,
    until: date | None,
    zone: tzinfo,
) -> list[Row]:
    won = [stage.id for stage in stages if stage.outcome == "won"]
    told = (deals.c.owner_id, users.c.name, deals.c.stage_id, deals.c.currency)
    where = [*within(deals.c.closed_at, *moments(since, until, zone)), deals.c.stage_id.in_(won)]
    found = select(*told, *FIGURES).select_from(_OWNED).where(*where, *in_scope(actor, people)).group_by(*told)
    return [
        (owner, name, stage, bundle(currency, 100, sums))
        for owner, name, stage, currency, *sums in await session.execute(found)
    ]


def _sum(rows: Iterable[Row]) -> Figures:
    return figures(held for *_, held in rows)


def _of_person(
    key: int,
    since: date | None,
    until: date | None,
    won: Sequence[Row],
    opened: Sequence[Row],
    goals: Mapping[str, Goal],
) -> Forecast:
    done, expected = (_sum(row for row in rows if row[0] == key) for rows in (won, opened))
    return Forecast(since, until, done, expected, goals.get("won_amount"))


def _by_stage(stages: Sequence[Stage], rows: Sequence[Row]) -> tuple[StageForecast, ...]:
    found = []
    for key, same in by_key(stages).items():
        held = _sum(row for row in rows if any(row[2] == stage.id for stage in same))
        if held.count:
            found.append(StageForecast(key, same[0].names, held))
    return tuple(found)


def _largest_first(parts: Iterable[PersonForecast]) -> tuple[PersonForecast, ...]:
    return tuple(sorted(parts, key=lambda one: (-of_currency(one.forecast.total, "CNY").minor, one.name)))
