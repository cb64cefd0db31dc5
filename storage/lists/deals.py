"""Deals as lists show them: a window at a time; counted and summed by currency, by stage, by owner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.deals import Deal
from crm.filters import Condition
from crm.money import Money
from crm.pipelines import Stage
from crm.policy import Actor
from storage.deal_tables import IS_OF_A_PERIOD, deals, stage_changes, stages
from storage.lists.conditions import narrowed_deals
from storage.lists.order import DEAL_CONTACTED, deals_in_order, window
from storage.people_tables import users
from storage.stalled import close_has_passed, is_silent, stands_since_before
from storage.tables import customers, tasks
from storage.visibility import sees_customer


@dataclass(frozen=True)
class DealsWanted:
    """Which deals: of `people` (None: of anybody), at a customer, in the stage of a key, of an `outcome` ("": any).

    `closing` is the first and last day of the expected close, `created` and `closed` a moment up to another; an end
    that is None is open. `silent_from` is a midnight: it leaves deals made before that nobody has contacted since;
    `standing_from` leaves those that entered their stage before, `closing_before` those that were to close before a
    day: with several, any. `no_next_step`: no task is open for them. `where` is what narrows them besides; `sort` what
    they are ordered by, after a "-" from the greatest on.
    """

    people: frozenset[int] | None = None
    customer_id: int | None = None
    stage: str = ""
    outcome: str = "open"
    closing: tuple[date | None, date | None] = (None, None)
    created: tuple[datetime | None, datetime | None] = (None, None)
    closed: tuple[datetime | None, datetime | None] = (None, None)
    silent_from: datetime | None = None
    standing_from: datetime | None = None
    closing_before: date | None = None
    no_next_step: bool = False
    where: tuple[Condition, ...] = ()
    sort: str = ""


@dataclass(frozen=True)
class DealRow:
    """A deal with its stage, the names of customer and owner, the last contact, and when it entered its stage."""

    deal: Deal
    stage: Stage
    customer: str
    owner: str
    contacted_on: date | None
    entered_at: datetime | None


@dataclass(frozen=True)
class Totals:
    """How many deals, their sums a currency each, and how many of them have no amount yet."""

    count: int = 0
    sums: tuple[Money, ...] = ()
    without: int = 0


_ENTERED = (
    select(func.max(stage_changes.c.at))
    .where(
        stage_changes.c.deal_id == deals.c.id,
        stage_changes.c.to_stage_id == deals.c.stage_id,
        stage_changes.c.withdrawn_at.is_(None),
    )
    .correlate(deals)
    .scalar_subquery()
)
_HOME = deals.join(customers, customers.c.id == deals.c.customer_id).join(stages, stages.c.id == deals.c.stage_id)
DEAL_ROWS: Select[Any] = select(Deal, Stage, customers.c.name, users.c.name, DEAL_CONTACTED, _ENTERED).select_from(
    _HOME.join(users, users.c.id == deals.c.owner_id)
)
FARTHEST_FIRST: tuple[ColumnElement[Any], ...] = (
    stages.c.outcome != "open",
    stages.c.win_rate.desc(),
    deals.c.amount_minor.is_(None),
    deals.c.amount_minor.desc(),
    deals.c.id,
)
_FIGURES = (deals.c.currency, func.count(deals.c.id), func.sum(deals.c.amount_minor), func.count(deals.c.amount_minor))


async def total_deals(session: AsyncSession, actor: Actor, wanted: DealsWanted) -> Totals:
    """How many of the deals wanted the actor sees, and their sums."""
    found = select(*_FIGURES).select_from(_HOME).where(*_where(actor, wanted)).group_by(deals.c.currency)
    return _totals((await session.execute(found.order_by(deals.c.currency))).all())


async def total_deals_by_stage(session: AsyncSession, actor: Actor, wanted: DealsWanted) -> list[tuple[str, Totals]]:
    """The same by key of the stage, in the order of the pipelines; a stage without any is left out."""
    place = func.max(stages.c.position)
    found = select(stages.c.key, *_FIGURES).select_from(_HOME).where(*_where(actor, wanted))
    rows = (await session.execute(found.group_by(stages.c.key, deals.c.currency).order_by(place))).all()
    return _grouped(rows)


async def total_deals_by_owner(session: AsyncSession, actor: Actor, wanted: DealsWanted) -> list[tuple[str, Totals]]:
    """The same by the owner's name, whoever has most of them first."""
    home = _HOME.join(users, users.c.id == deals.c.owner_id)
    found = select(users.c.name, *_FIGURES).select_from(home).where(*_where(actor, wanted))
    rows = (await session.execute(found.group_by(users.c.name, deals.c.currency).order_by(users.c.name))).all()
    return sorted(_grouped(rows), key=lambda group: -group[1].count)


