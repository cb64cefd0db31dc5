"""The chain over the change log: a row's seal covers the row and all sealed before it, so that a later change shows.

Rows are sealed soon after they were written (jobs/timetable.py), in the order of their places. Whoever can write to the
database could seal everything anew: a seal noted elsewhere, as an export holds it, is what shows that.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import Store
from storage.people_tables import users
from storage.tables import changes

BATCH = 5_000
_SEALED = ("id", "at", "user_id", "thing", "thing_id", "field", "before", "after", "inbox_id", "undoes_id", "entry")
_ROW = [changes.c[name] for name in _SEALED]
_SEAL = (
    update(changes).where(changes.c.id == bindparam("row")).values(place=bindparam("at_place"), seal=bindparam("by"))
)


@dataclass(frozen=True)
class Chain:
    """What the chain looks like: how many rows are sealed, the last seal, how many wait to be; `broken` is the id of
    the first row that is not as it was sealed, `missing` the first place whose row is gone. 0 for none.
    """

    sealed: int
    head: str
    waiting: int
    broken: int = 0
    missing: int = 0
    is_known: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it was changed since."""
        return not self.broken and not self.missing and self.is_known


async def seal_changes(store: Store, _now: datetime) -> int:
    """Seal some of the rows that are not. Always 0: nothing is sent."""
    async with store.writing().begin() as session:
        last = select(changes.c.place, changes.c.seal).where(changes.c.place.is_not(None))
        found = (await session.execute(last.order_by(changes.c.place.desc()).limit(1))).first()
        place, seal = (found[0], found[1]) if found else (0, "")
        sealed = []
        for row in await session.execute(
            select(*_ROW).where(changes.c.place.is_(None)).order_by(changes.c.id).limit(BATCH)
        ):
            place, seal = place + 1, _seal(seal, row)
            sealed.append({"row": row[0], "at_place": place, "by": seal})
        if sealed:
            connection = await session.connection()
            await connection.execute(_SEAL, sealed)
    return 0


async def verify_changes(session: AsyncSession, known: str = "") -> Chain:
    """Walk the whole chain. `known` is a seal noted before, which must be one of it."""
    place, seal, is_known = 0, "", not known
    waiting = await session.scalar(select(func.count()).select_from(changes).where(changes.c.place.is_(None)))
    chain = Chain(0, "", int(waiting or 0))
    async for row, at, sealed in _sealed(session):
        if at != place + 1:
            return Chain(place, seal, chain.waiting, missing=place + 1)
        place, seal = at, _seal(seal, row)
        if seal != sealed:
            return Chain(place - 1, "", chain.waiting, broken=row[0])
        is_known = is_known or seal == known
    return Chain(place, seal, chain.waiting, is_known=is_known)


async def logged(session: AsyncSession, since: datetime | None = None) -> AsyncIterator[dict[str, Any]]:
    """Every row of the change log, the oldest first, as plain values: who is told by name."""
    wanted = select(*_ROW, changes.c.place, changes.c.seal, users.c.name)
    wanted = wanted.join(users, users.c.id == changes.c.user_id)
    if since is not None:
        wanted = wanted.where(changes.c.at >= since)
    last = 0
    while rows := (await session.execute(wanted.where(changes.c.id > last).order_by(changes.c.id).limit(BATCH))).all():
        for row in rows:
            told = dict(zip((*_SEALED, "place", "seal", "user"), row, strict=True))
            yield {**told, "at": row[1].astimezone(UTC).isoformat()}
        last = rows[-1][0]


async def _sealed(session: AsyncSession) -> AsyncIterator[tuple[Sequence[Any], int, str]]:
    last = 0
    wanted = select(*_ROW, changes.c.place, changes.c.seal).order_by(changes.c.place).limit(BATCH)
    while rows := (await session.execute(wanted.where(changes.c.place > last))).all():
        for *row, place, seal in rows:
            yield row, place, seal
        last = rows[-1][-2]


def _seal(before: str, row: Sequence[Any]) -> str:
    """The seal of a row behind another one."""
    plain = [value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in row]
    told = json.dumps([before, *plain], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()
