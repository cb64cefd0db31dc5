"""Questions that nobody answered within their time are asked no more."""

from __future__ import annotations

from datetime import datetime

from storage.cards import expire_cards
from storage.engine import Store


async def expire_questions(store: Store, now: datetime) -> int:
    """Close the questions whose time is over; how many there were. Nothing leaves for anybody."""
    await expire_cards(store, now)
    return 0
