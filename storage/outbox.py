"""The outbox: what is to go out, written with the change it tells of, claimed before it is sent, settled after.

What happens to a row whose fate is unknown is decided in jobs/policies.py, not here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    Update,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.columns import Moment
from storage.engine import Store
from storage.post_tables import outbox
from storage.posts import Claimed, OutboxRow

Connection = AsyncConnection | AsyncSession
ERROR_CHARACTERS = 2_000
_OF_A_CLAIM = [outbox.c[name] for name in Claimed._fields]

# The head of each chat's line. Answers to taps come first, then replies and edits, then what nobody waits for; a row
# that is being sent, or waits to be tried again, keeps back what stands behind it. States are literals, told as
# the partial indexes tell them: else SQLite reads every row that was ever sent. What is asked of a line stands in the
# index ix_outbox_lines, chat by chat: no row is read, none is sorted.
_HEADS = """
    SELECT head.id FROM (
        SELECT MIN(
            CASE WHEN kind = 'answer' THEN 0 WHEN kind IN ('reply', 'edit') THEN 1 ELSE 2 END * 1000000000000 + id
        ) AS first
        FROM outbox WHERE state IN ('pending', 'retry') AND (due_at <= :now OR state = 'retry') AND channel IN :channels
        GROUP BY channel, chat
        HAVING (channel, chat) NOT IN (
            SELECT channel, chat FROM outbox WHERE state IN ('sending', 'unknown') AND state = 'sending'
        )
    ) AS line
    JOIN outbox AS head ON head.id = line.first % 1000000000000 AND head.state IN ('pending', 'retry')
    WHERE head.due_at <= :now
        AND (head.kind = 'answer' OR head.channel || ' ' || head.chat NOT IN :full)
    ORDER BY line.first LIMIT :most
"""
_SKIP_LOCKED = f"SELECT id FROM outbox WHERE state IN ('pending', 'retry') AND id IN ({_HEADS}) FOR UPDATE SKIP LOCKED"  # noqa: S608 - no value is put into it


def _claim(heads: str) -> Update:
    wanted = text(heads).bindparams(
        bindparam("now", type_=Moment),
        bindparam("full", type_=Text, expanding=True),
        bindparam("channels", type_=Text, expanding=True),
        bindparam("most", type_=Integer),
    )
    return (
        update(outbox)
        .where(outbox.c.id.in_(wanted.columns(id=Integer)), literal_column("state IN ('pending', 'retry')"))
        .values(state="sending", attempts=outbox.c.attempts + 1, started_at=bindparam("started"))
        .returning(*_OF_A_CLAIM)
    )


# Statements are built once: building costs as much as running them.
_PUT = {
    name: insert_of(outbox).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(outbox.c.id)
    for name, insert_of in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_CLAIM = {"sqlite": _claim(_HEADS), "postgresql": _claim(_SKIP_LOCKED)}
_IN_DOUBT: ColumnElement[bool] = literal_column("state IN ('sending', 'unknown')")
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _IN_DOUBT)
    .values(state="sent", message=bindparam("told"), error="")
)
_KEEP = update(outbox).where(outbox.c.id == bindparam("row")).values(body=bindparam("kept"))


@dataclass(frozen=True)
class Settled:
    """What became of a row. `at`: when to try again; `is_repeat`: it then says that it may have come before.

    `keep`: what stays of its body where that held what is not kept: a secret, a picture.
    """

    id: int
    state: str
    at: datetime | None = None
    message: str = ""
    error: str = ""
    is_repeat: bool = False
    keep: Mapping[str, Any] | None = None


def lane(row: Claimed) -> str:
    """The chat whose order a row keeps."""
    return f"{row.channel} {row.chat}"


async def put(session: AsyncSession, row: OutboxRow) -> bool:
    """Write a row within the caller's transaction; False where its dedupe_key is there already."""
    new = await session.execute(_PUT[_dialect(session)], _values(row))
    return new.first() is not None


async def replace_waiting(session: AsyncSession, inbox_id: int, reply: dict[str, Any], due_at: datetime) -> bool:
    """Change the reply to a message that nobody has begun to send; False where none waits."""
    waits = (outbox.c.inbox_id == inbox_id, outbox.c.kind == "reply", outbox.c.state == "pending")
    newest = select(outbox.c.id, outbox.c.body).where(*waits).order_by(outbox.c.id.desc()).limit(1).with_for_update()
    row = (await session.execute(newest)).first()
    if row is None:
        return False
    body = {**row.body, "reply": reply}
    await session.execute(update(outbox).where(outbox.c.id == row.id).values(body=body, due_at=due_at))
    return True


async def put_all(connection: Connection, rows: Iterable[OutboxRow]) -> None:
    """Write rows whose keys are known to be new."""
    values = [_values(row) for row in rows]
    if values:
        await connection.execute(insert(outbox), values)


