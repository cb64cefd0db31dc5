"""Files by way of Telegram's double: they come whole or not at all, and go out though Telegram has forgotten them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.render import LONGEST_CAPTION, REPEAT_MARK
from bot.clock import real_now
from bot.health import Health
from bot.intake import Intake
from bot.metrics import Metrics
from bot.settings import Settings
from sandbox import Sandbox, Upload
from storage.engine import Store
from storage.files import Files
from talk.message import Button, Channel, ChannelError, FileTooBig, Line, Outgoing, OutgoingFile, Reply
from tests.sandbox.pictures import png

LINA = 1001
PICTURE = png(30, 20)
NAME = "华信 报价(终).png"


@pytest.fixture
async def channel(settings: Settings, sqlite_store: Store, tmp_path: Path) -> AsyncIterator[Channel]:
    """Telegram, with our own copies in a folder."""
    intake = Intake(sqlite_store, asyncio.Event(), real_now, Metrics())
    door = TelegramDoor(replace(settings, files_dir=tmp_path / "files"), intake, Health())
    await door.open()
    yield door.channel
    await door.close()


def _sent(sandbox: Sandbox, upload: Upload, *, as_photo: bool = False) -> str:
    """The id of a file that a person sent."""
    (sandbox.send_photo if as_photo else sandbox.send_file)(LINA, upload)
    message = sandbox.messages(LINA)[-1]
    found: str = (message["photo"][-1] if as_photo else message["document"])["file_id"]
    return found


def _sending(file: OutgoingFile, caption: str = "李娜 · 今天", **more: object) -> Outgoing:
    reply = Reply((Line(caption),) if caption else (), ((Button("看客户", "tok"),),))
    return Outgoing("send", str(LINA), reply, file=file, **more)  # type: ignore[arg-type]


async def test_what_a_person_sent_is_fetched_whole(sandbox: Sandbox, channel: Channel) -> None:
    data = bytes(range(256)) * 5_000
    file = _sent(sandbox, Upload("数据.bin", "application/octet-stream", data))
    assert await channel.fetch(file, len(data)) == data


async def test_more_than_asked_for_is_not_fetched(sandbox: Sandbox, channel: Channel) -> None:
    file = _sent(sandbox, Upload("a.pdf", "application/pdf", b"%PDF" + b"x" * 200_000))
    with pytest.raises(FileTooBig):
        await channel.fetch(file, 100_000)


async def test_what_telegram_does_not_hand_out_is_too_big(sandbox: Sandbox, channel: Channel) -> None:
    file = _sent(sandbox, Upload("大.pdf", "application/pdf", b"%PDF" + b"x" * 25 * 2**20))
    with pytest.raises(FileTooBig):
        await channel.fetch(file, 30 * 2**20)


async def test_a_file_that_nobody_knows_is_not_to_be_had(channel: Channel) -> None:
    with pytest.raises(ChannelError) as caught:
        await channel.fetch("nonsense", 100)
    assert caught.value.permanent


@pytest.mark.parametrize("trouble", ["drop", "bad_gateway"])
async def test_a_download_that_breaks_off_is_tried_again_later_and_shows_no_token(
    sandbox: Sandbox, channel: Channel, trouble: str
) -> None:
    file = _sent(sandbox, Upload("a.png", "image/png", PICTURE))
    sandbox.fault(trouble, method="download", times=2 if trouble == "drop" else 1)  # the client tries once more
    with pytest.raises(ChannelError) as caught:
        await channel.fetch(file, 1_000_000)
    assert not caught.value.permanent
    assert sandbox.token not in repr(caught.value) + repr(caught.value.__cause__)
    assert await channel.fetch(file, 1_000_000) == PICTURE


async def test_our_own_copy_is_uploaded_with_its_name_and_caption(
    sandbox: Sandbox, channel: Channel, tmp_path: Path
) -> None:
    content = Files(tmp_path / "files").put(b"%PDF-1.7")
    assert await channel.deliver(_sending(OutgoingFile(content, '华信 报价"终".pdf', "application/pdf"), "<b> 今天"))
    message = sandbox.messages(LINA)[-1]
    assert (message["document"]["file_name"], message["caption"]) == ('华信 报价"终".pdf', "<b> 今天")
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "看客户"
    stored = sandbox.world.files.get(message["document"]["file_id"])
    assert stored
    assert stored.upload.data == b"%PDF-1.7"


async def test_a_picture_goes_out_as_one(sandbox: Sandbox, channel: Channel, tmp_path: Path) -> None:
    content = Files(tmp_path / "files").put(PICTURE)
    await channel.deliver(_sending(OutgoingFile(content, NAME, "image/png")))
    assert sandbox.messages(LINA)[-1]["photo"][-1]["width"] == 30


async def test_what_telegram_takes_for_no_picture_goes_out_as_a_file(
    sandbox: Sandbox, channel: Channel, tmp_path: Path
) -> None:
    content = Files(tmp_path / "files").put(b"\xff\xd8\xff\xe0 broken")
    await channel.deliver(_sending(OutgoingFile(content, "坏.jpg", "image/jpeg")))
    assert sandbox.messages(LINA)[-1]["document"]["file_name"] == "坏.jpg"


async def test_what_telegram_has_already_is_not_uploaded_again(sandbox: Sandbox, channel: Channel) -> None:
    file = _sent(sandbox, Upload("a.png", "image/png", PICTURE), as_photo=True)
    await channel.deliver(_sending(OutgoingFile("0" * 64, NAME, "image/png", id=file, sent_as="photo")))
    assert sandbox.messages(LINA)[-1]["photo"][-1]["file_id"] == file


@pytest.mark.parametrize("known_as", ["forgotten", "a document now"])
async def test_what_telegram_has_forgotten_goes_out_from_our_own_copy(
    sandbox: Sandbox, channel: Channel, tmp_path: Path, known_as: str
) -> None:
    content = Files(tmp_path / "files").put(PICTURE)
    file = "gone" if known_as == "forgotten" else _sent(sandbox, Upload("a.png", "image/png", PICTURE))
    await channel.deliver(_sending(OutgoingFile(content, NAME, "image/png", id=file, sent_as="photo")))
    message = sandbox.messages(LINA)[-1]
    assert message["from"]["is_bot"]
    assert message["photo"][-1]["file_size"] == len(PICTURE)


async def test_a_copy_that_is_missing_everywhere_is_given_up(channel: Channel) -> None:
    with pytest.raises(ChannelError) as caught:
        await channel.deliver(_sending(OutgoingFile("0" * 64, NAME, "image/png", id="gone", sent_as="photo")))
    assert caught.value.permanent


async def test_a_long_caption_is_cut_between_lines_and_a_repeat_says_so(
    sandbox: Sandbox, channel: Channel, tmp_path: Path
) -> None:
    file = OutgoingFile(Files(tmp_path / "files").put(b"%PDF-"), "a.pdf", "application/pdf")
    await channel.deliver(_sending(file, "短\n" + "长" * LONGEST_CAPTION))
    assert sandbox.messages(LINA)[-1]["caption"] == "短"
    await channel.deliver(_sending(file, "", is_repeat=True))
    assert sandbox.messages(LINA)[-1]["caption"] == REPEAT_MARK


async def test_no_log_holds_the_token(sandbox: Sandbox, channel: Channel) -> None:
    with structlog.testing.capture_logs() as logs:
        file = _sent(sandbox, Upload("a.png", "image/png", PICTURE))
        sandbox.fault("drop", method="download", times=2)
        with pytest.raises(ChannelError):
            await channel.fetch(file, 1_000_000)
    assert sandbox.token not in repr(logs)
