"""The performance report: what each person won, opened, visited and acquired within a period, against their targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.reports.figures import Bundle, Figures, figures
from crm.reports.performance import PerformanceReport, Person, Results, attained, ranked, together
from crm.targets import period_of
from storage.people_tables import users
from storage.reports.goals import goals_for, goals_of_each
from storage.reports.scope import FIGURES, HOME, People, bundle, in_scope, is_asked_of, moments, within
from storage.tables import customers, deals, stages, visits
from storage.visibility import sees_customer


async def performance_report(
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
    results = await _results(session, actor, people, since, until, zone)
    names = await _names(session, actor, people, results)
    period = period_of(since, until)
    each = await goals_of_each(session, actor, names, period) if period else {}
    goals = (await goals_for(session, actor, people, (period,), team_id))[period] if period else {}
    total = together(results.values())
    lines = []
    for key, name in names.items():
        done = results.get(key, Results())
        lines.append(Person(key, name, done, attained(done, each.get(key, {}))))
    return PerformanceReport(since, until, total, ranked(lines), attained(total, goals))


async def _results(
    session: AsyncSession, actor: Actor, people: People, since: date, until: date, zone: tzinfo
) -> dict[int, Results]:
    found: dict[int, Results] = defaultdict(Results)
    begins, ends = moments(since, until, zone)
    home, won = HOME.join(stages, stages.c.id == deals.c.stage_id), [stages.c.outcome == "won"]
    scope = in_scope(actor, people)
    closed = await _owned(session, home, [*within(deals.c.closed_at, begins, ends), *won, *scope])
    for key, told in closed.items():
        found[key] = replace(found[key], won=told)
    made = await _owned(session, HOME, [*within(deals.c.created_at, begins, ends), *scope])
    for key, told in made.items():
        found[key] = replace(found[key], new=told)
    for key, count in (await _visits(session, actor, people, since, until)).items():
        found[key] = replace(found[key], visits=count)
    gained = _scoped(actor, customers.c.owner_id, people)
    acquired = select(customers.c.owner_id, func.count()).where(*gained, *within(customers.c.created_at, begins, ends))
    for key, count in await session.execute(acquired.group_by(customers.c.owner_id)):
        found[key] = replace(found[key], new_customers=int(count))
    return dict(found)


async def _owned(session: AsyncSession, home: Any, where: list[Any]) -> Mapping[int, Figures]:
    """The figures of the deals that meet some conditions, by whose they are."""
    told = (deals.c.owner_id, deals.c.currency)
    found: dict[int, list[Bundle]] = defaultdict(list)
    rows = await session.execute(select(*told, *FIGURES).select_from(home).where(*where).group_by(*told))
    for owner, currency, *sums in rows:
        found[owner].append(bundle(currency, 100, sums))
    return {owner: figures(held) for owner, held in found.items()}


async def _visits(session: AsyncSession, actor: Actor, people: People, since: date, until: date) -> dict[int, int]:
    held = (visits.c.withdrawn_at.is_(None), visits.c.held_on.between(since, until))
    home = visits.join(customers, customers.c.id == visits.c.customer_id)
    found = select(visits.c.user_id, func.count()).select_from(home)
    found = found.where(*held, *_scoped(actor, visits.c.user_id, people)).group_by(visits.c.user_id)
    return {key: int(count) for key, count in await session.execute(found)}


def _scoped(actor: Actor, whose: Any, people: People) -> list[Any]:
    where = [customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    return [*where, whose.in_(people)] if people is not None else where


async def _names(session: AsyncSession, actor: Actor, people: People, results: Mapping[int, Results]) -> dict[int, str]:
    """Who has a line: the active reps among the people that the actor may ask for, and whoever did anything."""
    where = [users.c.role == "rep", users.c.is_active, users.c.withdrawn_at.is_(None), is_asked_of(actor)]
    if people is not None:
        where.append(users.c.id.in_(people))
    found = select(users.c.id, users.c.name).where(*where)
    done = select(users.c.id, users.c.name).where(users.c.id.in_(results))
    return {key: name for key, name in (*await session.execute(found), *await session.execute(done))}
