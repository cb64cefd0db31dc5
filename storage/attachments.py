"""Attachments: of a message, an album, a visit, a customer; and those whose content is still to be fetched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm.attachments import Attachment
from crm.policy import Actor
from storage.engine import Store
from storage.file_tables import attachments
from storage.people_tables import users
from storage.tables import customers, visits
from storage.visibility import sees_customer

FILES_HOME = attachments.join(users, users.c.id == attachments.c.user_id).outerjoin(
    visits, visits.c.id == attachments.c.visit_id
)
_STANDING = (attachments.c.withdrawn_at.is_(None), attachments.c.state != "refused")


@dataclass(frozen=True)
class Wanted:
    """Which attachments are asked for, the newest first. `visit_id` narrows to one visit; `is_picture` to pictures;
    `since` and `until` are days in `zone`.
    """

    customer_id: int
    visit_id: int | None = None
    user_id: int | None = None
    since: date | None = None
    until: date | None = None
    is_picture: bool = False
    zone: tzinfo = UTC


@dataclass(frozen=True)
class AttachmentRow:
    """An attachment with the day of its visit, None where there is none, and the name of whoever sent it."""

    attachment: Attachment
    held_on: date | None
    user: str


@dataclass(frozen=True)
class Kept:
    """Our own copy of a file: what it is, as its content tells."""

    sha256: str
    size: int
    mime: str
    name: str


async def attachments_of_message(session: AsyncSession, inbox_id: int, *, whole: bool = False) -> list[Attachment]:
    """What a message brought; `whole`: refused ones and those taken back too."""
    where = (attachments.c.inbox_id == inbox_id, *(() if whole else _STANDING))
    return list(await session.scalars(select(Attachment).where(*where).order_by(attachments.c.id)))


async def first_of_album(session: AsyncSession, chat_id: int, user_id: int, album: str) -> Attachment | None:
    """The file of an album that arrived first, None where none stands."""
    of_album = (attachments.c.chat_id == chat_id, attachments.c.user_id == user_id, attachments.c.album == album)
    found: Attachment | None = await session.scalar(
        select(Attachment).where(*of_album, *_STANDING).order_by(attachments.c.id).limit(1)
    )
    return found


async def last_sent(session: AsyncSession, chat_id: int, user_id: int, since: datetime) -> list[Attachment]:
    """The files of the speaker's last message in a chat that brought any, none where that was before `since`."""
    where = (attachments.c.chat_id == chat_id, attachments.c.user_id == user_id, attachments.c.at >= since, *_STANDING)
    newest = select(attachments.c.inbox_id).where(*where).order_by(attachments.c.id.desc()).limit(1)
    inbox_id = await session.scalar(newest)
    return await attachments_of_message(session, inbox_id) if inbox_id is not None else []


async def list_attachments(
    session: AsyncSession, actor: Actor, wanted: Wanted, limit: int, offset: int
) -> list[AttachmentRow]:
    """A window of the kept ones wanted that the actor sees, the newest first."""
    found = select(Attachment, visits.c.held_on, users.c.name).select_from(FILES_HOME).where(*_asked(actor, wanted))
    found = found.where(attachments.c.state == "kept").order_by(attachments.c.id.desc())
    return [AttachmentRow(*row) for row in await session.execute(found.limit(limit).offset(offset))]


async def count_attachments(session: AsyncSession, actor: Actor, wanted: Wanted) -> tuple[int, int]:
    """How many of those wanted that the actor sees are kept, and how many are still on their way."""
    found = select(attachments.c.state, func.count()).select_from(FILES_HOME).where(*_asked(actor, wanted))
    by_state: dict[str, int] = dict((await session.execute(found.group_by(attachments.c.state))).all())
    return by_state.get("kept", 0), by_state.get("wanted", 0)


def files_of(customer_id: Any) -> tuple[ColumnElement[bool], ...]:
    """Hold for what stands in FILES_HOME about a customer: by the visit where that stands, else by the customer told.

    Looked up by the indexes. The caller asks the policy.
    """
    theirs = select(visits.c.id).where(visits.c.customer_id == customer_id, visits.c.withdrawn_at.is_(None))
    no_visit = or_(visits.c.id.is_(None), visits.c.withdrawn_at.is_not(None))
    told = and_(attachments.c.customer_id == customer_id, no_visit)
    return (*_STANDING, or_(attachments.c.visit_id.in_(theirs), told))


def _asked(actor: Actor, wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    seen = exists().where(
        customers.c.id == wanted.customer_id, customers.c.withdrawn_at.is_(None), sees_customer(actor)
    )
    where: list[ColumnElement[bool]] = [seen, *files_of(wanted.customer_id)]
    if wanted.visit_id is not None:
        where.append(attachments.c.visit_id == wanted.visit_id)
    if wanted.user_id is not None:
        where.append(attachments.c.user_id == wanted.user_id)
    if wanted.is_picture:
        where.append(attachments.c.mime.startswith("image/"))
    return (*where, *_within(wanted))


def _within(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The day of the visit, or where there is none the moment at which the file was sent."""
    if wanted.since:
        start = datetime.combine(wanted.since, time.min, wanted.zone)
        yield or_(visits.c.held_on >= wanted.since, and_(visits.c.id.is_(None), attachments.c.at >= start))
    if wanted.until:
        end = datetime.combine(wanted.until + timedelta(days=1), time.min, wanted.zone)
        yield or_(visits.c.held_on <= wanted.until, and_(visits.c.id.is_(None), attachments.c.at < end))


async def due_to_fetch(store: Store, channels: Collection[str], now: datetime, limit: int) -> list[Attachment]:
    """Attachments whose content is to be fetched now, the oldest first; those taken back meanwhile are left out."""
    is_due = or_(attachments.c.next_try_at.is_(None), attachments.c.next_try_at <= now)
    still = (attachments.c.state == "wanted", attachments.c.withdrawn_at.is_(None))
    where = (*still, is_due, attachments.c.channel.in_(channels))
    async with store.reading()() as session:
        return list(await session.scalars(select(Attachment).where(*where).order_by(attachments.c.id).limit(limit)))


async def mark_kept(session: AsyncSession, fetched: Attachment, kept: Kept) -> bool:
    """Say that our own copy stands; False where it is not wanted any more."""
    return await _mark(session, fetched, state="kept", next_try_at=None, **asdict(kept))


async def mark_refused(session: AsyncSession, fetched: Attachment, reason: str) -> bool:
    """Say why there will be none; False where it is not wanted any more."""
    return await _mark(session, fetched, state="refused", reason=reason, next_try_at=None)


async def put_off(session: AsyncSession, fetched: Attachment, until: datetime) -> bool:
    """Count a try that failed, and wait."""
    return await _mark(session, fetched, attempts=attachments.c.attempts + 1, next_try_at=until)


async def _mark(session: AsyncSession, fetched: Attachment, **values: object) -> bool:
    # By the file too: a message that was rewritten meanwhile may have given the row another one.
    still = (
        attachments.c.id == fetched.id,
        attachments.c.file_id == fetched.file_id,
        attachments.c.state == "wanted",
        attachments.c.withdrawn_at.is_(None),
    )
    done = await session.execute(update(attachments).where(*still).values(**values))
    return bool(done.rowcount)  # type: ignore[attr-defined]


async def contents_known(session: AsyncSession) -> Sequence[tuple[str, str]]:
    """(content, name) of every file that is kept, each content once: what a backup holds."""
    kept = select(attachments.c.sha256, func.min(attachments.c.name)).where(attachments.c.state == "kept")
    return [(sha256, name) for sha256, name in await session.execute(kept.group_by(attachments.c.sha256))]
