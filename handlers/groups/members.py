"""Colleagues in a group: known once they speak or join, and seeing what it is bound to once its owner shared it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Customer
from crm.deals import Deal
from crm.users import Chat
from handlers.turn import Turn
from storage.groups import active_among, admit, chats_at, withdraw_members
from storage.ledger import Ledger


async def owner_of_group(ledger: Ledger, chat: Chat) -> int | None:
    """Who looks after what a group is bound to. None where it is unbound."""
    return await looks_after(ledger, chat.customer_id, chat.deal_id)


async def looks_after(ledger: Ledger, customer_id: int | None, deal_id: int | None) -> int | None:
    """The deal's owner, else the customer's."""
    deal, customer = await ledger.get(Deal, deal_id), await ledger.get(Customer, customer_id)
    return deal.owner_id if deal else customer.owner_id if customer else None


async def note_speaker(turn: Turn) -> None:
    """Whoever speaks in a group is in it, unless the channel does not say so."""
    if turn.chat.is_group and turn.chat.id not in turn.actor.barred:
        await come_in(turn.ledger, turn.chat, [turn.actor.id])


async def like_its_group(session: AsyncSession, topic: Chat) -> Chat:
    """A topic that is new, with what is known of its group as a whole."""
    if topic.is_group and topic.topic:
        known = await chats_at(session, topic.channel, topic.address)
        topic.is_administrator = any(chat.is_administrator for chat in known)
    return topic


async def come_in(ledger: Ledger, chat: Chat, people: Collection[int]) -> None:
    """Colleagues are in a group from now on; of one that is shared they see what it is bound to."""
    new = [key for key in people if key not in chat.member_ids]
    if new:
        chat.member_ids = [*chat.member_ids, *new]
    if chat.is_shared:
        await _let_see(ledger, chat, people)


async def share(ledger: Ledger, chat: Chat) -> list[str]:
    """Let everybody known to be in a group see what it is bound to; their names."""
    ledger.set(chat, is_shared=True)
    return await _let_see(ledger, chat, chat.member_ids)


async def keep_apart(ledger: Ledger, chat: Chat) -> None:
    """Nobody sees by a group any more what it is bound to."""
    ledger.set(chat, is_shared=False)
    await withdraw_members(ledger.session, ledger.now, groups=[chat.id])


async def go_out(session: AsyncSession, chat: Chat, people: Collection[int], now: datetime) -> None:
    """Colleagues are in a group no longer: they see at once no more than they may without it."""
    chat.member_ids = [key for key in chat.member_ids if key not in people]
    await withdraw_members(session, now, groups=[chat.id], people=people)


async def free(ledger: Ledger, chat: Chat) -> None:
    """Bind a group to nothing: nobody sees anything by it any more."""
    ledger.set(chat, binding=None)
    await withdraw_members(ledger.session, ledger.now, groups=[chat.id])


async def see_as_bound(ledger: Ledger, chat: Chat) -> None:
    """Members see what their group is bound to and shares now, and nothing else by it."""
    await withdraw_members(ledger.session, ledger.now, groups=[chat.id])
    if chat.is_shared:
        await _let_see(ledger, chat, chat.member_ids)


async def _let_see(ledger: Ledger, chat: Chat, people: Collection[int]) -> list[str]:
    owner = await owner_of_group(ledger, chat)
    names = await active_among(ledger.session, [key for key in people if key != owner])
    for key in names:
        await admit(ledger.session, chat, key)
    return list(names.values())
