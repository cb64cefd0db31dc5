"""Pictures of business cards through the real reader, over real HTTP: what is read and refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo import demo_people
from bot.opener import Opener
from bot.picture_words import PictureWords
from crm.errors import CrmError
from nlu.business_card import is_card, read_card
from sandbox import Sandbox, Upload
from storage.engine import Store
from tests.bad_files import PICTURES
from tests.bot.conftest import Running
from tests.bot.test_way_of_a_file import LINA, held, press
from tests.card_samples import SAMPLES, not_a_card
from tests.memory import Memory

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


@pytest.mark.parametrize("name", ["plain Chinese", "bilingual", "a poor photo", "bank", "Taiwan", "shop", "vertical"])
async def test_a_card_is_read(name: str) -> None:
    sample = BY_NAME[name]
    card = read_card(await PictureWords().read(sample.jpeg(), name))
    assert (card.name, card.company, card.email) == (sample.card.name, sample.card.company, sample.card.email)
    assert is_card(card)


@pytest.mark.parametrize("what", PICTURES)
async def test_what_is_no_picture_that_can_be_read_is_refused_with_the_reason_and_in_little_memory(what: str) -> None:
    name, content, reason = PICTURES[what]()
    with Memory() as memory:
        async with asyncio.timeout(60):
            with pytest.raises(CrmError) as refusal:
                await PictureWords().read(content, name)
    assert refusal.value.key == reason
    assert memory.of_children < 100
    assert memory.more < 100


async def test_a_picture_is_refused_by_its_head_while_another_is_read() -> None:
    words = PictureWords()
    reading = asyncio.ensure_future(words.read(PLAIN.jpeg(), "card.jpg"))
    await asyncio.sleep(0)
    for what in ("12,000 by 12,000", "a drawing", "nothing"):
        name, content, _ = PICTURES[what]()
        with pytest.raises(CrmError):
            await words.read(content, name)
    assert not reading.done()
    assert await reading


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
        reasons = {"12,000 by 12,000": "12000×12000", "a drawing": "不收", "half a JPEG": "不完整", "a program": "不收"}
        for what, reason in reasons.items():
            name, content, _ = PICTURES[what]()
            sent = sandbox.send_file(LINA, Upload(name, "image/png", content), caption="名片")
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
