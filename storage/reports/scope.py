"""Whose deals a report is about, and the days of a period as the asker's zone has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, func, true
from sqlalchemy.ext.asyncio import AsyncSession

from crm.pipelines import Stage
from crm.policy import Actor
from crm.reports.figures import Bundle
from storage.deal_tables import deals
from storage.people_tables import users
from storage.tables import customers
from storage.visibility import sees_customer

People = frozenset[int] | None
HOME = deals.join(customers, customers.c.id == deals.c.customer_id)
FIGURES = (func.count(deals.c.id), func.sum(deals.c.amount_minor), func.count(deals.c.amount_minor))


@dataclass(frozen=True)
class Scope:
    """Whose deals, who asks for them, and the stages of all pipelines."""

    session: AsyncSession
    actor: Actor
    people: People
    stages: Sequence[Stage]

    @property
    def where(self) -> list[ColumnElement[bool]]:
        """Holds for the deals; asked of HOME."""
        return in_scope(self.actor, self.people)

    def ends(self, outcome: str) -> list[int]:
        """The ids of the stages of an outcome: open, won, lost."""
        return [stage.id for stage in self.stages if stage.outcome == outcome]

    async def rows(self, found: Select[Any]) -> Sequence[Any]:
        """The rows of a statement."""
        rows: Sequence[Any] = (await self.session.execute(found)).all()
        return rows


def in_scope(actor: Actor, people: People) -> list[ColumnElement[bool]]:
    """Holds for deals of `people` (None: of anybody) that the actor sees; asked of HOME."""
    where = [deals.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    return [*where, deals.c.owner_id.in_(people)] if people is not None else where


def is_asked_of(actor: Actor) -> ColumnElement[bool]:
    """Holds for the people whose doings an actor may ask for: themselves and those below, everybody for an admin."""
    return true() if actor.user.role == "admin" else users.c.id.in_({actor.id, *actor.below})


def within(column: Any, since: Any, until: Any) -> list[ColumnElement[bool]]:
    """From a moment up to another; an end that is None is open."""
    return [
        *([column >= since] if since is not None else []),
        *([column < until] if until is not None else []),
    ]


def zone_of(moment: datetime) -> tzinfo:
    """The zone of an aware moment. A naive one is a bug: ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a zone: {moment!r}")
    return moment.tzinfo


def moments(since: date | None, until: date | None, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """When the first day begins and the last one ends in a zone; None for an open end."""
    begins = datetime.combine(since, time(), zone) if since else None
    return begins, datetime.combine(until + timedelta(days=1), time(), zone) if until else None


def bundle(currency: str, rate: int, figures: Sequence[Any]) -> Bundle:
    """A bundle of what FIGURES gave."""
    count, minor, known = figures
    return Bundle(currency, rate, int(count), int(minor or 0), int(known))


def bundles(rows: Iterable[Sequence[Any]]) -> list[Bundle]:
    """Bundles of rows (currency, *FIGURES) of deals whose rate does not matter: they count in full."""
    return [bundle(row[0], 100, row[1:4]) for row in rows]
