"""Questions that nobody answered within their time are asked no more."""

from __future__ import annotations

from datetime import datetime

from storage.engine import Store
from storage.questions import expire_questions as expire


async def expire_questions(store: Store, now: datetime) -> int:
    """Close the questions whose time is over; how many there were. Nothing leaves for anybody."""
    await expire(store, now)
    return 0