async def list_deals(
    session: AsyncSession, actor: Actor, wanted: DealsWanted, limit: int, offset: int, *, by_owner: bool = False
) -> list[DealRow]:
    """A window of the deals wanted that the actor sees: open ones first, the farthest stage and largest sum first."""
    order: list[Any] = [deals.c.owner_id] if by_owner else []
    order += deals_in_order(wanted.sort) if wanted.sort else ()
    order += FARTHEST_FIRST
    ids = select(deals.c.id).select_from(_HOME).where(*_where(actor, wanted))
    found = DEAL_ROWS.where(deals.c.id.in_(window(ids, order, limit, offset))).order_by(*order)
    return [DealRow(*row) for row in await session.execute(found)]


async def deals_among(session: AsyncSession, actor: Actor, keys: Collection[int]) -> list[DealRow]:
    """Those of the deals that the actor sees, in the order of their ids."""
    where = _where(actor, DealsWanted(outcome=""))
    found = DEAL_ROWS.where(deals.c.id.in_(set(keys)), *where).order_by(deals.c.id)
    return [DealRow(*row) for row in await session.execute(found)]


def _totals(rows: Sequence[Sequence[Any]]) -> Totals:
    """One figure of rows (currency, count, sum, how many have an amount)."""
    count = sum(int(row[1]) for row in rows)
    sums = tuple(Money(int(row[2]), row[0]) for row in rows if row[3])
    return Totals(count, sums, count - sum(int(row[3]) for row in rows))


def _grouped(rows: Sequence[Sequence[Any]]) -> list[tuple[str, Totals]]:
    groups: dict[str, list[Any]] = {}
    for name, *figures in rows:
        groups.setdefault(name, []).append(figures)
    return [(name, _totals(figures)) for name, figures in groups.items()]


def _where(actor: Actor, wanted: DealsWanted) -> list[ColumnElement[bool]]:
    where = [deals.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    if wanted.people is not None:
        where.append(deals.c.owner_id.in_(wanted.people))
    if wanted.customer_id is not None:
        where.append(deals.c.customer_id == wanted.customer_id)
    if wanted.stage:
        where.append(stages.c.key == wanted.stage)
    if wanted.outcome:
        where.append(stages.c.outcome == wanted.outcome)
    for column, (first, last), is_day in (
        (deals.c.close_on, wanted.closing, True),
        (deals.c.created_at, wanted.created, False),
        (deals.c.closed_at, wanted.closed, False),
    ):
        if first is not None:
            where.append(column >= first)
        if last is not None:
            where.append(column <= last if is_day else column < last)
    if wanted.created != (None, None):
        where.append(IS_OF_A_PERIOD)
    return [*where, *_neglected(wanted), *narrowed_deals(wanted.where)]


def _neglected(wanted: DealsWanted) -> list[ColumnElement[bool]]:
    """The conditions of what has been left lying."""
    stuck: list[ColumnElement[bool]] = []
    if wanted.silent_from is not None:
        stuck.append(is_silent(wanted.silent_from))
    if wanted.standing_from is not None:
        stuck.append(stands_since_before(wanted.standing_from))
    if wanted.closing_before is not None:
        stuck.append(close_has_passed(wanted.closing_before))
    found = [or_(*stuck)] if stuck else []
    if wanted.no_next_step:
        about_it = or_(tasks.c.deal_id == deals.c.id, tasks.c.deal_id.is_(None))
        step = select(tasks.c.id).where(
            tasks.c.customer_id == deals.c.customer_id,
            about_it,
            tasks.c.state == "open",
            tasks.c.withdrawn_at.is_(None),
        )
        found.append(~step.correlate(deals).exists())
    return found
