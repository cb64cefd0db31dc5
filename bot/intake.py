"""Where the doors hand in what they received: kept first, then told to the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.metrics import Metrics
from storage import inbox
from storage.engine import Store
from storage.posts import InboxRow


class Intake:
    """Keeps updates in the inbox. Once `take` has returned, the messenger may be told that they arrived."""

    def __init__(self, store: Store, arrived: asyncio.Event, now: Callable[[], datetime], metrics: Metrics) -> None:
        self._store = store
        self._arrived = arrived
        self._metrics = metrics
        self.now = now

    async def take(self, rows: Sequence[InboxRow]) -> None:
        """Commit all of them in one transaction; those known already are dropped. Raises what the database raises."""
        if not rows:
            return
        new = await inbox.put(self._store, rows)
        self._arrived.set()
        self._metrics.received.labels(rows[0].channel).inc(new)
        self._metrics.repeated.labels(rows[0].channel).inc(len(rows) - new)
