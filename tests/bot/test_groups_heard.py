"""What happens in groups, from Telegram's double through the real house: what a desk is told of it, and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from sandbox import Sandbox
from storage.engine import Store
from storage.post_tables import inbox
from talk.incoming import Incoming
from tests.bot.conftest import Running
from tests.bot.echo import EchoDesk

LINA, WANG, EMMA, ROOM, FORUM = 1001, 1002, 1003, -2001, -100777


class Room:
    """A house at work with an echo for a desk, and the people of the double."""

    def __init__(self, sandbox: Sandbox, store: Store, desk: EchoDesk) -> None:
        self.sandbox = sandbox
        self.store = store
        self.desk = desk
        self._read = len(desk.handled)

    async def heard(self, count: int = 1) -> list[Incoming]:
        """The next messages that the desk was told of, and no more than those."""
        await self.sandbox.until(lambda: len(self.desk.handled) >= self._read + count or None, 15)
        found = self.desk.handled[self._read :]
        self._read += len(found)
        assert len(found) == count, found
        return found


@pytest.fixture
async def room(sandbox: Sandbox, running: Running) -> AsyncIterator[Room]:
    """Everybody ready; the double has been told which updates are wanted."""
    forum = {"id": FORUM, "title": "论坛", "members": [LINA, WANG], "forum": True, "topics": {"华信": 7, "东方": 9}}
    sandbox.load({"groups": [forum]})
    async with running() as house:
        assert isinstance(house.desk, EchoDesk)
        await sandbox.reply(EMMA, sandbox.say(EMMA, "早"), 15)
        yield Room(sandbox, house.store, house.desk)


async def test_the_bot_is_put_out_let_in_and_promoted(room: Room) -> None:
    for status in ("left", "member", "administrator"):
        room.sandbox.set_bot(ROOM, status, by=WANG)
    found = await room.heard(3)
    assert [(each.kind, each.is_administrator) for each in found] == [
        ("removed", False),
        ("added", False),
        ("added", True),
    ]
    assert {(each.chat, each.speaker, each.title) for each in found} == {(str(ROOM), str(WANG), "项目群 Deal room")}


async def test_members_come_and_go_told_once_to_a_member_and_twice_to_an_administrator(room: Room) -> None:
    room.sandbox.set_member(ROOM, EMMA, is_in=False)
    (left,) = await room.heard()
    assert (left.kind, left.members, left.is_group) == ("left", (str(EMMA),), True)
    room.sandbox.set_bot(ROOM, "administrator", by=WANG)
    await room.heard()
    room.sandbox.set_member(ROOM, EMMA, is_in=True, by=WANG)
    found = await room.heard(2)
    assert [(each.kind, each.members, each.speaker) for each in found] == [("joined", (str(EMMA),), str(WANG))] * 2


async def test_a_group_that_becomes_a_supergroup_is_told_under_its_old_id(room: Room) -> None:
    room.sandbox.upgrade(ROOM, -100200)
    found = await room.heard(2)
    assert [(each.kind, each.chat, each.moved_to) for each in found] == [("moved", str(ROOM), "-100200")] * 2
    room.sandbox.say(WANG, "@sandbox_bot 还在吗", chat=-100200)
    (asked,) = await room.heard()
    assert (asked.chat, asked.text) == ("-100200", "还在吗")


async def test_nobody_is_taken_for_a_person_who_speaks_in_a_chats_name(room: Room) -> None:
    room.sandbox.set_admin(ROOM, LINA, is_admin=True)
    room.sandbox.say_as_group(LINA, "@sandbox_bot 漏斗", ROOM)
    room.sandbox.post_from_channel(ROOM, "公司频道", "漏斗 @sandbox_bot")
    found = await room.heard(2)
    assert all(each.is_anonymous and each.speaker.startswith("-") and each.text == "漏斗" for each in found)


async def test_what_names_nobody_is_neither_heard_nor_kept_even_of_an_administrator(room: Room) -> None:
    room.sandbox.set_bot(ROOM, "administrator", by=WANG)
    await room.heard()
    room.sandbox.post_from_channel(ROOM, "公司频道", "全员注意")
    room.sandbox.say(WANG, "大家说说", chat=ROOM)
    room.sandbox.say(WANG, "@sandbox_bot 在吗", chat=ROOM)
    assert [each.text for each in await room.heard()] == ["在吗"]
    async with room.store.read.connect() as connection:
        kept = str(list(await connection.scalars(select(inbox.c.raw))))
    assert "在吗" in kept
    assert not any(said in kept for said in ("全员注意", "大家说说"))


async def test_a_forwarded_message_and_contact_are_known_as_such(room: Room) -> None:
    said = room.sandbox.say(WANG, "去了华信", chat=ROOM)
    contact = room.sandbox.send_contact(WANG, chat=ROOM)
    for message in (said, contact):
        room.sandbox.forward(LINA, message, ROOM)
    room.sandbox.say(LINA, "去了华信")
    assert [(each.kind, each.is_forwarded) for each in await room.heard(3)] == [
        ("text", True),
        ("other", True),
        ("text", False),
    ]


async def test_a_topic_is_heard_and_answered_in_the_topic(room: Room) -> None:
    for topic in ("华信", "东方"):
        said = room.sandbox.say(LINA, f"{topic}怎么样 @sandbox_bot", chat=(FORUM, topic))
        (found,) = await room.heard()
        answer = await room.sandbox.reply(FORUM, said, 15)
        key = room.sandbox.chat(FORUM).group.topic(topic)  # type: ignore[union-attr]
        assert (found.topic, found.text, found.reply_to) == (str(key), f"{topic}怎么样", "")
        assert (answer["message_thread_id"], answer["is_topic_message"]) == (key, True)
    room.sandbox.say(LINA, "我们自己说", chat=(FORUM, "华信"))
    card = room.sandbox.messages(FORUM)[-2]
    room.sandbox.press(LINA, FORUM, card["message_id"], "tap me")
    (tapped,) = await room.heard()
    assert (tapped.kind, tapped.topic) == ("tap", "9")


async def test_a_group_without_topics_has_none_in_its_threads(room: Room) -> None:
    room.sandbox.load({"groups": [{"id": -100888, "title": "大群", "members": [LINA, WANG]}]})
    first = room.sandbox.say(LINA, "一", chat=-100888)
    room.sandbox.say(WANG, "@sandbox_bot 二", chat=-100888, reply_to=first)
    (found,) = await room.heard()
    assert (found.topic, found.reply_to) == ("", str(first))


async def test_who_is_in_a_group_is_asked_and_what_cannot_be_told_is_none(sandbox: Sandbox, running: Running) -> None:
    async with running() as house:
        channel = house.doors["telegram"].channel
        room, emma = str(ROOM), str(EMMA)
        assert (await channel.is_member(room, emma), await channel.administers(room)) == (True, False)
        sandbox.set_member(ROOM, EMMA, is_in=False)
        assert await channel.is_member(room, emma) is False
        sandbox.hide_members(ROOM, True)
        assert (await channel.is_member(room, str(LINA)), await channel.administers(room)) == (None, False)
        sandbox.set_bot(ROOM, "administrator", by=WANG)
        assert (await channel.is_member(room, str(LINA)), await channel.administers(room)) == (True, True)
        assert await channel.is_member(room, "nobody") is None
        assert await channel.is_member(room, "424242") is None
        sandbox.fault("bad_gateway", method="getChatMember")
        assert await channel.administers(room) is None
        sandbox.set_bot(ROOM, "kicked", by=WANG)
        assert (await channel.is_member(room, str(LINA)), await channel.administers(room)) == (None, False)


async def test_who_blocks_the_bot_is_told_of_at_once(room: Room) -> None:
    room.sandbox.block(EMMA)
    room.sandbox.say(EMMA, "/start")
    found = await room.heard(3)
    assert [(each.kind, each.is_group) for each in found] == [("removed", False), ("added", False), ("text", False)]


async def test_who_is_picked_from_a_list_is_told_by_id_and_who_speaks_by_username(room: Room) -> None:
    room.sandbox.say(LINA, "@sandbox_bot @Emma Stone 周五前把方案发我", ROOM)
    (found,) = await room.heard()
    assert (found.username, found.mentions) == ("lina", (("@Emma Stone", str(EMMA)),))
