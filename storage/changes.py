"""The change log as undo reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, inspect, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm.changes import EVENTS, Change
from storage.columns import Moment
from storage.post_tables import cards
from storage.tables import THINGS, changes

AT_ONCE = 1000  # ids in one statement
_undoing = aliased(changes)
_UNDOABLE = (changes.c.undoes_id.is_(None), changes.c.is_erased.is_(False), changes.c.field.not_in(EVENTS))
# Told apart here and not by the database, which would look the things up in an index of all that ever changed.
_CHANGED_SINCE = (
    select(changes.c.id, changes.c.thing, changes.c.thing_id, changes.c.field)
    .where(changes.c.id > bindparam("seen"))
    .order_by(changes.c.id)
)


async def standing_changes(
    session: AsyncSession, inbox_id: int, entries: Collection[int] | None = None
) -> list[Change]:
    """What a message wrote, or those entries of it, and nobody has put back yet, the newest first."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = [changes.c.inbox_id == inbox_id, *_UNDOABLE, ~undone]
    if entries is not None:
        where.append(changes.c.entry.in_(entries))
    return list(await session.scalars(select(Change).where(*where).order_by(changes.c.id.desc())))


async def withdrawn_of(session: AsyncSession, inbox_id: int) -> list[tuple[int, Any]]:
    """The records that a message made and that are withdrawn, the last first, each with its place on the card."""
    made = select(Change).where(changes.c.inbox_id == inbox_id, changes.c.field == "", changes.c.undoes_id.is_(None))
    found: dict[tuple[str, int], tuple[int, Any]] = {}
    for change in await session.scalars(made.order_by(changes.c.id.desc())):
        record = await session.get(THINGS[change.thing], change.thing_id, with_for_update=True)
        if record is not None and record.withdrawn_at is not None:
            found.setdefault((change.thing, change.thing_id), (change.entry, record))
    return list(found.values())


async def last_message_of(session: AsyncSession, user_id: int, chat_id: int | None = None) -> int | None:
    """The newest message of a user that wrote something which still stands; of those said in one chat or done to
    it, where told.
    """
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = [changes.c.user_id == user_id, changes.c.inbox_id.is_not(None), *_UNDOABLE, ~undone]
    if chat_id is not None:
        said = changes.c.inbox_id.in_(select(cards.c.inbox_id).where(cards.c.chat_id == chat_id))
        where.append(or_(said, and_(changes.c.thing == "chat", changes.c.thing_id == chat_id)))
    found: int | None = await session.scalar(
        select(changes.c.inbox_id).where(*where).order_by(changes.c.id.desc()).limit(1)
    )
    return found


async def later_change(session: AsyncSession, change: Change) -> Change | None:
    """The newest change by another message that stands and would be harmed by undoing this one.

    Of a field: a later change of the same field. Of a creation: a later change of the thing, or of what was made
    for it (a customer's deals, visits, tasks …).
    """
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = (
        changes.c.id > change.id,
        changes.c.inbox_id.is_distinct_from(change.inbox_id),
        changes.c.undoes_id.is_(None),
        ~undone,
    )
    same = and_(changes.c.thing == change.thing, changes.c.thing_id == change.thing_id)
    harmed = and_(same, changes.c.field == change.field) if change.field else or_(same, *_dependants(change))
    newest = select(Change).where(*where, harmed).order_by(changes.c.id.desc()).limit(1)
    found: Change | None = await session.scalar(newest)
    return found


