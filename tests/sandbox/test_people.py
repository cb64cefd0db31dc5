"""The user side: people, groups, privacy, the clock, and its HTTP API with the stream."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox
from sandbox.clock import Clock
from sandbox.people import read
from tests.sandbox.conftest import EMMA, LINA, ROOM, WANG, Caller
from tests.sandbox.pictures import png


async def _texts(call: Caller) -> list[str]:
    return [each["message"]["text"] for each in await call("getUpdates") if "message" in each]


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(sandbox: Sandbox, call: Caller) -> None:
    card = await call("sendMessage", chat_id=ROOM, text="卡片")
    person = sandbox.say(WANG, "大家好", chat=ROOM)
    heard = ["/help", "/help@sandbox_bot", "请看 @Sandbox_Bot 这单"]
    for text in [*heard, "/help@other_bot", "@lina 你好", "a@sandbox_bot.cn"]:
        sandbox.say(LINA, text, chat=ROOM)
    sandbox.say(EMMA, "回卡片", chat=ROOM, reply_to=card["message_id"])
    sandbox.say(EMMA, "回同事", chat=ROOM, reply_to=person)
    assert await _texts(call) == [*heard, "回卡片"]
    assert len(sandbox.messages(ROOM)) == 10


async def test_without_privacy_or_as_administrator_it_hears_everything(sandbox: Sandbox, call: Caller) -> None:
    group = sandbox.chat(ROOM).group
    assert group
    group.privacy = False
    sandbox.say(LINA, "一", chat=ROOM)
    assert (await call("getMe"))["can_read_all_group_messages"]
    group.privacy = True
    sandbox.set_bot(ROOM, "administrator", by=WANG)
    sandbox.say(LINA, "二", chat=ROOM)
    assert await _texts(call) == ["一", "二"]


async def test_the_bot_is_told_when_it_joins_and_when_it_is_blocked(sandbox: Sandbox, call: Caller) -> None:
    sandbox.set_bot(ROOM, "left", by=WANG)
    sandbox.say(LINA, "@sandbox_bot 听见吗", chat=ROOM)
    sandbox.set_bot(ROOM, "member", by=WANG)
    sandbox.block(LINA)
    sandbox.say(LINA, "/start")
    updates = await call("getUpdates")
    changes = [
        (each["my_chat_member"]["chat"]["id"], each["my_chat_member"]["new_chat_member"]["status"])
        for each in updates
        if "my_chat_member" in each
    ]
    assert changes == [(ROOM, "left"), (ROOM, "member"), (LINA, "kicked"), (LINA, "member")]
    service = [each["message"] for each in updates if "new_chat_members" in each.get("message", {})]
    assert [each["from"]["id"] for each in service] == [WANG]


async def test_a_name_picked_in_a_group_is_a_mention_of_that_person(sandbox: Sandbox) -> None:
    sandbox.say(WANG, "😀@李娜 请看 @sandbox_bot", chat=ROOM)
    mention, bot = sandbox.messages(ROOM)[-1]["entities"]
    assert (mention["type"], mention["offset"], mention["length"]) == ("text_mention", 2, 3)
    assert mention["user"]["id"] == LINA
    assert bot["type"] == "mention"


async def test_a_full_name_is_one_mention(sandbox: Sandbox) -> None:
    sandbox.say(WANG, "@Emma Stone 和 @Emma", chat=ROOM)
    assert [each["length"] for each in sandbox.messages(ROOM)[-1]["entities"]] == [11, 5]


async def test_a_chat_shows_the_commands_of_its_scope_and_language(sandbox: Sandbox, call: Caller) -> None:
    def command(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    shown = sandbox.world.commands_for
    await call("setMyCommands", commands=command("all"))
    await call("setMyCommands", commands=command("zh"), language_code="zh")
    await call("setMyCommands", commands=command("group"), scope={"type": "all_group_chats"})
    assert shown(sandbox.chat(LINA)) == command("zh")
    assert shown(sandbox.chat(EMMA)) == command("all")
    assert shown(sandbox.chat(ROOM)) == command("group")
    await call("setMyCommands", commands=command("hers"), scope={"type": "chat", "chat_id": str(EMMA)})
    assert shown(sandbox.chat(EMMA)) == command("hers")


async def test_people_do_only_what_people_can(sandbox: Sandbox) -> None:
    said = sandbox.say(LINA, "一")
    for impossible in (
        lambda: sandbox.say("谁", "x"),
        lambda: sandbox.say(LINA, "  "),
        lambda: sandbox.say(LINA, "x" * 4097),
        lambda: sandbox.say(LINA, "x", chat=WANG),
        lambda: sandbox.say(LINA, "x", reply_to=1),
        lambda: sandbox.edit(LINA, said, "一"),
        lambda: sandbox.edit(WANG, said, "二", chat=WANG),
        lambda: sandbox.press(LINA, LINA, said, "没有"),
        lambda: sandbox.set_bot(ROOM, "king", by=LINA),
        lambda: sandbox.set_bot(LINA, "member", by=LINA),
        lambda: sandbox.upgrade(ROOM, 5),
        lambda: sandbox.set_member(ROOM, LINA, is_in=True),
        lambda: sandbox.set_member(LINA, LINA, is_in=True),
    ):
        with pytest.raises(ValueError, match=r".+"):
            impossible()


async def test_people_are_found_by_id_name_and_username(sandbox: Sandbox) -> None:
    assert sandbox.say("李娜", "一") < sandbox.say("lina", "二") < sandbox.say(LINA, "三")
    assert sandbox.say("王伟", "x", chat="项目群 Deal room")
    assert [each["text"] for each in sandbox.messages("李娜")] == ["一", "二", "三"]


async def test_message_ids_rise_within_a_chat(sandbox: Sandbox, call: Caller) -> None:
    ids = [sandbox.say(LINA, "一"), (await call("sendMessage", chat_id=LINA, text="二"))["message_id"]]
    assert ids[1] == ids[0] + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": [{"id": 1, "name": "一"}, {"id": 1, "name": "二"}]},
        {"people": [{"id": -1, "name": "一"}]},
        {"people": [{"id": 1}]},
        {"people": [{"id": 1, "name": "一", "age": 3}]},
        {"people": [{"id": "1", "name": "一"}]},
        {"groups": [{"id": 5, "title": "群"}]},
    ],
)
def test_a_wrong_spec_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="people spec"):
        read(wrong)


async def test_a_spec_can_come_from_a_file_and_be_followed_by_another(tmp_path: Path, sandbox: Sandbox) -> None:
    file = tmp_path / "people.json"
    bot = {"name": "跟进", "username": "genjin_bot"}
    spec = {"people": [{"id": 7, "name": "小王"}], "bot": bot, "now": "2026-11-20T18:30:00+08:00"}
    file.write_text(json.dumps(spec))
    sandbox.load(file)
    assert sandbox.say("小王", "在")
    assert sandbox.person("李娜").id == LINA, "nobody leaves"
    assert sandbox.world.bot["username"] == "genjin_bot"
    assert sandbox.clock.now().isoformat().startswith("2026-11-20T10:30:0")


def test_the_clock_runs_on_from_where_it_is_put() -> None:
    real = 1_000_000.0
    clock = Clock(lambda: real)
    clock.set(datetime.fromisoformat("2026-11-20T18:30:00+08:00"))
    real += 5
    assert clock.now().isoformat() == "2026-11-20T10:30:05+00:00"
    clock.forward(-3600)
    assert clock.now().isoformat() == "2026-11-20T09:30:05+00:00"
    clock.reset()
    assert clock.offset == 0
    with pytest.raises(ValueError, match="zone"):
        clock.set(datetime(2026, 1, 1))  # noqa: DTZ001 - to be refused


async def test_the_clock_moves_over_http_and_dates_messages(
    sandbox: Sandbox, session: aiohttp.ClientSession, side: Caller
) -> None:
    told = await side("clock", set="2026-11-20T18:30:00+08:00")
    assert told["now"].startswith("2026-11-20T10:30:00")
    assert (await side("clock", forward=3600))["now"].startswith("2026-11-20T11:30:0")
    sandbox.say(LINA, "几点")
    assert sandbox.messages(LINA)[0]["date"] - datetime.fromisoformat("2026-11-20T19:30:00+08:00").timestamp() < 5
    async with session.get(f"{sandbox.url}/sandbox/clock") as answer:
        assert (await answer.json()).keys() == {"now", "offset"}
    assert (await side("clock", reset=True))["offset"] == 0
    for wrong in ({}, {"set": "2026-11-20T18:30:00"}, {"set": "soon"}, {"forward": "x"}, {"forward": 1e18}):
        assert (await side("clock", **wrong))["status"] == 400


async def test_everything_a_person_does_can_be_done_over_http(
    sandbox: Sandbox, session: aiohttp.ClientSession, side: Caller, call: Caller
) -> None:
    said = (await side("say", person=LINA, text="一"))["message_id"]
    await side("say", person="李娜", text="二", reply_to=said)
    await side("edit", person=LINA, message_id=said, text="改")
    await side("post", person=LINA, content={"text": "题", "message_thread_id": 7, "is_topic_message": True})
    await side("location", person=LINA, latitude=31.2, longitude=121.5)
    await side("contact", person=LINA)
    form = aiohttp.FormData({"person": str(LINA), "chat": str(ROOM), "caption": "看 @sandbox_bot", "as": "photo"})
    form.add_field("file", png(2, 2), filename="图.png", content_type="image/png")
    async with session.post(f"{sandbox.url}/sandbox/send", data=form) as answer:
        assert (await answer.json())["message_id"]
    await side("bot", chat=ROOM, status="administrator", person=WANG)
    await side("block", person=EMMA)
    await side("upgrade", chat=ROOM, to=-100888)
    kinds = [(set(each) - {"update_id"}).pop() for each in await call("getUpdates")]
    expected = ["message", "message", "edited_message", *["message"] * 4, *["my_chat_member"] * 2, *["message"] * 2]
    assert kinds == expected
    async with session.get(f"{sandbox.url}/sandbox/messages?chat=1001") as answer:
        assert [each.get("text") for each in (await answer.json())["messages"]] == ["改", "二", "题", None, None]
    assert (await side("say", person=LINA))["error"] == "text is missing"
    assert (await side("people", people=[{"id": 9, "name": "新人"}]))["ok"]
    assert (await side("say", person=9, text="我来了"))["message_id"]


async def test_a_press_over_http_can_wait_for_the_answer(sandbox: Sandbox, side: Caller, call: Caller) -> None:
    keys = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    sent = await call("sendMessage", chat_id=LINA, text="按", reply_markup=keys)
    order = {"person": LINA, "chat": LINA, "message_id": sent["message_id"], "button": "好"}
    assert (await side("press", **order))["answer"] is None
    pressing = asyncio.create_task(side("press", **order, wait=5))
    (first,) = await call("getUpdates")
    (second,) = await call("getUpdates", offset=first["update_id"] + 1, timeout=5)
    await call("answerCallbackQuery", callback_query_id=second["callback_query"]["id"], text="好了")
    assert (await pressing)["answer"]["text"] == "好了"


async def test_an_inline_result_is_sent_and_can_be_edited(sandbox: Sandbox, side: Caller, call: Caller) -> None:
    query = (await side("inline", person=LINA, text="华信"))["query"]
    (update,) = await call("getUpdates")
    assert update["inline_query"]["query"] == "华信"
    article = {"type": "article", "id": "c1", "title": "华信", "input_message_content": {"message_text": "华信科技"}}
    await call("answerInlineQuery", inline_query_id=query, results=[article])
    await side("choose", query=query, result="c1")
    assert sandbox.messages(LINA)[-1]["via_bot"]["username"] == "sandbox_bot"
    assert await call("editMessageText", inline_message_id=f"inline-{query}", text="新") is True
    assert sandbox.messages(LINA)[-1]["text"] == "新"


async def test_the_stream_tells_what_changes(
    sandbox: Sandbox, session: aiohttp.ClientSession, call: Caller, side: Caller
) -> None:
    async with session.get(f"{sandbox.url}/sandbox/events") as answer:
        kinds: list[str] = []

        async def until(kind: str) -> None:
            while kind not in kinds:
                line = await answer.content.readline()
                if line.startswith(b"data: "):
                    kinds.append(json.loads(line[6:])["kind"])

        await asyncio.wait_for(until("hello"), 30)
        await asyncio.sleep(0.05)
        sent = await call("sendMessage", chat_id=LINA, text="一")
        await call("editMessageText", chat_id=LINA, message_id=sent["message_id"], text="二")
        await call("sendChatAction", chat_id=LINA, action="typing")
        await call("deleteMessage", chat_id=LINA, message_id=sent["message_id"])
        await side("clock", forward=1)
        await asyncio.wait_for(until("clock"), 30)
    assert [each for each in kinds if each != "call"] == ["hello", "message", "edited", "action", "deleted", "clock"]
    assert kinds.count("call") == 4


async def test_waiting_for_the_bots_reply(sandbox: Sandbox, call: Caller) -> None:
    said = sandbox.say(LINA, "在吗")
    waiting = asyncio.create_task(sandbox.reply(LINA, said))
    await asyncio.sleep(0)
    await call("sendMessage", chat_id=LINA, text="在")
    assert (await waiting)["text"] == "在"
    with pytest.raises(TimeoutError):
        await sandbox.reply(LINA, said + 1, seconds=0.05)


async def test_several_files_over_http_are_an_album_and_one_may_answer_a_message(
    sandbox: Sandbox, session: aiohttp.ClientSession, call: Caller
) -> None:
    said = sandbox.say(LINA, "报告")
    form = aiohttp.FormData({"person": str(LINA), "caption": "两张"})
    for name in ("一.png", "二.png"):
        form.add_field("file", png(2, 2), filename=name, content_type="image/png")
    answering = aiohttp.FormData({"person": str(LINA), "reply_to": str(said)})
    answering.add_field("file", b"x", filename="x.txt", content_type="text/plain")
    for each in (form, answering):
        async with session.post(f"{sandbox.url}/sandbox/send", data=each) as answer:
            assert answer.status == 200
    _, first, second, third = [update["message"] for update in await call("getUpdates")]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("两张", False)
    assert third["reply_to_message"]["message_id"] == said
