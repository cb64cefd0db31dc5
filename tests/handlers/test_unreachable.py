"""Somebody has shut the bot out."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.unreachable import tell_superior
from storage.engine import Store
from tests.fakes import Clock, Office


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def test_the_superior_is_told_once(office: Office) -> None:
    for _ in range(3):
        await tell_superior(office.store, office.clock(), "telegram", "101")
    seen = await office.posted()
    assert [(one.chat, "李娜" in one.text) for one in seen] == [("106", True)]


@pytest.mark.parametrize("address", ["-1001", "9001", "112"])
async def test_a_group_a_stranger_and_the_top_concern_nobody(office: Office, address: str) -> None:
    await tell_superior(office.store, office.clock(), "telegram", address)
    assert await office.posted() == []
