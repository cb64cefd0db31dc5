"""Pushes: put once under their key, found when they are due, held back, marked as told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, cast, delete, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from crm.pushes import NOTES, OF_A_TASK, Push
from storage.post_tables import outbox
from storage.posts import OutboxRow
from storage.push_tables import pushes

CHUNK = 5_000  # ids a statement: engines bound how many values one may have
_PUT = {
    name: insert_of(pushes).on_conflict_do_nothing(index_elements=["key"])
    for name, insert_of in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_NEW = ("key", "kind", "user_id", "due_at", "thing_id", "customer_id", "level", "is_exact")
_TOLD = ("state", "told_at", "post")
_ALL = [pushes.c[name] for name in (*_NEW, *_TOLD, "id")]  # in the order of Push's fields
_WAITS = pushes.c.state == "waiting"
_AS_SAID = {"synchronize_session": False}  # pushes are no entities: no session holds any


async def put_pushes(session: AsyncSession, new: Iterable[Push]) -> None:
    """Write pushes; those whose key is there already are left as they are."""
    put = _PUT[session.get_bind().dialect.name]
    waiting: list[dict[str, Any]] = []
    for push in new:
        if push.state == "waiting":  # very many: what the table itself fills in is left to it
            waiting.append({name: getattr(push, name) for name in _NEW})
        else:
            await session.execute(put, {name: getattr(push, name) for name in (*_NEW, *_TOLD)})
    if waiting:
        await session.execute(put, waiting)


async def people_due(session: AsyncSession, now: datetime) -> list[int]:
    """The ids of the people for whom something is due."""
    found = select(pushes.c.user_id).where(_WAITS, pushes.c.due_at <= now).distinct()
    return list(await session.scalars(found.order_by(pushes.c.user_id)))


def list_key(user_id: int, now: datetime) -> str:
    """The outbox key of the list that tells somebody what has come together for them."""
    return f"{_lists(now)}{user_id}"


async def claim_due(session: AsyncSession, people: Collection[int], now: datetime) -> list[Push]:
    """All that is due for these people, the earliest first, each marked as told by its reader's list: that is what
    becomes of most where they are many. What is told otherwise, held or dropped has to be marked so.
    """
    found = (
        update(pushes)
        .where(_WAITS, pushes.c.due_at <= now, pushes.c.user_id.in_(people))
        .values(state="told", told_at=now, post=literal(_lists(now)) + cast(pushes.c.user_id, Text))
        .returning(*_ALL)
    )
    claimed = [Push(*row) for row in await session.execute(found, execution_options=_AS_SAID)]
    return sorted(claimed, key=lambda push: (push.due_at, push.id))


async def told_since(session: AsyncSession, people: Collection[int], since: datetime) -> set[int]:
    """Those of the people who were told something after a moment."""
    told = (pushes.c.user_id.in_(people), pushes.c.told_at > since, pushes.c.kind.not_in(NOTES))
    found = select(pushes.c.user_id).where(*told).distinct()
    return set(await session.scalars(found))


async def hold(session: AsyncSession, held: Sequence[tuple[Push, datetime]]) -> None:
    """Let claimed pushes wait until other moments."""
    if held:
        waits = {"state": "waiting", "told_at": None, "post": ""}
        later = update(pushes).where(pushes.c.id == bindparam("push")).values(due_at=bindparam("until"), **waits)
        connection = await session.connection()
        await connection.execute(later, [{"push": push.id, "until": until} for push, until in held])


async def told_by(session: AsyncSession, told: Collection[Push], post: str) -> None:
    """Say which message told claimed pushes, by its outbox key; "" where it was the message of a higher rung."""
    for keys in _chunks([push.id for push in told]):
        await session.execute(update(pushes).where(pushes.c.id.in_(keys)).values(post=post), execution_options=_AS_SAID)


async def drop_pushes(session: AsyncSession, dropped: Collection[Push]) -> None:
    """Tell nothing of what does not hold any more."""
    for keys in _chunks([push.id for push in dropped]):
        await session.execute(
            update(pushes).where(pushes.c.id.in_(keys)).values(state="dropped"),
            execution_options=_AS_SAID,
        )


async def forget_waiting(session: AsyncSession, kind: str, things: Sequence[int]) -> set[str]:
    """Take back what still waits about some records; its keys."""
    forgotten: set[str] = set()
    for keys in _chunks(things):
        gone = delete(pushes).where(_WAITS, pushes.c.kind == kind, pushes.c.thing_id.in_(keys))
        forgotten.update(await session.scalars(gone.returning(pushes.c.key)))
    return forgotten


async def known_keys(session: AsyncSession, keys: Sequence[str]) -> set[str]:
    """Those of the keys that are there already."""
    found: set[str] = set()
    for some in _chunks(keys):
        found.update(await session.scalars(select(pushes.c.key).where(pushes.c.key.in_(some))))
    return found


async def told_by_message(session: AsyncSession, channel: str, chat: str, message: str) -> list[Push]:
    """What a message of ours in a chat told of, in the order in which it was due."""
    shown = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.message == message)
    found = select(*_ALL).join(outbox, outbox.c.dedupe_key == pushes.c.post).where(*shown)
    return [Push(*row) for row in await session.execute(found.order_by(pushes.c.due_at, pushes.c.id))]


async def cards_about(
    session: AsyncSession, tasks: Sequence[int], since: datetime
) -> list[tuple[list[int], int, OutboxRow]]:
    """The messages told since a moment that speak of some of the tasks: all tasks of each, whom it was told, what was
    sent.
    """
    about = (pushes.c.kind.in_(OF_A_TASK), pushes.c.thing_id.in_(tasks), pushes.c.told_at >= since, pushes.c.post != "")
    posts = set(await session.scalars(select(pushes.c.post).where(*about)))
    found = []
    for row in await session.scalars(select(OutboxRow).where(outbox.c.dedupe_key.in_(posts), outbox.c.message != "")):
        told = await session.execute(
            select(pushes.c.thing_id, pushes.c.user_id).where(
                pushes.c.post == row.dedupe_key, pushes.c.kind.in_(OF_A_TASK)
            )
        )
        pairs = told.all()
        found.append(([key for key, _ in pairs], pairs[0][1], row))
    return found


async def message_shown(session: AsyncSession, post: str) -> OutboxRow | None:
    """The outbox row of a key: what was sent."""
    found: OutboxRow | None = await session.scalar(select(OutboxRow).where(outbox.c.dedupe_key == post))
    return found


async def message_at(session: AsyncSession, channel: str, chat: str, message: str) -> OutboxRow | None:
    """The outbox row of what a message of ours in a chat shows: as it was changed last."""
    where = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.message == message)
    found: OutboxRow | None = await session.scalar(
        select(OutboxRow).where(*where).order_by(outbox.c.id.desc()).limit(1)
    )
    return found


async def told_of(session: AsyncSession, kind: str, thing_id: int, before: datetime) -> list[datetime]:
    """When somebody was told of a record before a moment, the first time first."""
    where = (pushes.c.kind == kind, pushes.c.thing_id == thing_id, pushes.c.told_at < before)
    return list(await session.scalars(select(pushes.c.told_at).where(*where).distinct().order_by(pushes.c.told_at)))


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _lists(now: datetime) -> str:
    return f"push:list:{now.isoformat()}:"
