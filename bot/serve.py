"""What `genjin run` does: migrate, open, work until told to stop, and leave nothing half done."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from bot import first_admin, logs
from bot.channels.door import CannotGoOn
from bot.garbage import look_seldom
from bot.settings import Settings
from bot.wiring import Parts, wired
from storage.alone import InUse, alone
from storage.engine import Store, open_store
from storage.pipelines import prepare
from storage.trouble import DATABASE_TROUBLE, told

_log = structlog.get_logger(__name__)


async def serve(settings: Settings, parts: Parts | None = None) -> int:
    """Run until SIGTERM or SIGINT and return the exit code; what cannot go on is said in one line."""
    logs.configure(settings.log_level, settings.logs_json, settings.secrets)
    try:
        await _serve(settings, parts or Parts())
    except CannotGoOn as error:
        _log.error(str(error))
        return 1
    except InUse:
        _log.error("another Genjin process works on GENJIN_DATABASE_URL: stop it first, or name another database")
        return 1
    return 0


async def _serve(settings: Settings, parts: Parts) -> None:
    stopping = _told_to_stop()
    async with AsyncExitStack() as stack:
        store = await ready_store(settings, stack)
        house = await stack.enter_async_context(wired(settings, replace(parts, store=store)))
        await _until(stopping, house.start())
        if not stopping.is_set():
            await first_admin.offer(store, house.doors, house.now)
        look_seldom()
        if not stopping.is_set():
            _log.info("ready", http=f"{settings.http.host}:{house.server.port}")
            await _until(stopping, house.run())
        _log.info("stopping")
    _log.info("stopped")


async def ready_store(settings: Settings, stack: AsyncExitStack) -> Store:
    """The database, held for this process alone, at the newest schema and with its pipelines. InUse, or CannotGoOn."""
    try:
        store = open_store(settings.database_url)
        stack.push_async_callback(store.close)
        if store.is_sqlite and store.write.url.database:
            Path(store.write.url.database).parent.mkdir(parents=True, exist_ok=True)
        await stack.enter_async_context(alone(store))
        await prepare(store)
    except DATABASE_TROUBLE as error:
        raise CannotGoOn(f"GENJIN_DATABASE_URL: the database cannot be opened: {told(error)}") from error
    return store


def _told_to_stop() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


async def _until(stopping: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work unless told to stop meanwhile; raises what the work raises."""
    told = asyncio.create_task(stopping.wait())
    doing = asyncio.create_task(work)
    await asyncio.wait([told, doing], return_when=asyncio.FIRST_COMPLETED)
    for task in (told, doing):
        if not task.done():
            task.cancel()
    await asyncio.gather(told, doing, return_exceptions=True)
    if not doing.cancelled() and (error := doing.exception()):
        raise error
