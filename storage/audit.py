"""The chain over the change log: a row's seal covers the row and all sealed before it, so that a later change shows.

Of what a field was before and after the seal covers a salted digest: values that had to be erased are blanked and
their salt with them, the digest stays, and the chain with it. Which rows were blanked a row of the log says itself.

Rows are sealed soon after they were written (jobs/timetable.py), in the order of their places. Whoever can write to the
database could seal everything anew: a seal noted elsewhere, as an export holds it, is what shows that.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Collection, Sequence
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
ERASED = "erased"  # the field of the row that says which rows were blanked
_VALUES = ("before", "after")
_SEALED = ("id", "at", "user_id", "thing", "thing_id", "field", "inbox_id", "undoes_id", "entry")
_LOGGED = (*_SEALED, *_VALUES, "place", "seal", "salt", "digest", "is_erased")
_WHOLE = select(*(changes.c[name] for name in _LOGGED))
_SEAL = (
    update(changes)
    .where(changes.c.id == bindparam("row"))
    .values(place=bindparam("at_place"), seal=bindparam("by"), salt=bindparam("salted"), digest=bindparam("hidden"))
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
        for row in await session.execute(_WHOLE.where(changes.c.place.is_(None)).order_by(changes.c.id).limit(BATCH)):
            salt = secrets.token_hex(16)
            digest = _digest(salt, row.before, row.after)
            place, seal = place + 1, _seal(seal, row, digest)
            sealed.append({"row": row.id, "at_place": place, "by": seal, "salted": salt, "hidden": digest})
        if sealed:
            connection = await session.connection()
            await connection.execute(_SEAL, sealed)
    return 0


async def verify_changes(session: AsyncSession, known: str = "") -> Chain:
    """Walk the whole chain. `known` is a seal noted before, which must be one of it."""
    place, seal, is_known = 0, "", not known
    waiting = await session.scalar(select(func.count()).select_from(changes).where(changes.c.place.is_(None)))
    chain, told_of = Chain(0, "", int(waiting or 0)), await _told_erased(session)
    async for row in _sealed(session):
        if row.place != place + 1:
            return Chain(place, seal, chain.waiting, missing=place + 1)
        place, seal = row.place, _seal(seal, row, row.digest)
        if seal != row.seal or not _values_stand(row, told_of):
            return Chain(place - 1, "", chain.waiting, broken=row.id)
        is_known = is_known or seal == known
    return Chain(place, seal, chain.waiting, is_known=is_known)


def _values_stand(row: Any, told_of: Collection[int]) -> bool:
    """Whether a row's values are those that were sealed, or blank because the log says that they were erased."""
    if row.is_erased:
        return row.id in told_of and row.before is None and row.after is None
    return bool(row.digest == _digest(row.salt, row.before, row.after))


async def _told_erased(session: AsyncSession) -> set[int]:
    """The ids of the rows of which the log says that their values were erased."""
    said = await session.scalars(select(changes.c.after).where(changes.c.field == ERASED))
    return {key for after in said for key in (after or {}).get("rows", ())}


async def logged(session: AsyncSession, since: datetime | None = None) -> AsyncIterator[dict[str, Any]]:
    """Every row of the change log, the oldest first, as plain values: who is told by name."""
    wanted = _WHOLE.add_columns(users.c.name.label("user")).join(users, users.c.id == changes.c.user_id)
    if since is not None:
        wanted = wanted.where(changes.c.at >= since)
    last = 0
    while rows := (await session.execute(wanted.where(changes.c.id > last).order_by(changes.c.id).limit(BATCH))).all():
        for row in rows:
            yield {**row._mapping, "at": row.at.astimezone(UTC).isoformat()}
        last = rows[-1].id


async def _sealed(session: AsyncSession) -> AsyncIterator[Any]:
    last = 0
    wanted = _WHOLE.order_by(changes.c.place).limit(BATCH)
    while rows := (await session.execute(wanted.where(changes.c.place > last))).all():
        for row in rows:
            yield row
        last = rows[-1].place


def _seal(before: str, row: Any, digest: str) -> str:
    """The seal of a row behind another one, its values told by their digest."""
    plain = [getattr(row, name) for name in _SEALED]
    return _hash([before, *(v.astimezone(UTC).isoformat() if isinstance(v, datetime) else v for v in plain), digest])


def _digest(salt: str, before: Any, after: Any) -> str:
    """The digest of a row's values; without the salt nobody can find out by trying what they were."""
    return _hash([salt, before, after])


def _hash(told: Sequence[Any]) -> str:
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
