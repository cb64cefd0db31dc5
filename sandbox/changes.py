"""Tells everyone who watches (the page, waiting tests) what has just changed."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
Change = dict[str, Any]
BACKLOG = 2_000


class Changes:
    """A hub of bounded queues; a watcher that falls behind is told to load everything anew."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[Change]] = set()

    def tell(self, kind: str, **what: Any) -> None:
        """Tell all watchers. Costs nothing while nobody watches."""
        for queue in self._watchers:
            if queue.full():
                _empty(queue)
                queue.put_nowait({"kind": "lost"})
            queue.put_nowait({"kind": kind, **what})

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[Change]]:
        """A queue of changes from now on."""
        queue: asyncio.Queue[Change] = asyncio.Queue(BACKLOG)
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)

    async def until(self, look: Callable[[], T | None], seconds: float) -> T:
        """What `look` finds, tried now and after every change. TimeoutError after so many seconds."""
        with self.watch() as queue:
            async with asyncio.timeout(seconds):
                while (seen := look()) is None:
                    await queue.get()
                    _empty(queue)
                return seen


def _empty(queue: asyncio.Queue[Change]) -> None:
    while not queue.empty():
        queue.get_nowait()
