"""Whoever has no chat hears nothing: their superior is told so, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.pushes import Push
from crm.users import User
from jobs.pushing import Item, To
from storage.people import nearest_superior, private_chat
from storage.pushes import put_pushes
from talk.message import Outcome, Parts

KIND = "no_chat"


async def report(session: AsyncSession, user: User, now: datetime) -> None:
    """Let the nearest superior know that something waits for a person who cannot be reached."""
    superior = await nearest_superior(session, user)
    if superior is not None:
        await put_pushes(session, [Push(f"{KIND}:{user.id}", KIND, superior.id, now, user.id)])


async def unreached_items(to: To, pushes: Sequence[Push]) -> list[Item]:
    """Those who still have no chat."""
    found = []
    for push in pushes:
        user = await to.session.get(User, push.thing_id)
        if user is not None and user.is_active and await private_chat(to.session, user.id) is None:
            found.append(_item(push, user.name))
    return found


def _item(push: Push, name: str) -> Item:
    async def card(_to: To) -> Outcome:
        return Outcome("push_no_chat", {"name": name}, wrote=False)

    return Item(push, "head_push_no_chat", lambda: Parts((name,)), card)
