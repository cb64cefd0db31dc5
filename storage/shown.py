"""What was shown to a person last, as far as its buttons tell."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.post_tables import buttons
from storage.posts import StoredButton

LOOKED_BACK = 2_000  # buttons of everybody, so that the search costs the same however many there have been


async def last_looks(session: AsyncSession, user_id: int, action: str = "look") -> list[StoredButton]:
    """The buttons of that action on what was shown to a person last, the newest first; none where that is long ago."""
    newest = select(func.coalesce(func.max(buttons.c.id), 0)).scalar_subquery()
    mine = (buttons.c.user_id == user_id, buttons.c.action == action, buttons.c.id > newest - LOOKED_BACK)
    last = select(func.max(buttons.c.created_at)).where(*mine).scalar_subquery()
    found = select(StoredButton).where(*mine, buttons.c.created_at == last).order_by(buttons.c.id.desc())
    return list(await session.scalars(found))
