"""The outbox's promises: written once, claimed once, in order within a chat, settled once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from crm.users import Chat
from storage import chats, outbox
from storage.engine import Store
from storage.outbox import Settled
from storage.people_tables import chats as chats_table
from storage.post_tables import outbox as table
from storage.posts import OutboxRow


def row(key: str, now: datetime, chat: str = "1", kind: str = "reply", **facts: Any) -> OutboxRow:
    """A row that is due."""
    return OutboxRow(key, "telegram", chat, kind, {"n": key}, now, facts.pop("due", now), **facts)


async def put(store: Store, *rows: OutboxRow) -> list[bool]:
    """Put each in, in order."""
    async with store.writing().begin() as session:
        return [await outbox.put(session, each) for each in rows]


async def claim(store: Store, now: datetime, most: int = 10, full: tuple[str, ...] = ()) -> list[str]:
    """The keys that a turn takes."""
    async with store.writing().begin() as session:
        return [each.body["n"] for each in await outbox.claim(session, now, most, ["telegram"], full)]


async def settle(store: Store, key: str, state: str, **facts: Any) -> None:
    """Say what became of the row with a key."""
    async with store.writing().begin() as session:
        found = await session.scalar(select(table.c.id).where(table.c.dedupe_key == key))
        await outbox.settle(session, [Settled(found, state, **facts)])


async def test_a_row_of_a_channel_that_is_not_open_here_is_left_to_the_process_that_has_it(
    store: Store, now: datetime
) -> None:
    await put(store, row("a", now))
    async with store.writing().begin() as session:
        assert await outbox.claim(session, now, 5, ["terminal"]) == []
        assert len(await outbox.claim(session, now, 5, ["terminal", "telegram"])) == 1


async def test_the_same_key_is_kept_once(store: Store, now: datetime) -> None:
    assert await put(store, row("a", now), row("a", now)) == [True, False]
    assert await claim(store, now) == ["a"]


async def test_a_claimed_row_is_whole_and_sending(store: Store, now: datetime) -> None:
    await put(store, row("a", now, topic="5"))
    async with store.writing().begin() as session:
        (taken,) = await outbox.claim(session, now, 1, ["telegram"])
        assert (await session.execute(select(table.c.state, table.c.started_at))).one() == ("sending", now)
    assert taken == (1, "telegram", "1", "5", "reply", {"n": "a"}, now, 1)


async def test_a_chat_gets_one_at_a_time_in_order(store: Store, now: datetime) -> None:
    await put(store, row("a1", now), row("a2", now), row("b1", now, "2"))
    assert await claim(store, now) == ["a1", "b1"]
    assert await claim(store, now) == []
    await settle(store, "a1", "sent", message="9")
    assert await claim(store, now) == ["a2"]


async def test_a_row_that_waits_for_its_next_try_keeps_the_later_ones_back(store: Store, now: datetime) -> None:
    await put(store, row("a1", now), row("a2", now))
    await claim(store, now)
    await settle(store, "a1", "retry", at=now + timedelta(seconds=5))
    assert await claim(store, now) == []
    assert await claim(store, now + timedelta(seconds=5)) == ["a1"]


async def test_replies_overtake_reminders_and_answers_overtake_replies(store: Store, now: datetime) -> None:
    await put(store, row("nag", now, kind="reminder"), row("said", now), row("tap", now, kind="answer"))
    for key in ("tap", "said", "nag"):
        assert await claim(store, now) == [key]
        await settle(store, key, "sent")


async def test_what_is_not_due_waits_and_keeps_nobody_back(store: Store, now: datetime) -> None:
    await put(store, row("later", now, due=now + timedelta(hours=1)), row("now", now))
    assert await claim(store, now) == ["now"]
    await settle(store, "now", "sent")
    assert await claim(store, now + timedelta(hours=1)) == ["later"]


async def test_a_full_chat_gets_only_answers_to_taps(store: Store, now: datetime) -> None:
    await put(store, row("a", now), row("tap", now, "2", kind="answer"), row("c", now, "3"))
    assert await claim(store, now, full=("telegram 1", "telegram 2")) == ["tap", "c"]


async def test_a_row_is_settled_once(store: Store, now: datetime) -> None:
    await put(store, row("a", now))
    await claim(store, now)
    await settle(store, "a", "sent", message="1")
    await settle(store, "a", "retry", at=now)
    assert await claim(store, now) == []


async def test_a_repeat_says_so_in_its_body(store: Store, now: datetime) -> None:
    await put(store, row("a", now))
    await claim(store, now)
    await settle(store, "a", "retry", at=now, is_repeat=True)
    async with store.writing().begin() as session:
        (taken,) = await outbox.claim(session, now, 1, ["telegram"])
    assert taken.body == {"n": "a", "is_repeat": True}


async def test_eight_claimers_never_take_the_same_row(store: Store, now: datetime) -> None:
    await put(store, *(row(f"k{n}", now, str(n)) for n in range(60)))
    taken = await asyncio.gather(*(claim(store, now, 20) for _ in range(8)))
    keys = [key for each in taken for key in each]
    assert len(keys) == len(set(keys))
    rest = await claim(store, now, 60)
    assert sorted([*keys, *rest]) == sorted(f"k{n}" for n in range(60))


async def test_what_a_dead_process_was_sending_is_in_doubt(store: Store, now: datetime) -> None:
    await put(store, row("a", now), row("b", now, "2"))
    await claim(store, now, 1)
    async with store.writing().begin() as session:
        assert [each.body["n"] for each in await outbox.in_doubt(session)] == ["a"]


async def test_a_moved_chat_takes_what_is_not_sent_along(store: Store, now: datetime) -> None:
    await put(store, row("a", now, "-5"))
    async with store.writing().begin() as session:
        session.add(Chat("telegram", "-5", is_group=True))
        await session.flush()
        await chats.move(session, "telegram", "-5", "-1005")
    async with store.writing().begin() as session:
        (taken,) = await outbox.claim(session, now, 5, ["telegram"])
        assert await session.scalar(select(chats_table.c.address)) == "-1005"
    assert taken.chat == "-1005"


async def test_a_chat_is_switched_off_once(store: Store, now: datetime) -> None:
    async with store.writing().begin() as session:
        session.add(Chat("telegram", "5"))
        await session.flush()
        assert await chats.switch_off(session, "telegram", "5")
        assert not await chats.switch_off(session, "telegram", "5")


async def test_the_backlog_counts_what_is_due(store: Store, now: datetime) -> None:
    await put(store, row("a", now), row("b", now, "2"), row("later", now, "3", due=now + timedelta(hours=1)))
    await claim(store, now, 1)
    assert await outbox.backlog(store, now) == {"due": 1, "sending": 1}
