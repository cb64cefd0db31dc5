"""What people settled about their digests, and which digests have been told."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.digests import Subscription
from storage.push_tables import subscriptions

_STANDING = subscriptions.c.withdrawn_at.is_(None)


async def own_subscriptions(session: AsyncSession) -> dict[int, dict[str, Subscription]]:
    """What people settled for themselves: by user and kind."""
    found: dict[int, dict[str, Subscription]] = {}
    for one in await session.scalars(select(Subscription).where(_STANDING, subscriptions.c.chat_id.is_(None))):
        found.setdefault(one.user_id, {})[one.kind] = one
    return found


async def group_subscriptions(session: AsyncSession) -> list[Subscription]:
    """The digests that groups get, those muted left out."""
    where = (_STANDING, subscriptions.c.chat_id.is_not(None), subscriptions.c.is_muted.is_(False))
    return list(await session.scalars(select(Subscription).where(*where)))
