"""The inbox's promises: kept once, ready in order within a chat, finished once, set aside after three tries."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import inbox
from storage.engine import Store
from storage.inbox import AlreadyHandled
from storage.post_tables import inbox as table
from storage.posts import InboxRow


def row(update_id: int, now: datetime, chat: str = "1", **raw: Any) -> InboxRow:
    """An update of a chat."""
    return InboxRow("telegram", update_id, chat, {"update_id": update_id, **raw}, now)


async def ready(store: Store, now: datetime, *busy: str) -> list[int]:
    """The update ids that may be worked on, in order."""
    return [each.update_id for each in await inbox.ready(store, now, busy)]


async def finish(store: Store, update_id: int) -> None:
    """Finish the row with an update id."""
    async with store.writing().begin() as session:
        await inbox.finish(session, await session.scalar(select(table.c.id).where(table.c.update_id == update_id)))


async def test_an_update_is_kept_once_also_from_two_at_once(store: Store, now: datetime) -> None:
    for _ in range(3):
        await inbox.put(store, [row(1, now), row(1, now)])
    await asyncio.gather(inbox.put(store, [row(2, now)]), inbox.put(store, [row(2, now)]))
    assert await ready(store, now) == [1, 2]


async def test_putting_tells_how_many_are_new(store: Store, now: datetime) -> None:
    assert await inbox.put(store, [row(1, now), row(2, now)]) == 2
    assert await inbox.put(store, [row(2, now), row(3, now)]) == 1
    assert await inbox.put(store, []) == 0


async def test_a_chat_is_worked_on_in_order_of_update_ids(store: Store, now: datetime) -> None:
    for update_id in (9, 7, 8):
        await inbox.put(store, [row(update_id, now)])
    assert await ready(store, now) == [7, 8, 9]


async def test_a_busy_chat_is_left_out(store: Store, now: datetime) -> None:
    await inbox.put(store, [row(1, now), row(2, now, "2")])
    assert await ready(store, now, "telegram 1") == [2]


async def test_a_loud_chat_does_not_keep_a_quiet_one_waiting(store: Store, now: datetime) -> None:
    await inbox.put(store, [*(row(n, now, "loud") for n in range(300)), row(1000, now, "quiet")])
    assert 1000 in await ready(store, now)


async def test_a_finished_update_is_finished_once(store: Store, now: datetime) -> None:
    await inbox.put(store, [row(1, now)])
    await finish(store, 1)
    with pytest.raises(AlreadyHandled):
        await finish(store, 1)
    assert await ready(store, now) == []


async def test_a_failed_update_waits_and_keeps_later_ones_of_its_chat_back(store: Store, now: datetime) -> None:
    await inbox.put(store, [row(1, now), row(2, now), row(3, now, "2")])
    first = (await inbox.ready(store, now, ()))[0]
    assert await inbox.fail(store, first.id, "boom", now) == 1
    assert await ready(store, now) == [3]
    assert await ready(store, now + timedelta(seconds=2)) == [1, 2, 3]


async def test_tries_are_counted_and_the_dead_are_not_ready(store: Store, now: datetime) -> None:
    await inbox.put(store, [row(1, now)])
    (first,) = await inbox.ready(store, now, ())
    assert [await inbox.fail(store, first.id, "boom\x00\ud800", now) for _ in range(3)] == [1, 2, 3]
    async with store.writing().begin() as session:
        await inbox.bury(session, first.id, "boom")
    assert await ready(store, now + timedelta(hours=1)) == []
    async with store.writing()() as session:
        with pytest.raises(AlreadyHandled):
            await inbox.bury(session, first.id, "boom")


async def test_what_databases_refuse_is_mended_on_the_way_in(store: Store, now: datetime) -> None:
    await inbox.put(store, [row(1, now, text="a\x00b\ud800c", parts=["\udfff"], deep={"k\x00": 1})])
    (kept,) = await inbox.ready(store, now, ())
    assert kept.raw["text"] == "a\ufffdb?c"
    assert kept.raw["parts"] == ["?"]


async def test_a_megabyte_of_text_is_kept(store: Store, now: datetime) -> None:
    await inbox.put(store, [row(1, now, text="长" * 1_000_000)])
    assert await inbox.backlog(store) == 1
