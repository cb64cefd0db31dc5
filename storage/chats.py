"""Chats by their address: switched off when they have shut the bot out, moved when a messenger gives them another."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.people_tables import chats

Connection = AsyncConnection | AsyncSession


async def switch_off(connection: Connection, channel: str, address: str) -> bool:
    """Mark a chat as shut, topics and all. False where it was so already, or is not known."""
    off = await connection.execute(
        update(chats)
        .where(chats.c.channel == channel, chats.c.address == address, chats.c.is_active)
        .values(is_active=False)
    )
    return bool(off.rowcount)  # type: ignore[attr-defined]


async def move(connection: Connection, channel: str, old: str, new: str) -> None:
    """Give a chat its new address; where the new one is known already, the old one is switched off instead."""
    at_new = select(chats.c.id).where(chats.c.channel == channel, chats.c.address == new)
    if await connection.scalar(at_new.limit(1)) is not None:
        await switch_off(connection, channel, old)
        return
    await connection.execute(
        update(chats).where(chats.c.channel == channel, chats.c.address == old).values(address=new)
    )
