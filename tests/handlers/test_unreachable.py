"""Somebody has shut the bot out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

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


async def test_who_blocks_the_bot_is_not_written_to_until_they_let_it_in_again(office: Office) -> None:
    is_open = "SELECT is_active FROM chats WHERE channel = 'telegram' AND address = '101'"
    told = await office.say("李娜", "", kind="removed")
    assert [(one.chat, "李娜" in one.text) for one in told] == [("106", True)]
    assert await office.say("李娜", "", kind="removed") == []
    assert not await value_of(office, is_open)
    assert await office.say("李娜", "", kind="added") == []
    assert await value_of(office, is_open)


@pytest.mark.parametrize("kind", ["added", "removed", "joined", "left", "moved"])
async def test_what_happens_to_a_stranger_is_answered_by_nothing(office: Office, kind: str) -> None:
    assert await office.say("9001", "", kind=kind) == []


async def value_of(office: Office, query: str) -> Any:
    """The one value that a query finds."""
    async with office.store.read.connect() as connection:
        return await connection.scalar(text(query))
