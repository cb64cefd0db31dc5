"""Somebody has shut the bot out: their superior is told once, so that what was for them is not lost unnoticed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.turn import reader_for
from storage import chats, outbox
from storage.engine import Store
from storage.people import actor_by_identity, actor_for, nearest_superior, private_chat
from storage.posts import OutboxRow
from talk.catalogue import say
from talk.incoming import Incoming
from talk.message import Line, Outgoing, Reply


async def tell_superior(store: Store, now: datetime, channel: str, address: str) -> None:
    """Put a note for the superior into the outbox; groups, strangers and those without a superior: nothing."""
    async with store.writing().begin() as session:
        await _note(session, now, channel, address)


async def heed_membership(session: AsyncSession, now: datetime, incoming: Incoming) -> None:
    """A person blocked the bot, or let it in again: their chat is switched off or on at once."""
    where = (incoming.channel, incoming.chat)
    if incoming.kind == "added":
        await chats.switch_on(session, *where)
    elif await chats.switch_off(session, *where):
        await _note(session, now, *where)


async def _note(session: AsyncSession, now: datetime, channel: str, address: str) -> None:
    gone = await actor_by_identity(session, channel, address)
    superior = await nearest_superior(session, gone.user) if gone else None
    chat = await private_chat(session, superior.id) if superior else None
    if gone is None or superior is None or chat is None:
        return
    reader = reader_for(await actor_for(session, superior), now)
    text = say("colleague_unreachable", reader, {"name": gone.user.name})
    body = Outgoing("send", chat.address, Reply((Line(text),)), chat.topic).to_json()
    key = f"unreachable:{gone.id}:{now:%Y-%m-%d}"
    await outbox.put(session, OutboxRow(key, chat.channel, chat.address, "reminder", body, now, now, chat.topic))
