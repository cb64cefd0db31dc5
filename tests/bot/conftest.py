"""The double, and houses at work against it with the echo for a desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from bot.settings import Address, Settings
from bot.wiring import House, Parts, wired
from jobs.limiter import Rates
from sandbox import Sandbox
from storage.engine import Store
from tests.bot.browsing import CHROMIUM, FLAGS
from tests.bot.echo import EchoDesk
from tests.bot.local_chat import LocalChat

Running = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The double, its limits off."""
    async with Sandbox(limits=False) as double:
        yield double


@pytest.fixture
def settings(sandbox: Sandbox, tmp_path: Path) -> Settings:
    """Settings that take the double for Telegram."""
    return Settings(
        http=Address("127.0.0.1", 0),
        telegram_token=sandbox.token,
        telegram_api=sandbox.url,
        files_dir=tmp_path / "files",
    )


@pytest.fixture
def running(settings: Settings, store: Store) -> Running:
    """`async with running()`: a house that polls the double; settings and parts by name may differ."""
    names = set(Parts.__dataclass_fields__)

    @asynccontextmanager
    async def run(**changes: Any) -> AsyncIterator[House]:
        parts = {name: value for name, value in changes.items() if name in names}
        others = {name: value for name, value in changes.items() if name not in names}
        given = Parts(**{"store": store, "desk": EchoDesk, "rates": Rates.none(), **parts})
        async with wired(replace(settings, **others), given) as house:
            await house.start()
            yield house

    return run


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[LocalChat]:
    """The local chat at work, as `genjin run` starts it."""
    running = LocalChat(tmp_path)
    await running.start()
    yield running
    assert await running.stop() == 0


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        await started.close()


@pytest.fixture
async def page(browser: Browser, chat: LocalChat) -> Page:
    """The local chat's page."""
    opened = await browser.new_page(viewport={"width": 1440, "height": 900}, timezone_id="Asia/Shanghai")
    await opened.goto(chat.url)
    return opened
