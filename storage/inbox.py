"""The inbox: raw updates, kept before the messenger hears that they arrived, and worked off in order of each chat."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, RowMapping, Text, bindparam, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.columns import Moment
from storage.engine import Store
from storage.post_tables import inbox
from storage.posts import InboxRow

TRIES = 3
BACKOFF = (timedelta(seconds=1), timedelta(seconds=4))
ERROR_CHARACTERS = 2_000

# The first rows of the chats that have waited longest. A chat with a row that waits for its next try is left out:
# what comes later must not overtake it. The chats first, by the index alone, so that a long inbox costs little.
_READY = (
    text("""
    WITH lanes AS (
        SELECT channel, chat, MIN(id) AS oldest FROM inbox
        WHERE state = 'new' AND channel || ' ' || chat NOT IN :busy
        GROUP BY channel, chat
        HAVING MAX(CASE WHEN next_try_at > :now THEN 1 ELSE 0 END) = 0
        ORDER BY oldest LIMIT :lanes
    )
    SELECT inbox.* FROM inbox JOIN (
        SELECT new.id, lanes.oldest,
            ROW_NUMBER() OVER (PARTITION BY new.channel, new.chat ORDER BY new.update_id) AS place
        FROM lanes JOIN inbox AS new ON new.channel = lanes.channel AND new.chat = lanes.chat
        WHERE new.state = 'new'
    ) AS line ON line.id = inbox.id
    WHERE place <= :each ORDER BY oldest, place
""")
    .bindparams(
        bindparam("now", type_=Moment),
        bindparam("busy", type_=Text, expanding=True),
        bindparam("each", type_=Integer),
        bindparam("lanes", type_=Integer),
    )
    .columns(**{column.name: column.type for column in inbox.columns})
)

# Statements are built once: building costs as much as running them.
_PUT = {
    name: insert(inbox).on_conflict_do_nothing(index_elements=["channel", "update_id"]).returning(inbox.c.id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_FINISH = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.state == "new")
    .values(state="done", next_try_at=None)
    .returning(inbox.c.id)
)


class AlreadyHandled(Exception):
    """The update was handled by somebody else meanwhile: roll back, nothing is left to do."""


def lane(row: InboxRow) -> str:
    """The chat whose order a row keeps."""
    return f"{row.channel} {row.chat}"


async def put_done(session: AsyncSession, row: InboxRow) -> int:
    """Keep what was not said in any chat, such as a command, as done: what leaves because of it has it to refer to."""
    kept = {name: value for name, value in asdict(row).items() if value is not None} | {"state": "done"}
    key = await session.scalar(insert(inbox).values(kept).returning(inbox.c.id))
    return int(key or 0)


async def put(store: Store, rows: Sequence[InboxRow]) -> int:
    """Keep updates in one transaction, and return how many are new; what is known by its update id is left out."""
    if not rows:
        return 0
    async with store.write.begin() as connection:
        new = await connection.execute(_PUT[store.write.dialect.name], [_values(row) for row in rows])
        return len(new.all())


async def ready(store: Store, now: datetime, busy: Collection[str], each: int = 8, lanes: int = 16) -> list[InboxRow]:
    """The first new rows of some chats, in order within a chat; `busy` lanes are left out."""
    facts = {"now": now, "busy": list(busy), "each": each, "lanes": lanes}
    async with store.read.connect() as connection:
        rows = [_row(found._mapping) for found in await connection.execute(_READY, facts)]
    return sorted(rows, key=lambda row: row.update_id)


async def finish(session: AsyncSession, inbox_id: int) -> None:
    """Mark as done within the transaction that holds the effects. AlreadyHandled if it is not new any more."""
    done = await session.execute(_FINISH, {"row": inbox_id})
    if done.first() is None:
        raise AlreadyHandled(inbox_id)


async def bury(session: AsyncSession, inbox_id: int, error: str) -> None:
    """Set aside as dead, with what went wrong, within the caller's transaction. AlreadyHandled as in `finish`."""
    dead = await session.execute(
        update(inbox)
        .where(inbox.c.id == inbox_id, inbox.c.state == "new")
        .values(state="dead", next_try_at=None, error=_storable(error[:ERROR_CHARACTERS]))
    )
    if dead.rowcount != 1:  # type: ignore[attr-defined]
        raise AlreadyHandled(inbox_id)


async def forget(session: AsyncSession, inbox_id: int) -> None:
    """Keep no longer what was received: it held a secret or was not for us. Within the transaction that handles it."""
    await session.execute(update(inbox).where(inbox.c.id == inbox_id).values(raw={}))


async def fail(store: Store, inbox_id: int, error: str, now: datetime) -> int:
    """Count a failed try, set the time of the next, and return the count; at TRIES it is for the caller to bury it."""
    async with store.write.begin() as connection:
        attempts = await connection.scalar(
            update(inbox)
            .where(inbox.c.id == inbox_id, inbox.c.state == "new")
            .values(attempts=inbox.c.attempts + 1, error=_storable(error[:ERROR_CHARACTERS]))
            .returning(inbox.c.attempts)
        )
        if attempts is not None and attempts < TRIES:
            pause = BACKOFF[min(attempts, len(BACKOFF)) - 1]
            await connection.execute(update(inbox).where(inbox.c.id == inbox_id).values(next_try_at=now + pause))
    return TRIES if attempts is None else attempts


async def backlog(store: Store) -> int:
    """How many updates wait to be handled."""
    async with store.read.connect() as connection:
        return await connection.scalar(select(func.count()).where(text("state = 'new'")).select_from(inbox)) or 0


def _row(columns: RowMapping) -> InboxRow:
    row = InboxRow(**{column.name: columns[column.name] for column in inbox.columns if column.name != "id"})
    row.id = columns["id"]
    return row


def _values(row: InboxRow) -> dict[str, Any]:
    return {
        "channel": row.channel,
        "update_id": row.update_id,
        "chat": row.chat,
        "raw": _storable(row.raw),
        "received_at": row.received_at,
    }


def _storable(value: Any) -> Any:
    """The same without NUL and lone surrogates, which the databases refuse."""
    whole = json.dumps(value, ensure_ascii=False)
    try:
        whole.encode()
    except UnicodeEncodeError:
        return _mended(value)
    return _mended(value) if "\\u0000" in whole else value


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode(errors="replace").decode()
    if isinstance(value, dict):
        return {_mended(key): _mended(part) for key, part in value.items()}
    return [_mended(part) for part in value] if isinstance(value, list) else value
