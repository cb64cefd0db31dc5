"""Whom the log names for what a file changes: an admin."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.opening import Failed
from crm.users import User
from storage.people_tables import users


async def admin_named(session: AsyncSession, name: str) -> User:
    """The active admin of that name, the first where it is "". Failed where there is none."""
    admins = select(User).where(users.c.role == "admin", users.c.is_active).order_by(users.c.id)
    found: User | None = await session.scalar(admins.where(users.c.name == name) if name else admins.limit(1))
    if found is None:
        raise Failed(f"{name} is no admin here" if name else "there is no admin yet whom the log could name")
    return found
