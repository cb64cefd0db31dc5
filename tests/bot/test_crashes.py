"""A bot that is killed at random loses nothing, and what it says twice it says so. benchmarks/crashes.py kills more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox import Sandbox
from tests.bot import crashing
from tests.bot.crashing import survive
from tests.databases import SqliteFiles


@pytest.mark.parametrize("mode", [crashing.polling, crashing.webhook])
async def test_killed_at_random_it_loses_nothing(
    sandbox: Sandbox, sqlite_files: SqliteFiles, mode: Callable[[str, Sandbox], dict[str, str]]
) -> None:
    environ = mode(await sqlite_files.fresh(), sandbox)
    found = await survive(sandbox, environ, messages=80, kills=4, seed=7, module="tests.bot.echo_bot")
    assert (found.lost, found.unmarked, found.out_of_order) == (0, 0, 0)
