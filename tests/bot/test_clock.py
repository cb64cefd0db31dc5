"""The sandbox's clock, followed over HTTP."""

from __future__ import annotations

from datetime import timedelta

import aiohttp

from bot.clock import SandboxClock, real_now
from sandbox import Sandbox


async def test_moving_the_sandboxs_clock_moves_ours(sandbox: Sandbox) -> None:
    clock = SandboxClock(sandbox.url)
    assert abs(clock() - real_now()) < timedelta(seconds=5)
    async with aiohttp.ClientSession() as session:
        sandbox.clock.forward(7200)
        await clock.ask(session)
        assert abs(clock() - real_now() - timedelta(hours=2)) < timedelta(seconds=5)
        sandbox.clock.reset()
        await clock.ask(session)
        assert abs(clock() - real_now()) < timedelta(seconds=5)


async def test_while_the_sandbox_is_away_the_last_offset_stays(sandbox: Sandbox) -> None:
    clock = SandboxClock(sandbox.url)
    async with aiohttp.ClientSession() as session:
        sandbox.clock.forward(3600)
        await clock.ask(session)
        await sandbox.stop()
        await clock.ask(session)
    assert clock() - real_now() > timedelta(minutes=55)
