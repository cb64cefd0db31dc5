"""Invites: kept by hash, good once, taken by a guarded update so that of two people at once only one gets in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm.invites import Invite, hashed
from storage.invite_table import invites
from storage.people_tables import identities, users

_OPEN = (invites.c.used_at.is_(None), invites.c.withdrawn_at.is_(None))


async def keep_invite(session: AsyncSession, invite: Invite) -> None:
    """Write an invite; whatever was open for the same user (or as setup code) is void from now on."""
    await withdraw_invites(session, invite.user_id, invite.made_at)
    session.add(invite)
    await session.flush()


async def withdraw_invites(session: AsyncSession, user_id: int | None, now: datetime) -> None:
    """Make the open invites of a user void; of nobody: the setup codes."""
    whose = invites.c.user_id.is_(None) if user_id is None else invites.c.user_id == user_id
    await session.execute(update(invites).where(whose, *_OPEN).values(withdrawn_at=now))


async def withdraw_invites_by(session: AsyncSession, user_id: int, now: datetime) -> None:
    """Make the open invites void that somebody made."""
    await session.execute(update(invites).where(invites.c.made_by_id == user_id, *_OPEN).values(withdrawn_at=now))


async def withdraw_code(session: AsyncSession, code: str, now: datetime) -> None:
    """Make the invite of a code void, where there is one that still is good."""
    await session.execute(update(invites).where(invites.c.code_hash == hashed(code), *_OPEN).values(withdrawn_at=now))


async def invite_of(session: AsyncSession, code: str, now: datetime) -> Invite | None:
    """The invite of a code, while it is good; used, void, late and unknown ones are alike."""
    good = (invites.c.code_hash == hashed(code), invites.c.expires_at > now, *_OPEN)
    found: Invite | None = await session.scalar(select(Invite).where(*good))
    return found


async def take_invite(session: AsyncSession, invite: Invite, now: datetime) -> bool:
    """Use an invite up; False where somebody else has done so at the same moment."""
    taken = await session.execute(
        update(invites).where(invites.c.id == invite.id, *_OPEN).values(used_at=now).returning(invites.c.id)
    )
    return taken.first() is not None


async def invited_users(session: AsyncSession, now: datetime) -> set[int]:
    """The ids of those for whom an invite is still good."""
    good = (invites.c.user_id.is_not(None), invites.c.expires_at > now, *_OPEN)
    return set(await session.scalars(select(invites.c.user_id).where(*good)))


async def has_admin(session: AsyncSession, channel: str) -> bool:
    """Whether an active admin is known on a channel: invited ones who have not come yet do not count."""
    joined = select(users.c.id).join(identities, identities.c.user_id == users.c.id)
    where = (users.c.role == "admin", users.c.is_active, identities.c.channel == channel)
    return await session.scalar(joined.where(*where).limit(1)) is not None
