"""Groups and what they are bound to: who sees it as a member, as long as they are in the group; which groups hear."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from crm.customers import Collaborator, Customer
from crm.deals import Deal
from crm.policy import Actor
from crm.users import Chat
from storage.deal_tables import deals, stages
from storage.people_tables import chats, identities, users
from storage.post_tables import buttons, cards
from storage.tables import collaborators, customers, visits
from storage.visibility import sees_customer

Connection = AsyncConnection | AsyncSession
_STANDS = collaborators.c.withdrawn_at.is_(None)
# What every message asks is built once: building a statement costs as much as running it.
_UNSEEN = (
    select(chats.c.id, chats.c.address)
    .join(collaborators, collaborators.c.chat_id == chats.c.id)
    .join(identities, identities.c.user_id == collaborators.c.user_id)
    .join(customers, customers.c.id == collaborators.c.customer_id)
    .where(
        customers.c.owner_id != collaborators.c.user_id,
        identities.c.channel == bindparam("channel"),
        identities.c.address == bindparam("person"),
        chats.c.channel == bindparam("channel"),
        or_(chats.c.is_administrator.is_(False), chats.c.is_active.is_(False)),
        _STANDS,
    )
)
_HERE = (
    select(chats.c.id, chats.c.address)
    .join(customers, customers.c.id == chats.c.customer_id)
    .join(identities, identities.c.user_id != customers.c.owner_id)
    .where(
        identities.c.channel == bindparam("channel"),
        identities.c.address == bindparam("person"),
        chats.c.channel == bindparam("channel"),
        chats.c.address == bindparam("chat"),
        chats.c.is_shared,
        chats.c.is_administrator.is_(False),
    )
)


_ASKER = (
    select(chats.c.channel, identities.c.address.label("person"), chats.c.address.label("chat"), chats.c.is_group)
    .join(cards, cards.c.chat_id == chats.c.id)
    .join(identities, and_(identities.c.user_id == cards.c.user_id, identities.c.channel == chats.c.channel))
    .where(cards.c.id == bindparam("card"))
)


@dataclass(frozen=True)
class Place:
    """Where somebody spoke: the channel, who they are there, and the group's address, "" of a private chat."""

    channel: str
    person: str
    group: str = ""


async def unseen_groups(connection: Connection, channel: str, person: str, chat: str = "") -> list[tuple[int, str]]:
    """The groups, by id and address, by which a colleague sees somebody else's customer and that they may have left
    unseen, since the bot does not administer them; those at the address `chat` too, where they are shared.
    """
    found = (await connection.execute(_UNSEEN, {"channel": channel, "person": person})).all()
    if chat:
        found = [*found, *(await connection.execute(_HERE, {"channel": channel, "person": person, "chat": chat})).all()]
    return list(dict.fromkeys((int(key), str(address)) for key, address in found))


async def place_of_asker(connection: Connection, token: str) -> Place | None:
    """Where the person spoke whose request a button approves or refuses; None where it does something else."""
    asked = await connection.scalar(
        select(buttons.c.facts).where(buttons.c.token == token, buttons.c.action == "approve")
    )
    if not asked:
        return None
    found = (await connection.execute(_ASKER, {"card": asked["card"]})).first()
    return Place(found.channel, found.person, found.chat if found.is_group else "") if found else None


async def chats_at(session: AsyncSession, channel: str, address: str) -> list[Chat]:
    """A chat with all its topics."""
    at = (chats.c.channel == channel, chats.c.address == address)
    return list(await session.scalars(select(Chat).where(*at).order_by(chats.c.id)))


async def groups_bound_to(session: AsyncSession, customer_id: int) -> list[Chat]:
    """The groups that are bound to a customer or to a deal of it."""
    return list(await session.scalars(select(Chat).where(chats.c.customer_id == customer_id).order_by(chats.c.id)))


async def users_at(session: AsyncSession, channel: str, people: Collection[str]) -> list[int]:
    """The ids of the active colleagues whom a channel knows under those ids."""
    known = (identities.c.channel == channel, identities.c.address.in_(set(people)), users.c.is_active)
    found = select(users.c.id).join(identities, identities.c.user_id == users.c.id).where(*known)
    return sorted(await session.scalars(found.distinct()))


async def active_among(session: AsyncSession, people: Collection[int]) -> dict[int, str]:
    """Those of some people who are still in, by id, with their names."""
    found = select(users.c.id, users.c.name).where(users.c.id.in_(set(people)), users.c.is_active)
    return dict((await session.execute(found.order_by(users.c.id))).all())


async def admit(session: AsyncSession, chat: Chat, user_id: int) -> None:
    """Let somebody see what a group is bound to, as a member of it; once."""
    if chat.customer_id is None:
        return
    theirs = (collaborators.c.chat_id == chat.id, collaborators.c.user_id == user_id, _STANDS)
    if await session.scalar(select(collaborators.c.id).where(*theirs).limit(1)) is None:
        session.add(Collaborator(chat.customer_id, user_id, chat.deal_id, chat.id))
        await session.flush()


async def withdraw_members(
    session: AsyncSession,
    now: datetime,
    *,
    groups: Collection[int] | None = None,
    people: Collection[int] | None = None,
) -> None:
    """End what is seen by groups: by those, or any; of those people, or all."""
    where = [collaborators.c.chat_id.is_not(None), _STANDS]
    if groups is not None:
        where.append(collaborators.c.chat_id.in_(set(groups)))
    if people is not None:
        where.append(collaborators.c.user_id.in_(set(people)))
    await session.execute(update(collaborators).where(*where).values(withdrawn_at=now))


async def groups_hearing(session: AsyncSession, customer_id: int, deal_id: int | None) -> list[Chat]:
    """The groups that hear of a deal, or of a customer as such: bound to it and shared."""
    bound = chats.c.deal_id.is_(None)
    about = or_(bound, chats.c.deal_id == deal_id) if deal_id is not None else bound
    where = (chats.c.customer_id == customer_id, about, chats.c.is_shared, chats.c.is_active, chats.c.is_group)
    return list(await session.scalars(select(Chat).where(*where).order_by(chats.c.id)))


async def bindable(
    session: AsyncSession, actor: Actor, among: Sequence[int] | None = None
) -> list[tuple[Deal, Customer]]:
    """The open deals that an actor may bind a group to, the one last worked on first; at those customers alone, where
    any are told.
    """
    last = (
        select(visits.c.id)
        .where(visits.c.deal_id == deals.c.id, visits.c.withdrawn_at.is_(None))
        .order_by(visits.c.held_on.desc(), visits.c.id.desc())
        .limit(1)
        .correlate(deals)
        .scalar_subquery()
    )
    where = [deals.c.withdrawn_at.is_(None), customers.c.withdrawn_at.is_(None), stages.c.outcome == "open"]
    where.append(sees_customer(actor))
    if among is not None:
        where.append(deals.c.customer_id.in_(set(among)))
    if actor.user.role != "admin":
        where.append(deals.c.owner_id.in_({actor.id, *actor.below}))
    found = select(Deal, Customer).join(Customer, customers.c.id == deals.c.customer_id)
    order = (last.is_(None), last.desc(), deals.c.id.desc())
    rows = await session.execute(found.join(stages, stages.c.id == deals.c.stage_id).where(*where).order_by(*order))
    return [(deal, customer) for deal, customer in rows]
