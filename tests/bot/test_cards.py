"""Pictures of business cards through the real reader, over real HTTP: what is read and refused."""

from __future__ import annotations

import resource
import time
import zlib
from collections.abc import AsyncIterator
from struct import pack
from typing import Any

import pytest

from bot.demo import demo_people
from bot.opener import Opener
from bot.picture_words import PictureWords
from crm.arrival_errors import PictureBroken, PictureTooLarge
from crm.errors import CrmError, FileNotTaken
from nlu.business_card import is_card, read_card
from sandbox import Sandbox, Upload
from storage.engine import Store
from tests.bot.conftest import Running
from tests.bot.test_way_of_a_file import LINA, held, press
from tests.card_samples import SAMPLES, not_a_card

BY_NAME = {sample.name: sample for sample in SAMPLES}
PLAIN = BY_NAME["plain Chinese"]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The double with the demo's people in it."""
    async with Sandbox(limits=False, people=demo_people().spec()) as double:
        yield double


async def card_with(sandbox: Sandbox, *words: str, after: int = 0) -> dict[str, Any]:
    """The newest message of the bot that holds the words; what comes by itself may stand below it."""

    def look() -> dict[str, Any] | None:
        said = [each for each in sandbox.messages(LINA) if each["from"]["is_bot"] and each["message_id"] > after]
        return next((each for each in reversed(said) if all(word in each.get("text", "") for word in words)), None)

    return await sandbox.until(look, 60)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def _huge() -> bytes:
    """A picture of 12,000 times 12,000 points in a few hundred kilobytes."""
    rows = zlib.compress(bytes(12_001 * 100), 9)
    head = pack(">IIBBBBB", 12_000, 12_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


BAD: dict[str, tuple[bytes, type[CrmError]]] = {
    "huge.png": (_huge(), PictureTooLarge),
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>', FileNotTaken),
    "cut.jpg": (PLAIN.jpeg()[:9_000], PictureBroken),
    "cut.png": (PLAIN.png()[:6_000], PictureBroken),
    "program.jpg": (b"MZ\x90\x00" * 1_000, FileNotTaken),
    "page.png": (b"<!DOCTYPE html><script>1</script>", FileNotTaken),
    "empty.png": (b"", FileNotTaken),
}


@pytest.mark.parametrize("name", ["plain Chinese", "bilingual", "a poor photo"])
async def test_a_card_is_read(name: str) -> None:
    sample = BY_NAME[name]
    card = read_card(await PictureWords().read(sample.jpeg(), name))
    assert (card.name, card.company, card.email) == (sample.card.name, sample.card.company, sample.card.email)
    assert is_card(card)


@pytest.mark.parametrize("name", BAD)
async def test_what_is_no_picture_that_can_be_read_is_refused_soon_and_with_the_reason(name: str) -> None:
    content, refusal = BAD[name]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(refusal):
        await PictureWords().read(content, name)
    assert time.perf_counter() - began < 5  # a second on a machine that is not shared
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


async def test_a_bare_photo_of_a_card_asks_to_be_confirmed_and_is_kept_by_a_tap(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with running(desk=None, store=demo_store):
        sandbox.send_photo(LINA, Upload("a.jpg", "image/jpeg", PLAIN.jpeg()))
        asked = await card_with(sandbox, "存到哪家客户")
        for part in (PLAIN.card.name, PLAIN.card.title, PLAIN.card.email, PLAIN.card.company, "张江路"):
            assert part in asked["text"]
        await held(demo_store, "SELECT count(*) FROM contacts WHERE name = '赵敏'", [(0,)])
        press(sandbox, asked, "上海华信科技有限公司")
        await card_with(sandbox, "新联系人")
        await held(demo_store, "SELECT title FROM contacts WHERE name = '赵敏'", [("采购经理",)])
        await held(demo_store, "SELECT count(*) FROM attachments", [(0,)])


async def test_another_photo_stays_a_file_and_a_card_can_be_made_one(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with running(desk=None, store=demo_store):
        sandbox.send_photo(LINA, Upload("a.jpg", "image/jpeg", not_a_card()))
        await card_with(sandbox, "收到 1 个附件")
        said = sandbox.say(LINA, "华信")
        await card_with(sandbox, "附件", "上海华信", after=said)
        sandbox.send_photo(LINA, Upload("b.jpg", "image/jpeg", PLAIN.jpeg()))
        asked = await card_with(sandbox, "存到哪家客户")
        press(sandbox, asked, "不是名片")
        await held(demo_store, "SELECT count(*) FROM attachments", [(2,)])
        await held(demo_store, "SELECT count(*) FROM contacts WHERE name = '赵敏'", [(0,)])


async def test_bad_pictures_under_the_word_card_are_refused_and_the_bot_answers_on(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with running(desk=None, store=demo_store):
        reasons = {"huge.png": "12000×12000", "drawing.svg": "不收", "cut.jpg": "不完整", "program.jpg": "不收"}
        for name, reason in reasons.items():
            sent = sandbox.send_file(LINA, Upload(name, "image/png", BAD[name][0]), caption="名片")
            await card_with(sandbox, name, reason, after=sent)
        sandbox.say(LINA, "华信")
        await card_with(sandbox, "ERP二期")


async def test_without_the_reader_it_is_told_once_how_to_get_it_and_the_photo_is_kept(
    sandbox: Sandbox, running: Running, demo_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Opener, "reads_pictures", False)
    async with running(desk=None, store=demo_store):
        sandbox.send_photo(LINA, Upload("a.jpg", "image/jpeg", PLAIN.jpeg()), caption="明泰的名片")
        told = await card_with(sandbox, "make cards")
        assert "附件" in told["text"]
        sent = sandbox.send_photo(LINA, Upload("b.jpg", "image/jpeg", PLAIN.jpeg()), caption="明泰的名片")
        again = await card_with(sandbox, "附件", after=sent)
        assert "make cards" not in again["text"]
        await held(demo_store, "SELECT count(*) FROM attachments", [(2,)])
