"""Users, teams, identities and chats: who speaks, who stands above whom, and where to reach them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.users import Chat, Identity, Team, User, superiors, teams_below
from storage.people_tables import chats, identities, teams, users
from storage.tables import customers, tasks

# What every message asks is built once: building a statement costs as much as running it.
_BY_IDENTITY = (
    select(User, exists().where(teams.c.manager_id == users.c.id))
    .join(Identity, identities.c.user_id == users.c.id)
    .where(
        identities.c.channel == bindparam("channel"), identities.c.address == bindparam("address"), users.c.is_active
    )
)
_TEAM = select(teams.c.id).where(teams.c.withdrawn_at.is_(None))
_LED = _TEAM.where(teams.c.manager_id == bindparam("leader")).cte(recursive=True)
_LED = _LED.union(_TEAM.join(_LED, teams.c.parent_id == _LED.c.id))
_BELOW = select(users.c.id).where(users.c.team_id.in_(select(_LED.c.id)), users.c.id != bindparam("leader"))
_STANDING = (users.c.is_active, users.c.withdrawn_at.is_(None))
_CHAT_AT = select(Chat).where(
    chats.c.channel == bindparam("channel"),
    chats.c.address == bindparam("address"),
    chats.c.topic == bindparam("topic"),
)


async def teams_by_id(session: AsyncSession) -> dict[int, Team]:
    """The whole tree of teams."""
    return {team.id: team for team in await session.scalars(select(Team).where(teams.c.withdrawn_at.is_(None)))}


async def every_team(session: AsyncSession) -> list[Team]:
    """The teams, those whose making was undone as well."""
    return list(await session.scalars(select(Team).order_by(teams.c.id)))


async def is_in_use(session: AsyncSession, team_id: int) -> bool:
    """Whether somebody is in a team, leavers too, or another team stands right below it."""
    inside = select(users.c.id).where(users.c.team_id == team_id).limit(1)
    below = select(teams.c.id).where(teams.c.parent_id == team_id, teams.c.withdrawn_at.is_(None)).limit(1)
    return await session.scalar(inside) is not None or await session.scalar(below) is not None


async def people_of(session: AsyncSession, team: Team) -> frozenset[int]:
    """The ids of everybody in a team and in those below it, whoever leads it too; leavers as well."""
    known = await teams_by_id(session)
    alone = {key: Team(each.name, each.parent_id, 1 if key == team.id else None) for key, each in known.items()}
    below = teams_below(1, alone)
    found = set(await session.scalars(select(users.c.id).where(users.c.team_id.in_(below))))
    return frozenset(found | ({team.manager_id} if team.manager_id else set()))


async def actor_for(session: AsyncSession, user: User) -> Actor:
    """The user as an actor, with everybody below them."""
    managed = select(teams.c.id).where(teams.c.manager_id == user.id).limit(1)
    if await session.scalar(managed) is None:
        return Actor(user)
    return await _leading(session, user)


async def _leading(session: AsyncSession, user: User) -> Actor:
    return Actor(user, frozenset(await session.scalars(_BELOW, {"leader": user.id})))


async def actor_by_identity(session: AsyncSession, channel: str, address: str) -> Actor | None:
    """The active user whom a channel knows under that id, as an actor."""
    row = (await session.execute(_BY_IDENTITY, {"channel": channel, "address": address})).first()
    if row is None:
        return None
    user, is_leading = row
    return await _leading(session, user) if is_leading else Actor(user)


async def nearest_superior(session: AsyncSession, user: User) -> User | None:
    """The nearest active superior of a user; None for those at the top."""
    for key in superiors(user, await teams_by_id(session)):
        superior = await session.get(User, key)
        if superior is not None and superior.is_active:
            return superior
    return None


async def chat_at(session: AsyncSession, channel: str, address: str, topic: str = "") -> Chat | None:
    """The chat of that id, None where nobody has spoken there."""
    chat: Chat | None = await session.scalar(_CHAT_AT, {"channel": channel, "address": address, "topic": topic})
    return chat


async def private_chat(session: AsyncSession, user_id: int) -> Chat | None:
    """Where an active user is reached alone: the newest active private chat of one of their identities."""
    return (await private_chats(session, [user_id])).get(user_id)


async def private_chats(session: AsyncSession, people: Collection[int]) -> dict[int, Chat]:
    """The same of several people, by user; those who cannot be reached are left out."""
    theirs = (
        select(users.c.id, Chat)
        .join(Identity, (identities.c.channel == chats.c.channel) & (identities.c.address == chats.c.address))
        .join(User, users.c.id == identities.c.user_id)
    )
    where = (users.c.id.in_(people), users.c.is_active, chats.c.is_group.is_(False), chats.c.is_active)
    return dict((await session.execute(theirs.where(*where).order_by(chats.c.id))).all())


async def users_named(session: AsyncSession, keys: Sequence[int]) -> dict[int, str]:
    """The names of users by id."""
    rows = await session.execute(select(users.c.id, users.c.name).where(users.c.id.in_(set(keys))))
    return dict(rows.all())


async def colleagues(session: AsyncSession) -> list[User]:
    """Every active user, by name."""
    return list(await session.scalars(select(User).where(*_STANDING).order_by(users.c.name)))


async def all_users(session: AsyncSession) -> list[User]:
    """Everybody in the order in which they were added: leavers, and those whose invite was undone."""
    return list(await session.scalars(select(User).order_by(users.c.id)))


async def other_admins(session: AsyncSession, user_id: int) -> list[User]:
    """The active admins besides one, held until the transaction ends: two cannot switch each other off at once."""
    admins = (users.c.role == "admin", users.c.is_active, users.c.withdrawn_at.is_(None))
    reached = users.c.id.in_(select(identities.c.user_id))
    found = select(User).where(*admins, reached).order_by(users.c.id).with_for_update()
    await session.flush()
    held = await session.scalars(found.execution_options(populate_existing=True))
    return [user for user in held if user.id != user_id]


async def holdings_of(session: AsyncSession, user_id: int) -> tuple[int, int]:
    """How many customers somebody looks after and how many tasks are open to them."""
    owned = (customers.c.owner_id == user_id, customers.c.withdrawn_at.is_(None))
    due = (tasks.c.assignee_id == user_id, tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
    return (
        await session.scalar(select(func.count()).select_from(customers).where(*owned)) or 0,
        await session.scalar(select(func.count()).select_from(tasks).where(*due)) or 0,
    )


async def open_tasks_count(session: AsyncSession, user_id: int) -> int:
    """How many tasks are open to somebody, whatever they are about."""
    return (await holdings_of(session, user_id))[1]


async def users_of(session: AsyncSession, keys: Collection[int]) -> list[User]:
    """The users of those ids, leavers too, in the order in which they were added."""
    return list(await session.scalars(select(User).where(users.c.id.in_(keys)).order_by(users.c.id)))


async def reached_users(session: AsyncSession) -> set[int]:
    """The ids of those whom some messenger knows: invited ones have to come first."""
    return set(await session.scalars(select(identities.c.user_id)))


async def names_by_username(session: AsyncSession, usernames: Collection[str]) -> dict[str, str]:
    """The names of those whom a messenger calls so, by the username in small letters; of active colleagues alone."""
    called = func.lower(users.c.username)
    wanted = select(called, users.c.name).where(called.in_({each.lower() for each in usernames}), *_STANDING)
    return dict((await session.execute(wanted)).all())


async def names_by_address(session: AsyncSession, channel: str, addresses: Collection[str]) -> dict[str, str]:
    """The names of active colleagues by their ids on a channel."""
    wanted = select(identities.c.address, users.c.name).join(users, users.c.id == identities.c.user_id)
    where = (identities.c.channel == channel, identities.c.address.in_(addresses), *_STANDING)
    return dict((await session.execute(wanted.where(*where))).all())


async def take_username(session: AsyncSession, username: str, user_id: int) -> None:
    """Nobody else is called so any more: on a messenger a username has one owner at a time."""
    others = (func.lower(users.c.username) == username.lower(), users.c.id != user_id)
    for other in await session.scalars(select(User).where(*others)):
        other.username = ""


async def identities_of(session: AsyncSession, user_id: int) -> list[Identity]:
    """Who a user is on the channels."""
    return list(await session.scalars(select(Identity).where(identities.c.user_id == user_id)))


async def identity_at(session: AsyncSession, channel: str, address: str) -> Identity | None:
    """Whom a channel's id belongs to, leavers too."""
    where = (identities.c.channel == channel, identities.c.address == address)
    found: Identity | None = await session.scalar(select(Identity).where(*where))
    return found
