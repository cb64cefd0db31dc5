"""The performance report: what each person won, opened, visited and acquired within a period, against their targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.reports.figures import Bundle, Figures, figures
from crm.reports.performance import PerformanceReport, Person, Results, attained, ranked, together
from crm.targets import period_of
from storage.deal_tables import IS_OF_A_PERIOD, deals
from storage.deals import all_stages
from storage.people_tables import users
from storage.reports.goals import goals_for, goals_of_each
from storage.reports.scope import FIGURES, HOME, People, Scope, bundle, is_asked_of, moments, within
from storage.tables import customers, visits
from storage.visibility import sees_customer


@dataclass(frozen=True)
class Span:
    """The days of a period, and when they begin and end."""

    since: date
    until: date
    begins: datetime | None
    ends: datetime | None


async def performance_report(  # noqa: PLR0917 - who asks, about whom, from when to when
    session: AsyncSession,
    actor: Actor,
    people: People,
    since: date,
    until: date,
    zone: tzinfo,
    *,
    team_id: int | None = None,
) -> PerformanceReport:
    """What `people` (None: all that the actor sees) did from `since` to `until`: deals count for whoever owns them,
    visits for whoever went, customers for whoever looks after them. Of several people every active rep has a line.
    """
    scope = Scope(session, actor, people, await all_stages(session))
    results = await _results(scope, Span(since, until, *moments(since, until, zone)))
    names = await _names(scope, results)
    period = period_of(since, until)
    each = await goals_of_each(session, actor, names, period) if period else {}
    goals = (await goals_for(session, actor, people, (period,), team_id))[period] if period else {}
    total = together(results.values())
    lines = []
    for key, name in names.items():
        done = results.get(key, Results())
        lines.append(Person(key, name, done, attained(done, each.get(key, {}))))
    return PerformanceReport(since, until, total, ranked(lines), attained(total, goals))


async def _results(scope: Scope, span: Span) -> dict[int, Results]:
    found: dict[int, Results] = defaultdict(Results)
    closed = [*within(deals.c.closed_at, span.begins, span.ends), deals.c.stage_id.in_(scope.ends("won"))]
    for key, told in (await _owned(scope, closed)).items():
        found[key] = replace(found[key], won=told)
    made = [*within(deals.c.created_at, span.begins, span.ends), IS_OF_A_PERIOD]
    for key, told in (await _owned(scope, made)).items():
        found[key] = replace(found[key], new=told)
    for key, count in await _visits(scope, span):
        found[key] = replace(found[key], visits=int(count))
    for key, count in await _acquired(scope, span):
        found[key] = replace(found[key], new_customers=int(count))
    return dict(found)


async def _owned(scope: Scope, did: Sequence[Any]) -> Mapping[int, Figures]:
    """The figures of the deals that did something, by whose they are."""
    told = (deals.c.owner_id, deals.c.currency)
    found: dict[int, list[Bundle]] = defaultdict(list)
    asked = select(*told, *FIGURES).select_from(HOME).where(*did, *scope.where).group_by(*told)
    for owner, currency, *sums in await scope.rows(asked):
        found[owner].append(bundle(currency, 100, sums))
    return {owner: figures(held) for owner, held in found.items()}


async def _visits(scope: Scope, span: Span) -> Sequence[Any]:
    held = (visits.c.withdrawn_at.is_(None), visits.c.held_on.between(span.since, span.until))
    home = visits.join(customers, customers.c.id == visits.c.customer_id)
    found = select(visits.c.user_id, func.count()).select_from(home).where(*held, *_scoped(scope, visits.c.user_id))
    return await scope.rows(found.group_by(visits.c.user_id))


async def _acquired(scope: Scope, span: Span) -> Sequence[Any]:
    made = within(customers.c.created_at, span.begins, span.ends)
    found = select(customers.c.owner_id, func.count()).where(*made, *_scoped(scope, customers.c.owner_id))
    return await scope.rows(found.group_by(customers.c.owner_id))


def _scoped(scope: Scope, whose: Any) -> list[Any]:
    where = [customers.c.withdrawn_at.is_(None), sees_customer(scope.actor)]
    return [*where, whose.in_(scope.people)] if scope.people is not None else where


async def _names(scope: Scope, results: Mapping[int, Results]) -> dict[int, str]:
    """Who has a line: the active reps among the people that the actor may ask for, and whoever did anything."""
    where = [users.c.role == "rep", users.c.is_active, users.c.withdrawn_at.is_(None), is_asked_of(scope.actor)]
    if scope.people is not None:
        where.append(users.c.id.in_(scope.people))
    wanted = or_(and_(*where), users.c.id.in_(results))
    return {key: name for key, name in await scope.rows(select(users.c.id, users.c.name).where(wanted))}  # noqa: C416 - rows are no pairs to mypy