async def later_of_fields(session: AsyncSession, written: Sequence[Change]) -> dict[int, Change]:
    """The same for many changes of fields of one kind of thing, by the id of the change; those unharmed left out."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = (
        changes.c.thing == written[0].thing,
        changes.c.id > min(change.id for change in written),
        changes.c.field.in_({change.field for change in written}),
        changes.c.undoes_id.is_(None),
        ~undone,
    )
    since: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for some in _keys_of(written):
        found = select(Change).where(*where, changes.c.thing_id.in_(some)).order_by(changes.c.id.desc())
        for later in await session.scalars(found):
            since[later.thing_id, later.field].append(later)
    newest = {}
    for change in written:
        others = (c for c in since[change.thing_id, change.field] if c.inbox_id != change.inbox_id)
        last = next(others, None)
        if last is not None and last.id > change.id:
            newest[change.id] = last
    return newest


def _keys_of(written: Sequence[Change]) -> Iterator[list[int]]:
    """The ids of the things that were changed, as many as one statement takes."""
    keys = sorted({change.thing_id for change in written})
    return (keys[place : place + AT_ONCE] for place in range(0, len(keys), AT_ONCE))


async def things_of(session: AsyncSession, written: Sequence[Change]) -> dict[int, Any]:
    """The records that changes of one kind of thing are of, by id, as they stand now, locked where the engine can."""
    cls: Any = THINGS[written[0].thing]
    found: dict[int, Any] = {}
    for some in _keys_of(written):
        locked = select(cls).where(cls.id.in_(some)).order_by(cls.id).with_for_update()
        for thing in await session.scalars(locked.execution_options(populate_existing=True)):
            found[thing.id] = thing
    return found


async def put_back_by(session: AsyncSession, inbox_id: int, by: int) -> list[tuple[Change, Change]]:
    """What the message `by` put back of a message: (what was written, its undoing), in the order of writing."""
    undoing = aliased(Change, _undoing)
    found = (
        select(Change, undoing)
        .join(undoing, _undoing.c.undoes_id == changes.c.id)
        .where(changes.c.inbox_id == inbox_id, _undoing.c.inbox_id == by, changes.c.is_erased.is_(False))
        .order_by(changes.c.id)
    )
    return [(written, back) for written, back in await session.execute(found)]


async def last_undo_of(session: AsyncSession, user_id: int) -> int | None:
    """The message by which a user took something back last."""
    written = aliased(changes)
    found: int | None = await session.scalar(
        select(changes.c.inbox_id)
        .join(written, changes.c.undoes_id == written.c.id)
        .where(changes.c.user_id == user_id, written.c.inbox_id != changes.c.inbox_id)
        .order_by(changes.c.id.desc())
        .limit(1)
    )
    return found


async def undone_by(session: AsyncSession, by: int) -> list[int]:
    """The messages of which the message `by` put something back, the oldest first."""
    found = (
        select(changes.c.inbox_id)
        .join(_undoing, _undoing.c.undoes_id == changes.c.id)
        .where(_undoing.c.inbox_id == by, changes.c.inbox_id != by)
        .distinct()
    )
    return sorted(await session.scalars(found))


async def changed_by_others(session: AsyncSession, change: Change) -> list[Change]:
    """What other messages have changed since of the thing that a change made or touched, as it stands."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = (
        changes.c.thing == change.thing,
        changes.c.thing_id == change.thing_id,
        changes.c.id > change.id,
        changes.c.inbox_id.is_distinct_from(change.inbox_id),
        changes.c.undoes_id.is_(None),
        ~undone,
    )
    return list(await session.scalars(select(Change).where(*where).order_by(changes.c.id)))


def _dependants(change: Change) -> Iterator[ColumnElement[bool]]:
    """For each kind of record that points at the created thing: the creations of those that do and still stand."""
    pointer = f"{change.thing}_id"
    for name, cls in THINGS.items():
        table = inspect(cls).local_table
        if change.thing in ("customer", "deal") and pointer in table.c and "withdrawn_at" in table.c:
            pointing = select(table.c.id).where(table.c[pointer] == change.thing_id, table.c.withdrawn_at.is_(None))
            yield and_(changes.c.thing == name, changes.c.field == "", changes.c.thing_id.in_(pointing))


async def things_changed_since(
    session: AsyncSession, seen: int, things: Collection[str], fields: Collection[str]
) -> list[tuple[int, str, int]]:
    """(change id, thing, id of the thing) of every change after `seen` of the fields told for the kinds of things."""
    rows = await session.execute(_CHANGED_SINCE, {"seen": seen})
    return [(key, thing, thing_id) for key, thing, thing_id, field in rows if thing in things and field in fields]


def as_it_was(thing: str, field: str, value: Any) -> Any:
    """A field's value as it was, from what the log keeps of it."""
    column = inspect(THINGS[thing]).columns.get(field)  # none of what a record tells in one value
    kind = column.type if column is not None else None
    if isinstance(value, str) and isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value
