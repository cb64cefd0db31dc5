"""Working something off, turn by turn, until asked to stop: a turn that is under way then is cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

PAUSE = 1.0  # seconds, where there was nothing to do
_log = structlog.get_logger(__name__)


async def work_off(take_turn: Callable[[], Coroutine[Any, Any, int]], stopping: asyncio.Event, trouble: str) -> None:
    """Take turns, each of which tells how much it did, until `stopping` is set; one that breaks is logged so."""
    stopped = asyncio.ensure_future(stopping.wait())
    while not stopped.done():
        turn = asyncio.ensure_future(_turn(take_turn, trouble))
        await asyncio.wait([turn, stopped], return_when=asyncio.FIRST_COMPLETED)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)


async def _turn(take_turn: Callable[[], Coroutine[Any, Any, int]], trouble: str) -> None:
    try:
        done = await take_turn()
    except Exception:
        _log.exception(trouble)
        done = 0
    if not done:
        await asyncio.sleep(PAUSE)
