"""The local chat in a real browser: its columns, what is written in them, what came last."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from playwright.async_api import Locator, Page, expect

expect.set_options(timeout=20_000)  # milliseconds: a house that has just begun, on a machine that is busy
CHROMIUM = shutil.which("chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PUSHED = re.compile("提醒 · |Reminders · |☀️|(?:团队|我)的[日周月]报|⏰|⚠️|🔕|❓|🎂")
# Of every file that opens the page; CI skips nothing.
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true", reason="no chromium on this machine: the page is NOT tested"
)


def column(page: Page, person: int) -> Locator:
    return page.locator(f"[data-testid=column][data-chat='{person}']")


async def say(place: Locator, text: str) -> None:
    await place.get_by_test_id("input").fill(text)
    await place.get_by_test_id("send").click()


def answers(place: Locator) -> Locator:
    """The messages that answer somebody, and what was said: not what comes by itself."""
    return place.get_by_test_id("message").filter(has_not_text=PUSHED)


def last(place: Locator) -> Locator:
    """The newest of them."""
    return answers(place).last
