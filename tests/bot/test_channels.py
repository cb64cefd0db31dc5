"""What every channel must do: one contract, each channel in turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from bot.channels import CHANNELS
from bot.channels.door import Door
from bot.channels.terminal import TerminalDoor
from bot.clock import real_now
from bot.health import Health
from bot.intake import Intake
from bot.metrics import Metrics
from bot.settings import Settings
from sandbox import Sandbox
from storage import inbox
from storage.engine import Store
from storage.files import Files
from talk.incoming import Incoming
from talk.message import Button, ChannelError, Line, Outgoing, OutgoingFile, Reply, Title
from talk.picture import Picture
from tests.sandbox.pictures import png


@dataclass
class Side:
    """A door and the person in front of it: what they can say, and what they see."""

    door: Door
    chat: str
    say: Callable[[str], Any]
    seen: Callable[[], str]
    files: Files
    incoming: Callable[[], Any]

    async def heard(self, text: str) -> Incoming:
        """Say something and give what the channel reads."""
        self.say(text)
        found = await self.incoming()
        assert isinstance(found, Incoming)
        return found


def _read(message: dict[str, Any]) -> str:
    """What a person reads in a message, a file's name before its caption; of a picture that it is one."""
    if "photo" in message:
        return f"[picture]\n{message['caption']}"
    return message.get("text") or f"{message['document']['file_name']}\n{message['caption']}"


@pytest.fixture(params=sorted(CHANNELS))
async def side(
    request: pytest.FixtureRequest, sandbox: Sandbox, settings: Settings, sqlite_store: Store, tmp_path: Path
) -> AsyncIterator[Side]:
    """Each channel in turn, open and taking in."""
    arrived = asyncio.Event()
    settings = replace(settings, files_dir=tmp_path)
    intake = Intake(sqlite_store, arrived, real_now, Metrics())
    typed: SimpleQueue[str] = SimpleQueue()
    printed: list[str] = []
    if request.param == "terminal":
        door: Door = TerminalDoor(settings, intake, Health(), write=printed.append, lines=typed.get)
        chat, say = "me", typed.put
        seen = lambda: "\n".join(printed)  # noqa: E731
    else:
        door = CHANNELS[request.param](settings, intake, Health())
        chat, say = "1001", lambda text: sandbox.say(1001, text)  # type: ignore[assignment,misc]
        seen = lambda: "\n".join(_read(each) for each in sandbox.messages(1001))  # noqa: E731
    done: set[int] = set()

    async def incoming() -> Incoming | None:
        while True:
            rows = [row for row in await inbox.ready(sqlite_store, real_now(), ()) if row.id not in done]
            if rows:
                done.add(rows[0].id)
                return door.channel.read(rows[0].raw, rows[0].id)
            arrived.clear()
            await asyncio.wait_for(arrived.wait(), 10)

    await door.open()
    running = asyncio.create_task(door.run())
    yield Side(door, chat, say, seen, Files(tmp_path), incoming)
    typed.put("")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await door.close()


async def test_what_is_said_comes_in_cleaned_with_its_inbox_number(side: Side) -> None:
    found = await side.heard("你好 <b>\u202e")
    assert (found.text, found.kind, found.chat, found.channel) == (
        "你好 <b>",
        "text",
        side.chat,
        side.door.channel.name,
    )
    assert found.id > 0
    assert found.speaker
    assert found.at.tzinfo is not None


async def test_a_reply_is_shown_literally_and_has_an_id(side: Side) -> None:
    reply = Reply((Title("<b>"), Line("80万", "预算", "assumed")), ((Button("撤销", "tok"),),))
    message = await side.door.channel.deliver(Outgoing("send", side.chat, reply))
    assert message
    assert "<b>" in side.seen()
    assert "80万" in side.seen()


async def test_an_edit_changes_a_card(side: Side) -> None:
    message = await side.door.channel.deliver(Outgoing("send", side.chat, Reply((Line("before"),))))
    assert await side.door.channel.deliver(Outgoing("edit", side.chat, Reply((Line("after"),)), message=message))
    assert side.seen().rstrip().endswith("after")


async def test_a_repeat_says_so(side: Side) -> None:
    await side.door.channel.deliver(Outgoing("send", side.chat, Reply((Line("done"),)), is_repeat=True))
    assert "repeat" in side.seen()


async def test_answering_an_unknown_tap_harms_nobody(side: Side) -> None:
    answer = Outgoing("answer", side.chat, Reply((Line("ok"),)), tap="0")
    assert await side.door.channel.deliver(answer) == ""


async def test_what_goes_wrong_is_a_channel_error(side: Side) -> None:
    astray = Outgoing("send", "424242", Reply((Line("x"),)))
    if side.door.channel.name == "terminal":  # which has one chat, and cannot refuse
        assert await side.door.channel.deliver(astray)
        return
    with pytest.raises(ChannelError) as caught:
        await side.door.channel.deliver(astray)
    assert caught.value.permanent


async def test_a_file_is_sent_from_our_own_copy(side: Side) -> None:
    content = side.files.put(b"%PDF-1.7")
    file = OutgoingFile(content, "报价.pdf", "application/pdf")
    assert await side.door.channel.deliver(Outgoing("send", side.chat, Reply((Line("华信"),)), file=file))
    assert "报价.pdf" in side.seen()
    assert "华信" in side.seen()


async def test_a_picture_is_shown_or_told_with_the_words_of_its_reply(side: Side) -> None:
    picture = Picture.of("funnel.png", "方案报价 8 单\n商务谈判 3 单", png(30, 20))
    reply = Reply((picture, Line("3 单停滞", "漏斗")), ((Button("看停滞", "tok"),),))
    message = await side.door.channel.deliver(Outgoing("send", side.chat, reply))
    assert message
    assert "[picture]" in side.seen() or ("[funnel.png]" in side.seen() and "商务谈判 3 单" in side.seen())
    assert "3 单停滞" in side.seen()
    edit = Outgoing("edit", side.chat, Reply((Line("已处理"),)), message=message)
    assert await side.door.channel.deliver(edit) == message
    assert side.seen().rstrip().endswith("已处理")


async def test_a_file_that_nobody_sent_is_not_to_be_had(side: Side) -> None:
    with pytest.raises(ChannelError) as caught:
        await side.door.channel.fetch("nonsense", 100)
    assert caught.value.permanent


async def test_an_update_of_no_use_reads_as_none(side: Side) -> None:
    assert side.door.channel.read({"update_id": 5}, 1) is None


async def test_it_knows_groups_from_people(side: Side) -> None:
    assert not side.door.is_group(side.chat)


async def test_of_a_group_that_it_does_not_know_a_channel_cannot_tell(side: Side) -> None:
    assert await side.door.channel.is_member("-424242", "1001") is None
    assert await side.door.channel.administers("-424242") is None
