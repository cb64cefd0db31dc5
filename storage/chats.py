"""Chats by their address: switched off when they have shut the bot out, moved when a messenger gives them another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.people_tables import chats
from storage.tables import collaborators

Connection = AsyncConnection | AsyncSession


# What a group is bound to, in the order in which it goes with it to another address.
_BINDING = ("customer_id", "deal_id", "bound_by_id", "bound_at", "is_shared", "is_administrator", "member_ids")


async def switch_off(connection: Connection, channel: str, address: str, now: datetime) -> bool:
    """Mark a chat as shut, topics and all: whoever saw something as its member sees it no more. False where it was so
    already, or is not known.
    """
    there = (chats.c.channel == channel, chats.c.address == address)
    off = await connection.execute(update(chats).where(*there, chats.c.is_active).values(is_active=False))
    members = collaborators.c.chat_id.in_(select(chats.c.id).where(*there))
    still = collaborators.c.withdrawn_at.is_(None)
    await connection.execute(update(collaborators).where(members, still).values(withdrawn_at=now))
    return bool(off.rowcount)  # type: ignore[attr-defined]


async def move(connection: Connection, channel: str, old: str, new: str, now: datetime) -> None:
    """Give a chat its new address, topics and all. What is known at the new one already takes over what the old one was
    bound to, and the old one is switched off. Done once more it changes nothing.
    """
    known = {row.topic: row for row in await _at(connection, channel, new)}
    for row in await _at(connection, channel, old):
        if row.topic not in known:
            await connection.execute(update(chats).where(chats.c.id == row.id).values(address=new))
        elif known[row.topic].customer_id is None and row.customer_id is not None:
            await _take_over(connection, row, known[row.topic].id)
    if known:
        await switch_off(connection, channel, old, now)


async def _at(connection: Connection, channel: str, address: str) -> Sequence[Row[Any]]:
    return (await connection.execute(select(chats).where(chats.c.channel == channel, chats.c.address == address))).all()


async def _take_over(connection: Connection, row: Row[Any], key: int) -> None:
    """The chat of a key is bound as another one was, and its members see what they saw."""
    held = {name: getattr(row, name) for name in _BINDING}
    await connection.execute(update(chats).where(chats.c.id == key).values(held))
    free = dict.fromkeys(_BINDING[:4]) | {"is_shared": False, "member_ids": []}
    await connection.execute(update(chats).where(chats.c.id == row.id).values(free))
    await connection.execute(update(collaborators).where(collaborators.c.chat_id == row.id).values(chat_id=key))
