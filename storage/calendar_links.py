"""Links to calendars: one a person, by a secret of which only the hash is kept."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.users import User
from storage.out_tables import calendar_links
from storage.people_tables import users


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


async def put_link(session: AsyncSession, user_id: int, secret: str, now: datetime) -> None:
    """Give somebody a link; the one that they had is good no more."""
    await withdraw_link(session, user_id)
    row = {"user_id": user_id, "secret_hash": hash_of(secret), "made_at": now}
    await session.execute(insert(calendar_links).values(row))


async def withdraw_link(session: AsyncSession, user_id: int) -> bool:
    """Let somebody's link be good no more; whether they had one."""
    gone = await session.execute(
        delete(calendar_links).where(calendar_links.c.user_id == user_id).returning(calendar_links.c.id)
    )
    return gone.first() is not None


async def link_made_at(session: AsyncSession, user_id: int) -> datetime | None:
    """When somebody's link was made, None where they have none."""
    found: datetime | None = await session.scalar(
        select(calendar_links.c.made_at).where(calendar_links.c.user_id == user_id)
    )
    return found


async def user_of_link(session: AsyncSession, hashed: str) -> User | None:
    """Whose link it is by the hash of its secret; None for any other, and for a leaver's."""
    found = select(User, calendar_links.c.secret_hash).join(calendar_links, calendar_links.c.user_id == users.c.id)
    where = (calendar_links.c.secret_hash == hashed, users.c.is_active, users.c.withdrawn_at.is_(None))
    row = (await session.execute(found.where(*where))).first()
    return row[0] if row is not None and compare_digest(row[1], hashed) else None
