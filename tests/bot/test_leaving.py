"""A house that stops: what is at work in it lets go before the store may be closed."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

import pytest

from jobs.timetable import Job
from storage.engine import Store
from tests.bot.conftest import Running


async def test_a_tick_at_work_lets_go_before_the_house_has_stopped(
    running: Running, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    begun, let_go = asyncio.Event(), asyncio.Event()

    async def never_done(_store: Store, _now: datetime) -> int:
        try:
            begun.set()
            return await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.2)  # as a transaction that is rolled back
            let_go.set()

    async with running(store=store, timetable=[Job("never_done", timedelta(seconds=1), never_done)]):
        await begun.wait()
    assert let_go.is_set()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
