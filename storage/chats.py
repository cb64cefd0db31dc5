"""Chats by their address: switched off when they have shut the bot out, moved when a messenger gives them another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage import outbox
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


async def switch_on(connection: Connection, channel: str, address: str) -> None:
    """Mark a chat as open again, topics and all."""
    where = (chats.c.channel == channel, chats.c.address == address)
    await connection.execute(update(chats).where(*where).values(is_active=True))


async def move(connection: Connection, channel: str, old: str, new: str) -> None:
    """A chat has another address now: there it goes on with all that hangs on it, and there goes what is not sent yet.

    Where the new address is known already, the older of the two chats goes on. Doing it again changes nothing. Do it
    before the chat is loaded: what a session holds of it already is not brought up to date.
    """
    found = select(chats.c.id, chats.c.address, chats.c.topic).where(
        chats.c.channel == channel, chats.c.address.in_((old, new))
    )
    known = {(row.address, row.topic): row.id for row in await connection.execute(found)}
    for (address, topic), key in known.items():
        if address == old:
            await _go_on(connection, key, known.get((new, topic)), old, new)
    await outbox.move(connection, channel, old, new)


async def _go_on(connection: Connection, key: int, there: int | None, old: str, new: str) -> None:
    """One chat goes on at the new address, where there may be another already."""
    if there is None:
        await _put(connection, key, address=new, is_active=True)
    elif key < there:  # somebody spoke at the new address before we were told
        await _put(connection, there, address=f"{new} {there}")
        await _put(connection, key, address=new, is_active=True)
        await _put(connection, there, address=old, is_active=False)
    else:
        await _put(connection, key, is_active=False)


async def _put(connection: Connection, key: int, **values: Any) -> None:
    await connection.execute(update(chats).where(chats.c.id == key).values(**values))
