"""Working something off, turn by turn, until asked to stop: a turn that is under way then is cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


async def work_off(take_turn: Callable[[], Coroutine[Any, Any, None]], stopping: asyncio.Event) -> None:
    """Take turns until `stopping` is set."""
    stopped = asyncio.ensure_future(stopping.wait())
    while not stopped.done():
        turn = asyncio.ensure_future(take_turn())
        await asyncio.wait([turn, stopped], return_when=asyncio.FIRST_COMPLETED)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
