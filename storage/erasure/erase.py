"""A person is erased: a pseudonym wherever they are told of, blanks in the log, and a row of it that says which."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.audit import ERASED
from storage.erasure.person import PERSONAL, Person
from storage.erasure.traces import Trace, traces_of
from storage.file_tables import attachments
from storage.out_tables import erasures
from storage.tables import changes, mapper

_CLASSES = {each.local_table: each.class_ for each in mapper.mappers}


@dataclass
class Gone:
    """What an erasure has touched: rows by table, and the contents of files that go with it."""

    rows: dict[str, int] = field(default_factory=dict)
    contents: list[str] = field(default_factory=list)

    def count(self, table: str) -> None:
        """One more row of a table."""
        self.rows[table] = self.rows.get(table, 0) + 1


async def count_traces(session: AsyncSession, person: Person) -> dict[str, int]:
    """How many rows of each table tell of a person, but their own."""
    gone = Gone()
    async for trace in traces_of(session, person):
        gone.count(trace.table.name)
    return gone.rows


async def erase(
    session: AsyncSession, person: Person, by: int, now: datetime, inbox_id: int | None = None
) -> dict[str, int]:
    """Erase a person, the last thing in a transaction: how many rows of each table were touched.

    What changes of records, changes through their classes, so that whatever follows them hears of it.
    """
    gone, blank = Gone(), list(await session.scalars(_own_changes(person.contact.id)))
    async for trace in traces_of(session, person):
        gone.count(trace.table.name)
        if trace.table is changes:
            blank.append(trace.key)
        else:
            await _rewrite(session, person, trace, now, gone)
    _forget(person, now)
    await session.flush()
    await _blank(session, blank)
    told = {"user_id": by, "at": now, "inbox_id": inbox_id}
    log = {"thing": "contact", "thing_id": person.contact.id, "field": ERASED, "before": None}
    await session.execute(insert(changes), [{**told, **log, "after": {"rows": sorted(set(blank))}, "entry": 0}])
    asked = {"contact_id": person.contact.id, "user_id": by, "at": now, "contents": gone.contents}
    await session.execute(insert(erasures), [asked])
    return gone.rows


def _forget(person: Person, now: datetime) -> None:
    contact = person.contact
    for name in PERSONAL:
        setattr(contact, name, person.pseudonym if name == "name" else "")
    contact.withdrawn_at = contact.withdrawn_at or now


def _own_changes(contact_id: int) -> Any:
    """The rows of the log that hold something of the person's own record."""
    own = and_(changes.c.thing == "contact", changes.c.thing_id == contact_id, changes.c.field.in_(PERSONAL))
    return select(changes.c.id).where(own, or_(changes.c.before.is_not(None), changes.c.after.is_not(None)))


async def _rewrite(session: AsyncSession, person: Person, trace: Trace, now: datetime, gone: Gone) -> None:
    values = {name: person.without(value, nearby=trace.is_nearby) for name, value in trace.values.items()}
    if trace.table is attachments:
        values |= await _let_go(session, trace, now, gone)
    record = await session.get(_CLASSES[trace.table], trace.key) if trace.table in _CLASSES else None
    if record is None:
        await session.execute(update(trace.table).where(trace.table.c.id == trace.key).values(values))
        return
    for name, value in values.items():
        setattr(record, name, value)


async def _let_go(session: AsyncSession, trace: Trace, now: datetime, gone: Gone) -> dict[str, Any]:
    """A file that names the person goes as a whole; its content too, where nobody else sent the same."""
    mine = await session.scalar(select(attachments.c.sha256).where(attachments.c.id == trace.key))
    same = select(func.count(attachments.c.id)).where(attachments.c.sha256 == mine, attachments.c.id != trace.key)
    if mine and not await session.scalar(same):
        gone.contents.append(mine)
    return {"state": "refused", "reason": "file_erased", "sha256": "", "file_id": "", "withdrawn_at": now}


async def _blank(session: AsyncSession, keys: list[int]) -> None:
    """Blank values of the log. Their salt goes, too: nobody can find out any more what the digest is of."""
    for place in range(0, len(keys), 500):
        some = changes.c.id.in_(keys[place : place + 500])
        await session.execute(update(changes).where(some).values(before=None, after=None, salt="", is_erased=True))
