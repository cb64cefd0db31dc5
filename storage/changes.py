"""The change log as undo reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, bindparam, exists, inspect, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm.changes import Change
from storage.tables import THINGS, Moment, changes

_undoing = aliased(changes)
_CHANGED_SINCE = (
    select(changes.c.id, changes.c.thing, changes.c.thing_id)
    .where(
        changes.c.id > bindparam("seen"),
        changes.c.thing.in_(bindparam("things", expanding=True)),
        changes.c.field.in_(bindparam("fields", expanding=True)),
    )
    .order_by(changes.c.id)
)


async def standing_changes(session: AsyncSession, inbox_id: int) -> list[Change]:
    """What a message wrote and nobody has put back yet, the newest first."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = (changes.c.inbox_id == inbox_id, changes.c.undoes_id.is_(None), ~undone)
    return list(await session.scalars(select(Change).where(*where).order_by(changes.c.id.desc())))


async def last_message_of(session: AsyncSession, user_id: int) -> int | None:
    """The newest message of a user that wrote something which still stands."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = (changes.c.user_id == user_id, changes.c.inbox_id.is_not(None), changes.c.undoes_id.is_(None), ~undone)
    found: int | None = await session.scalar(
        select(changes.c.inbox_id).where(*where).order_by(changes.c.id.desc()).limit(1)
    )
    return found


async def later_change(session: AsyncSession, change: Change) -> Change | None:
    """The newest change of the same thing by another message, standing and later than this one."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = (
        changes.c.thing == change.thing,
        changes.c.thing_id == change.thing_id,
        changes.c.id > change.id,
        changes.c.inbox_id.is_distinct_from(change.inbox_id),
        changes.c.undoes_id.is_(None),
        ~undone,
    )
    same_field = changes.c.field == change.field if change.field else true()
    newest = select(Change).where(*where, same_field).order_by(changes.c.id.desc()).limit(1)
    found: Change | None = await session.scalar(newest)
    return found


async def things_changed_since(
    session: AsyncSession, seen: int, things: Iterable[str], fields: Iterable[str]
) -> list[tuple[int, str, int]]:
    """(change id, thing, id of the thing) of every change after `seen` of the fields told for the kinds of things."""
    rows = await session.execute(_CHANGED_SINCE, {"seen": seen, "things": list(things), "fields": list(fields)})
    return [(key, thing, thing_id) for key, thing, thing_id in rows]


def revived(thing: str, field: str, value: Any) -> Any:
    """A field's value as it was, from what the log keeps of it."""
    kind = inspect(THINGS[thing]).columns[field].type
    if isinstance(value, str) and isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value
