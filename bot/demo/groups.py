"""The demo's groups, each bound to its deal and shared with its members by the deal's owner."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo.data import Days, load
from crm.deals import Deal
from crm.users import Chat, User
from storage.deal_tables import deals
from storage.groups import admit
from storage.people_tables import chats


async def bind_groups(session: AsyncSession, users: Mapping[str, User], days: Days) -> None:
    """Bind the demo's groups to the deals that they are told to be about; those that are about none stay free."""
    for row in (group for group in load("company")["groups"] if "deal" in group):
        chat = (await session.scalars(select(Chat).where(chats.c.address == str(row["id"]), chats.c.is_group))).one()
        deal = (await session.scalars(select(Deal).where(deals.c.name == row["deal"]))).one()
        chat.customer_id, chat.deal_id = deal.customer_id, deal.id
        chat.bound_by_id, chat.bound_at, chat.is_shared = deal.owner_id, days.past(3), True
        chat.member_ids = [users[name].id for name in row["members"]]
        await session.flush()
        for key in chat.member_ids:
            if key != deal.owner_id:
                await admit(session, chat, key)
