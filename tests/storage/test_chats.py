"""A chat that gets another address: what hangs on it goes along, whoever tells of it and how often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from crm.users import Chat
from storage import chats, outbox
from storage.engine import Store
from storage.people_tables import chats as chats_table
from storage.post_tables import outbox as outbox_table
from storage.posts import OutboxRow

OLD, NEW = "-5", "-1005"


async def known(store: Store, *rows: Chat) -> None:
    """Chats, one after another."""
    for row in rows:
        async with store.writing().begin() as session:
            session.add(row)


async def moved(store: Store) -> list[tuple[str, str, bool]]:
    """The title, address and state of every chat after the move, oldest first."""
    async with store.writing().begin() as session:
        await chats.move(session, "telegram", OLD, NEW)
        found = select(chats_table.c.title, chats_table.c.address, chats_table.c.is_active)
        return [
            (row.title, row.address, row.is_active) for row in await session.execute(found.order_by(chats_table.c.id))
        ]


async def test_a_chat_goes_on_under_its_new_address_and_so_does_what_waits_for_it(store: Store, now: datetime) -> None:
    await known(store, Chat("telegram", OLD, is_group=True, title="群"), Chat("telegram", "-6", title="另一个"))
    async with store.writing().begin() as session:
        await outbox.put(session, OutboxRow("a", "telegram", OLD, "reply", {}, now, now))
    for _ in range(2):
        assert await moved(store) == [("群", NEW, True), ("另一个", "-6", True)]
    async with store.read.connect() as connection:
        assert await connection.scalar(select(outbox_table.c.chat)) == NEW


async def test_the_older_chat_goes_on_where_somebody_spoke_at_the_new_address_first(store: Store) -> None:
    await known(store, Chat("telegram", OLD, title="绑定的群"), Chat("telegram", NEW, title="刚刚的"))
    for _ in range(2):
        assert await moved(store) == [("绑定的群", NEW, True), ("刚刚的", OLD, False)]


async def test_one_that_was_shut_before_it_was_told_to_move_is_open_again(store: Store) -> None:
    await known(store, Chat("telegram", OLD, title="群", is_active=False))
    assert await moved(store) == [("群", NEW, True)]


async def test_a_chat_that_is_younger_than_the_one_at_the_new_address_is_switched_off(store: Store) -> None:
    await known(store, Chat("telegram", NEW, title="早就在"), Chat("telegram", OLD, title="后来的"))
    assert await moved(store) == [("早就在", NEW, True), ("后来的", OLD, False)]


async def test_each_topic_goes_on_as_itself(store: Store) -> None:
    await known(store, Chat("telegram", OLD, title="总"), Chat("telegram", OLD, "7", title="题"))
    await known(store, Chat("telegram", NEW, "7", title="新题"))
    assert await moved(store) == [("总", NEW, True), ("题", NEW, True), ("新题", OLD, False)]
