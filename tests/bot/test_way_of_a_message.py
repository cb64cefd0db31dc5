"""From Telegram's double through the real house and back, on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.settings import Address, Settings
from bot.wiring import House, Parts, wired
from jobs.limiter import Rates
from sandbox import Sandbox
from storage.engine import Store
from tests.bot.echo import EchoDesk


@asynccontextmanager
async def running(sandbox: Sandbox, store: Store, **changes: Any) -> AsyncIterator[House]:
    """A house at work against the double, with the echo for a desk."""
    settings = replace(Settings(http=Address("127.0.0.1", 0)), telegram_token=sandbox.token, telegram_api=sandbox.url)
    async with wired(replace(settings, **changes), Parts(store=store, desk=EchoDesk, rates=Rates.none())) as house:
        await house.start()
        yield house


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The double, its limits off."""
    async with Sandbox(limits=False) as double:
        yield double


async def test_a_message_is_answered_where_it_was_said(sandbox: Sandbox, store: Store) -> None:
    person = sandbox.world.persons()[0]
    async with running(sandbox, store):
        said = sandbox.say(person.id, "hello <b>")
        reply = await sandbox.reply(person.id, said)
    assert reply["text"].endswith("hello <b>")
    assert reply["reply_to_message"]["message_id"] == said
