"""What colleagues say about tasks and visits. The caller has asked the policy for the task or the visit."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.note_tables import comments
from storage.people_tables import users


async def last_words(session: AsyncSession, about: str, keys: Collection[int]) -> dict[int, tuple[str, str]]:
    """Of each record that something was said about, who said the last thing, and what. `about`: task or visit."""
    thing = comments.c[f"{about}_id"]
    found = (
        select(thing, users.c.name, comments.c.text)
        .join(users, users.c.id == comments.c.user_id)
        .where(thing.in_(keys), comments.c.withdrawn_at.is_(None))
        .order_by(comments.c.id)
    )
    return {key: (name, text) for key, name, text in await session.execute(found)}


async def who_commented(session: AsyncSession, about: str, key: int) -> list[int]:
    """The ids of those who said something about a record. `about`: task or visit."""
    where = (comments.c[f"{about}_id"] == key, comments.c.withdrawn_at.is_(None))
    return list(await session.scalars(select(comments.c.user_id).where(*where).distinct()))
