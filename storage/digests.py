"""What people settled about their digests, and managers about those of teams and groups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.digests import KINDS, Standing, Subscription, settled_for, standing
from crm.policy import Actor
from crm.users import Chat, User
from storage.ledger import Ledger
from storage.people import holdings_of, teams_by_id
from storage.push_tables import subscriptions

_STANDS = subscriptions.c.withdrawn_at.is_(None)
_OWN = (_STANDS, subscriptions.c.chat_id.is_(None), subscriptions.c.team_id.is_(None))


async def subscriptions_of(session: AsyncSession, user_id: int) -> dict[str, Subscription]:
    """What a person settled for themselves, by kind."""
    mine = select(Subscription).where(*_OWN, subscriptions.c.user_id == user_id)
    return {told.kind: told for told in await session.scalars(mine)}


async def subscriptions_in(session: AsyncSession, chat_id: int) -> list[Subscription]:
    """What a group gets."""
    there = (_STANDS, subscriptions.c.chat_id == chat_id, subscriptions.c.is_muted.is_(False))
    return list(await session.scalars(select(Subscription).where(*there).order_by(subscriptions.c.id)))


async def own_subscriptions(session: AsyncSession) -> dict[int, dict[str, Subscription]]:
    """What people settled for themselves: by user and kind."""
    found: dict[int, dict[str, Subscription]] = {}
    for one in await session.scalars(select(Subscription).where(*_OWN)):
        found.setdefault(one.user_id, {})[one.kind] = one
    return found


async def team_subscriptions(session: AsyncSession) -> dict[int, dict[str, Subscription]]:
    """What managers settled for each member of a team: by team and kind."""
    where = (_STANDS, subscriptions.c.chat_id.is_(None), subscriptions.c.team_id.is_not(None))
    found: dict[int, dict[str, Subscription]] = {}
    for one in await session.scalars(select(Subscription).where(*where)):
        found.setdefault(one.team_id or 0, {})[one.kind] = one
    return found


async def group_subscriptions(session: AsyncSession) -> list[Subscription]:
    """The digests that groups get, those muted left out."""
    where = (_STANDS, subscriptions.c.chat_id.is_not(None), subscriptions.c.is_muted.is_(False))
    return list(await session.scalars(select(Subscription).where(*where)))


async def standings_of(session: AsyncSession, actor: Actor) -> list[Standing]:
    """How each digest stands for a person."""
    teams, owns = await teams_by_id(session), any(await holdings_of(session, actor.id))
    own, of_teams = await subscriptions_of(session, actor.id), await team_subscriptions(session)
    settled = settled_for(actor.user, own, of_teams, teams)
    leads = any(team.manager_id == actor.id for team in teams.values())
    return [standing(kind, actor.user, settled.get(kind, ()), leads=leads, owns=owns) for kind in KINDS]


async def settle_digest(
    ledger: Ledger,
    user: User,
    kind: str,
    *,
    at: str | None = None,
    is_muted: bool | None = None,
    chat: Chat | None = None,
    team_id: int | None = None,
) -> bool:
    """Write what somebody settled about a digest, for themselves, a team or a group; None leaves what holds.

    Returns whether anything changed.
    """
    found = await ledger.session.scalar(_settled(user, kind, chat, team_id))
    if found is None:
        chat_id = chat.id if chat else None
        await ledger.add(Subscription(kind, user.id, chat_id, team_id, at or "", bool(is_muted)))
        return True
    if found.withdrawn_at is not None:
        return ledger.set(found, user_id=user.id, at=at or "", is_muted=bool(is_muted), withdrawn_at=None)
    told = {"user_id": user.id, "at": at, "is_muted": is_muted}
    return ledger.set(found, **{name: value for name, value in told.items() if value is not None})


def _settled(user: User, kind: str, chat: Chat | None, team_id: int | None) -> Any:
    """The row that says it: a person's own, or a team's or a group's of that team, whoever settled it."""
    of = subscriptions.c
    where = of.chat_id == chat.id if chat else of.chat_id.is_(None)
    whose = of.team_id == team_id if team_id else and_(of.team_id.is_(None), of.user_id == user.id)
    return select(Subscription).where(of.kind == kind, where, whose).order_by(of.id).limit(1).with_for_update()
