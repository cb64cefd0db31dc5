"""Groups on the user side: who comes and goes, topics, and who speaks in whose name."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox import Sandbox
from sandbox.people import read
from tests.sandbox.conftest import EMMA, LINA, ROOM, WANG, Caller, described

EVERYTHING = ["message", "chat_member", "my_chat_member"]


@pytest.fixture
async def forum(sandbox: Sandbox) -> int:
    """A forum with the bot in it and one topic, 华信 = 7."""
    spec = {"id": -100777, "title": "华东大区", "members": [LINA, WANG], "forum": True, "topics": {"华信": 7}}
    sandbox.load({"groups": [spec]})
    return -100777


async def kinds(call: Caller, *allowed: str) -> list[str]:
    """What kinds of update the bot is told of from now on, having taken what waits."""
    updates = await call("getUpdates", allowed_updates=list(allowed))
    return [next(kind for kind in update if kind != "update_id") for update in updates]


async def heard(call: Caller) -> dict[str, Any]:
    """The newest message that the bot was told of."""
    message: dict[str, Any] = (await call("getUpdates", offset=-1))[0]["message"]
    return message


async def test_who_joins_or_leaves_is_told_to_an_administrator_who_asks_for_it(sandbox: Sandbox, call: Caller) -> None:
    await kinds(call, *EVERYTHING)
    sandbox.set_member(ROOM, EMMA, is_in=False)
    assert await kinds(call, "message") == ["message"]
    sandbox.set_bot(ROOM, "administrator", by=WANG)
    sandbox.set_member(ROOM, EMMA, is_in=True, by=WANG)
    assert (await kinds(call, *EVERYTHING))[1:] == ["message"], "not asked for by name"
    sandbox.set_member(ROOM, EMMA, is_in=False, by=WANG)
    change = (await call("getUpdates", offset=-1))[0]["chat_member"]
    states = [change[key]["status"] for key in ("old_chat_member", "new_chat_member")]
    assert (change["from"]["id"], states) == (WANG, ["member", "left"])


async def test_over_http_a_group_is_opened_filled_and_administered(sandbox: Sandbox, side: Caller) -> None:
    room = (await side("group", title="东方医院", person=LINA))["id"]
    await side("member", chat=room, person=WANG, **{"in": True})
    await side("admin", chat=room, person=WANG, admin=True, by=LINA)
    await side("bot", chat=room, status="member", person=WANG)
    details = sandbox.chat(room).group
    assert details
    assert (details.members, details.admins, details.bot) == ([LINA, WANG], [LINA, WANG], "member")
    await side("member", chat=room, person=WANG, **{"in": False})
    assert (details.members, details.admins) == ([LINA], [LINA])
    assert (await side("say", person=WANG, text="还在吗", chat=room))["status"] == 400


async def test_a_bot_that_is_out_is_told_nothing_of_those_who_come_and_go(sandbox: Sandbox, call: Caller) -> None:
    sandbox.set_bot(ROOM, "left", by=WANG)
    await call("getUpdates", offset=-1, allowed_updates=EVERYTHING)
    before = len(await call("getUpdates"))
    sandbox.set_member(ROOM, EMMA, is_in=False)
    sandbox.set_admin(ROOM, LINA, is_admin=True)
    assert len(await call("getUpdates")) == before


async def test_only_an_administrator_is_sure_to_be_told_of_other_members(sandbox: Sandbox, call: Caller) -> None:
    async def status(user: int) -> str:
        return str((await call("getChatMember", chat_id=ROOM, user_id=user))["status"])

    assert await status(EMMA) == "member"
    sandbox.hide_members(ROOM, True)
    refused = await described(call("getChatMember", chat_id=ROOM, user_id=EMMA))
    assert refused == "Bad Request: member list is inaccessible"
    assert await status(sandbox.world.bot["id"]) == "member"
    sandbox.set_bot(ROOM, "administrator", by=WANG)
    assert await status(EMMA) == "member"


async def test_what_is_written_into_a_topic_carries_it_and_answers_stay_there(
    sandbox: Sandbox, call: Caller, forum: int
) -> None:
    said = sandbox.say(LINA, "@sandbox_bot 进展", chat=(forum, "华信"))
    message = await heard(call)
    assert (message["message_thread_id"], message["is_topic_message"], message["chat"]["is_forum"]) == (7, True, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "华信"
    sent = await call("sendMessage", chat_id=forum, message_thread_id=7, text="在谈", reply_to_message_id=said)
    assert (sent["message_thread_id"], sent["reply_to_message"]["message_id"]) == (7, said)
    sandbox.say(WANG, "好", chat=forum, reply_to=sent["message_id"])
    assert (await heard(call))["message_thread_id"] == 7
    sandbox.say(LINA, "@sandbox_bot", chat=forum)
    assert "message_thread_id" not in await heard(call)


async def test_a_topic_that_is_begun_has_the_id_of_its_first_message(
    sandbox: Sandbox, call: Caller, side: Caller, forum: int
) -> None:
    topic = (await side("topic", chat=forum, name="东方医院", person=WANG))["topic"]
    assert (await heard(call))["message_id"] == topic
    assert (await side("say", person=LINA, text="/status", chat=forum, topic="东方医院"))["message_id"]
    assert (await heard(call))["message_thread_id"] == topic
    assert (await side("topic", chat=forum, name="东方医院", person=WANG))["status"] == 400


async def test_what_is_in_no_topic_cannot_be_written_to(sandbox: Sandbox, call: Caller, forum: int) -> None:
    for chat in (forum, ROOM):
        refused = await described(call("sendMessage", chat_id=chat, message_thread_id=8, text="x"))
        assert refused == "Bad Request: message thread not found"
    said = sandbox.say(LINA, "一", chat=(forum, 7))
    sandbox.open_topic(forum, "别的", WANG)
    impossible: Callable[[], Any]
    for impossible in (
        lambda: sandbox.say(LINA, "x", chat=(forum, "没有")),
        lambda: sandbox.say(LINA, "x", chat=(ROOM, 7)),
        lambda: sandbox.say(LINA, "x", chat=(LINA, 7)),
        lambda: sandbox.say(LINA, "x", chat=(forum, "别的"), reply_to=said),
        lambda: sandbox.open_topic(ROOM, "题", WANG),
        lambda: sandbox.open_topic(forum, " ", WANG),
    ):
        with pytest.raises(ValueError, match=r".+"):
            impossible()


async def test_a_supergroup_threads_its_replies_and_that_is_no_topic(sandbox: Sandbox, call: Caller) -> None:
    sandbox.load({"groups": [{"id": -100888, "title": "大群", "members": [LINA, WANG]}]})
    first = sandbox.say(LINA, "一", chat=-100888)
    second = sandbox.say(WANG, "@sandbox_bot 二", chat=-100888, reply_to=first)
    sandbox.say(LINA, "@sandbox_bot 三", chat=-100888, reply_to=second)
    message = await heard(call)
    assert (message["message_thread_id"], "is_topic_message" in message) == (first, False)


async def test_an_anonymous_administrator_speaks_in_the_groups_name(sandbox: Sandbox, call: Caller) -> None:
    with pytest.raises(ValueError, match="administers"):
        sandbox.say_as_group(LINA, "@sandbox_bot 漏斗", ROOM)
    sandbox.set_admin(ROOM, LINA, is_admin=True)
    sandbox.say_as_group(LINA, "@sandbox_bot 漏斗", ROOM)
    message = await heard(call)
    assert (message["from"]["username"], message["sender_chat"]["id"]) == ("GroupAnonymousBot", ROOM)


async def test_a_linked_channels_post_arrives_as_telegrams_own(sandbox: Sandbox, call: Caller, side: Caller) -> None:
    await side("channel", chat=ROOM, channel="公司频道", text="@sandbox_bot 漏斗")
    message = await heard(call)
    assert (message["from"]["id"], message["sender_chat"]["type"], message["is_automatic_forward"]) == (
        777000,
        "channel",
        True,
    )


async def test_a_forwarded_message_tells_who_said_it_first(sandbox: Sandbox, call: Caller, side: Caller) -> None:
    said = sandbox.send_contact(WANG, {"phone_number": "+8613800000000", "first_name": "张"}, chat=ROOM)
    await side("forward", person=LINA, message_id=said, **{"from": ROOM})
    message = await heard(call)
    assert (message["chat"]["id"], message["contact"]["first_name"]) == (LINA, "张")
    assert message["forward_origin"]["sender_user"]["id"] == WANG
    sandbox.set_member(ROOM, EMMA, is_in=False)
    service = sandbox.messages(ROOM)[-1]["message_id"]
    with pytest.raises(ValueError, match="passed on"):
        sandbox.forward(LINA, service, ROOM)
    with pytest.raises(ValueError, match="not in this chat"):
        sandbox.forward(EMMA, said, ROOM)


async def test_people_do_with_groups_only_what_people_can(sandbox: Sandbox) -> None:
    sandbox.set_admin(ROOM, WANG, is_admin=True)
    for impossible in (
        lambda: sandbox.set_admin(ROOM, WANG, is_admin=True),
        lambda: sandbox.set_admin(ROOM, LINA, is_admin=False),
        lambda: sandbox.set_admin(LINA, LINA, is_admin=True),
        lambda: sandbox.hide_members(LINA, True),
        lambda: sandbox.add_group(" ", LINA, []),
        lambda: sandbox.add_group("群", "谁", []),
        lambda: sandbox.post_from_channel(LINA, "频道", "x"),
    ):
        with pytest.raises(ValueError, match=r".+"):
            impossible()


def test_only_a_forum_has_topics() -> None:
    with pytest.raises(ValueError, match="only a forum"):
        read({"groups": [{"id": -5, "title": "群", "topics": {"题": 7}}]})
