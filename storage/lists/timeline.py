"""All that happened with a customer, in the order of time: one table of sources, a window of them merged.

A source that is added here needs a way to be told in TOLD (handlers/show_timeline.py), nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm.policy import Actor
from storage.deal_tables import deal_facts, deals, stage_changes, stages
from storage.note_tables import notes
from storage.people_tables import users
from storage.tables import changes, customers, tasks, visits
from storage.visibility import sees_customer

_before, _after, _undoing = aliased(stages), aliased(stages), aliased(changes)


@dataclass(frozen=True)
class Happened:
    """Something that happened: on which day where the asker lives, who did it, and what its source tells of it."""

    source: str
    on: date
    user: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """One kind of what happens: who did it, when (`on`, a day that was told, before the moment `at`), the rows of a
    customer, and what is told of each by name.
    """

    at: Column[datetime]
    user_id: ColumnElement[int]
    rows: Callable[[int], list[ColumnElement[bool]]]
    told: Mapping[str, ColumnElement[Any]]
    home: Any = None
    on: ColumnElement[date] | None = None


def _of_deal(table: Any) -> Callable[[int], list[ColumnElement[bool]]]:
    standing = (table.c.withdrawn_at.is_(None), deals.c.withdrawn_at.is_(None))
    return lambda key: [deals.c.customer_id == key, *standing]


def _owner_changed(thing: str, of_customer: Callable[[int], ColumnElement[bool]]) -> Any:
    standing = ~exists().where(_undoing.c.undoes_id == changes.c.id)
    kept = (changes.c.thing == thing, changes.c.field == "owner_id", changes.c.undoes_id.is_(None), standing)
    return lambda key: [*kept, of_customer(key)]


SOURCES: dict[str, Source] = {
    "visit": Source(
        visits.c.created_at,
        visits.c.user_id,
        lambda key: [visits.c.customer_id == key, visits.c.withdrawn_at.is_(None)],
        {"kind": visits.c.kind, "words": visits.c.words, "id": visits.c.id},
        visits,
        on=visits.c.held_on,
    ),
    "stage": Source(
        stage_changes.c.at,
        stage_changes.c.user_id,
        _of_deal(stage_changes),
        {"deal": deals.c.name, "before": _before.c.names, "after": _after.c.names},
        stage_changes.join(deals, deals.c.id == stage_changes.c.deal_id)
        .join(_after, _after.c.id == stage_changes.c.to_stage_id)
        .outerjoin(_before, _before.c.id == stage_changes.c.from_stage_id),
    ),
    "fact": Source(  # quotes, contracts, and whatever else is known of a deal by name
        deal_facts.c.at,
        deal_facts.c.user_id,
        _of_deal(deal_facts),
        {"deal": deals.c.name, "key": deal_facts.c.key, "value": deal_facts.c.value},
        deal_facts.join(deals, deals.c.id == deal_facts.c.deal_id),
    ),
    "note": Source(
        notes.c.created_at,
        notes.c.user_id,
        lambda key: [notes.c.customer_id == key, notes.c.withdrawn_at.is_(None)],
        {"kind": notes.c.kind, "text": notes.c.text},
        notes,
    ),
    "task": Source(
        tasks.c.done_at,
        tasks.c.assignee_id,
        lambda key: [tasks.c.customer_id == key, tasks.c.state == "done", tasks.c.withdrawn_at.is_(None)],
        {"id": tasks.c.id, "title": tasks.c.title},
        tasks,
    ),
    "owner": Source(
        changes.c.at,
        changes.c.user_id,
        _owner_changed("customer", lambda key: changes.c.thing_id == key),
        {"before": changes.c.before, "after": changes.c.after},
        changes,
    ),
    "deal_owner": Source(
        changes.c.at,
        changes.c.user_id,
        _owner_changed("deal", lambda key: deals.c.customer_id == key),
        {"deal": deals.c.name, "before": changes.c.before, "after": changes.c.after},
        changes.join(deals, and_(deals.c.id == changes.c.thing_id, deals.c.withdrawn_at.is_(None))),
    ),
    "made": Source(customers.c.created_at, customers.c.owner_id, lambda key: [customers.c.id == key], {}, customers),
}


async def count_timeline(session: AsyncSession, actor: Actor, customer_id: int) -> int:
    """How much there is to tell of a customer that the actor sees."""
    counted = [
        _select(source, actor, customer_id, func.count()).scalar_subquery().label(name)
        for name, source in SOURCES.items()
    ]
    return sum((await session.execute(select(*counted))).one())


async def list_timeline(
    session: AsyncSession, actor: Actor, customer_id: int, limit: int, offset: int
) -> list[Happened]:
    """A window of it, the newest first; what is told of the same day in the order in which it was written."""
    zone = ZoneInfo(actor.user.zone)
    found: list[tuple[date, datetime, int, Happened]] = []
    for place, (name, source) in enumerate(SOURCES.items()):
        told = [column.label(key) for key, column in source.told.items()]
        day = [] if source.on is None else [source.on.label("on_day")]
        rows = _select(
            source, actor, customer_id, source.at.label("at_moment"), users.c.name.label("by_user"), *day, *told
        )
        order = [column.desc() for column in (source.on, source.at, source.at.table.c.id) if column is not None]
        for row in (await session.execute(rows.order_by(*order).limit(limit + offset))).mappings():
            on = row["on_day"] if source.on is not None else row["at_moment"].astimezone(zone).date()
            happened = Happened(name, on, row["by_user"], {key: row[key] for key in source.told})
            found.append((on, row["at_moment"], -place, happened))
    found.sort(key=lambda one: one[:3], reverse=True)
    return [one[3] for one in found[offset : offset + limit]]


def _select(source: Source, actor: Actor, customer_id: int, *columns: Any) -> Select[Any]:
    seen: ColumnElement[bool] = exists().where(customers.c.id == customer_id, sees_customer(actor))
    if source.home is customers:
        seen = sees_customer(actor)
    home = source.home.join(users, users.c.id == source.user_id)
    return select(*columns).select_from(home).where(*source.rows(customer_id), seen)
