"""What deals did within a period: were made, moved on, won, lost; how many, how much, and the largest few by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from crm.money import Money
from crm.reports.figures import figures
from crm.reports.funnel import Flow, Moved
from storage.deal_tables import IS_OF_A_PERIOD, deals, stage_changes
from storage.people_tables import users
from storage.reports.scope import FIGURES, HOME, Scope, bundles, within
from storage.tables import customers

FEW = 3  # deals that are named of each kind
_NAMED = (deals.c.id, deals.c.name, customers.c.name, users.c.name, deals.c.amount_minor, deals.c.currency)
_LARGEST = (deals.c.amount_minor.is_(None), deals.c.amount_minor.desc(), deals.c.id)


async def flows_within(scope: Scope, since: datetime, until: datetime) -> Mapping[str, Flow]:
    """What happened from `since` up to `until`, by KINDS: made by the day it was made, won and lost by the day it was
    closed, moved by its moves between open stages, each deal once.
    """
    found = {"new": await _flow(scope, [*within(deals.c.created_at, since, until), IS_OF_A_PERIOD])}
    found["moved"] = await _moved(scope, since, until)
    for outcome in ("won", "lost"):
        closed = [*within(deals.c.closed_at, since, until), deals.c.stage_id.in_(scope.ends(outcome))]
        found[outcome] = await _flow(scope, closed)
    return found


async def _flow(scope: Scope, did: Sequence[Any]) -> Flow:
    where = [*did, *scope.where]
    sums = select(deals.c.currency, *FIGURES).select_from(HOME).where(*where).group_by(deals.c.currency)
    told = figures(bundles(await scope.rows(sums)))
    if not told.count:
        return Flow()
    home = HOME.join(users, users.c.id == deals.c.owner_id)
    largest = select(*_NAMED, deals.c.stage_id).select_from(home).where(*where).order_by(*_LARGEST).limit(FEW)
    names = _names(scope)
    return Flow(told, tuple(_named(row[:6], None, names[row[6]]) for row in await scope.rows(largest)))


async def _moved(scope: Scope, since: datetime, until: datetime) -> Flow:
    """The deals that moved between open stages, each once: from where its first move began to where its last led."""
    moves = (
        select(
            stage_changes.c.deal_id,
            func.min(stage_changes.c.id).label("first"),
            func.max(stage_changes.c.id).label("last"),
        )
        .where(*within(stage_changes.c.at, since, until), stage_changes.c.withdrawn_at.is_(None))
        .where(stage_changes.c.from_stage_id.is_not(None), stage_changes.c.to_stage_id.in_(scope.ends("open")))
        .group_by(stage_changes.c.deal_id)
        .subquery()
    )
    home = moves.join(HOME, deals.c.id == moves.c.deal_id)
    sums = select(deals.c.currency, *FIGURES).select_from(home).where(*scope.where).group_by(deals.c.currency)
    told = figures(bundles(await scope.rows(sums)))
    if not told.count:
        return Flow()
    start, end = stage_changes.alias("start"), stage_changes.alias("finish")
    ways = home.join(users, users.c.id == deals.c.owner_id)
    ways = ways.join(start, start.c.id == moves.c.first).join(end, end.c.id == moves.c.last)
    largest = select(*_NAMED, start.c.from_stage_id, end.c.to_stage_id).select_from(ways).where(*scope.where)
    names, rows = _names(scope), await scope.rows(largest.order_by(*_LARGEST).limit(FEW))
    return Flow(told, tuple(_named(row[:6], names[row[6]], names[row[7]]) for row in rows))


def _names(scope: Scope) -> dict[int, Mapping[str, str]]:
    return {stage.id: stage.names for stage in scope.stages}


def _named(row: Sequence[Any], before: Mapping[str, str] | None, after: Mapping[str, str]) -> Moved:
    key, deal, customer, owner, minor, currency = row
    return Moved(key, deal, customer, owner, before, after, None if minor is None else Money(minor, currency))