async def claim(
    connection: Connection, now: datetime, most: int, channels: Collection[str], full: Collection[str] = ()
) -> list[Claimed]:
    """Take due rows of some channels, one a chat, as `sending` within the caller's transaction: commit before sending.

    `full` lanes may send nothing but answers to taps at present. Rows of other channels are another process's.
    """
    facts = {"now": now, "full": list(full), "channels": list(channels), "most": most, "started": now}
    taken = sorted(Claimed(*row) for row in await connection.execute(_CLAIM[_dialect(connection)], facts))
    return [await _found(connection, row) if row.body.get("card_of") is not None else row for row in taken]


async def shown_as(connection: Connection, inbox_id: int) -> str:
    """The channel's id of the card that answers a message, "" where it has not arrived."""
    where = (outbox.c.inbox_id == inbox_id, outbox.c.kind == "reply", outbox.c.message != "")
    return await connection.scalar(select(outbox.c.message).where(*where).order_by(outbox.c.id.desc()).limit(1)) or ""


async def is_on_its_way(session: AsyncSession, inbox_id: int) -> bool:
    """Whether the card that answers a message waits to be sent, or is being sent."""
    waits = outbox.c.state.in_(("pending", "sending", "retry"))
    where = (outbox.c.inbox_id == inbox_id, outbox.c.kind == "reply", waits)
    return await session.scalar(select(outbox.c.id).where(*where).limit(1)) is not None


async def settle(connection: Connection, settled: Collection[Settled]) -> None:
    """Write what became of claimed rows. One that is not `sending` or `unknown` any more stays as it is."""
    sent: list[dict[str, Any]] = []
    for each in settled:
        if each.state == "sent":
            sent.append({"row": each.id, "told": each.message})
        else:
            await _settle_one(connection, each)
    if sent:
        await connection.execute(_SENT, sent)
    kept = [{"row": each.id, "kept": dict(each.keep)} for each in settled if each.keep is not None]
    if kept:
        await connection.execute(_KEEP, kept)


async def in_doubt(session: AsyncSession, before: datetime | None = None) -> list[Claimed]:
    """Rows left in `sending` or `unknown`, begun before a moment where one is given. Ask only for what nobody holds."""
    query = select(*_OF_A_CLAIM).where(_IN_DOUBT)
    if before is not None:
        query = query.where(outbox.c.started_at < before)
    return [Claimed(*row) for row in await session.execute(query.order_by(outbox.c.id))]


async def move(connection: Connection, channel: str, old: str, new: str) -> None:
    """A chat has another address now: what is not sent yet goes there."""
    await connection.execute(
        update(outbox)
        .where(outbox.c.channel == channel, outbox.c.chat == old, outbox.c.state.in_(("pending", "retry", "sending")))
        .values(chat=new)
    )


async def drop(connection: Connection, channel: str, chat: str) -> None:
    """Send a chat nothing of what still waits for it."""
    of_chat = (outbox.c.channel == channel, outbox.c.chat == chat)
    waiting: ColumnElement[bool] = literal_column("state IN ('pending', 'retry')")
    await connection.execute(update(outbox).where(*of_chat, waiting).values(state="dropped", error="no longer let in"))


async def backlog(store: Store, now: datetime) -> dict[str, int]:
    """How many rows are due, being sent, and set aside as dead."""
    due = func.sum(case((outbox.c.state.in_(("pending", "retry")) & (outbox.c.due_at <= now), 1), else_=0))
    sending = func.sum(case((outbox.c.state == "sending", 1), else_=0))
    query = select(due, sending).where(literal_column("state IN ('pending', 'retry', 'sending', 'unknown')"))
    async with store.read.connect() as connection:
        row = (await connection.execute(query)).one()
    return {"due": int(row[0] or 0), "sending": int(row[1] or 0)}


async def _settle_one(connection: Connection, settled: Settled) -> None:
    values: dict[str, Any] = {"state": settled.state, "error": settled.error[:ERROR_CHARACTERS]}
    if settled.at is not None:
        values["due_at"] = settled.at
    if settled.is_repeat:
        body = await connection.scalar(select(outbox.c.body).where(outbox.c.id == settled.id))
        values["body"] = {**(body or {}), "is_repeat": True}
    await connection.execute(update(outbox).where(outbox.c.id == settled.id, _IN_DOUBT).values(values))


async def _found(connection: Connection, row: Claimed) -> Claimed:
    """An edit of a card that was on its way, with the message that the card has become: it stood before it in line."""
    message = await shown_as(connection, row.body["card_of"])
    return row._replace(body={**row.body, "message": message, "do": "edit" if message else "send"})


def _dialect(connection: Connection) -> str:
    bind = connection.get_bind() if isinstance(connection, AsyncSession) else connection
    return bind.dialect.name


def _values(row: OutboxRow) -> dict[str, Any]:
    return {
        name: getattr(row, name)
        for name in ("dedupe_key", "channel", "chat", "topic", "kind", "body", "created_at", "due_at", "inbox_id")
    }
