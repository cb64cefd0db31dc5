"""Replies with a picture, by way of Telegram's double over HTTP: caption, long text, edits, refusals, and its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.render import LONGEST_CAPTION, REPEAT_MARK, units
from bot.clock import real_now
from bot.health import Health
from bot.intake import Intake
from bot.metrics import Metrics
from bot.settings import Settings
from jobs.dispatch import Dispatch
from jobs.limiter import Limiter, Rates
from sandbox import Sandbox
from storage import outbox
from storage.engine import Store
from storage.post_tables import outbox as table
from storage.posts import OutboxRow
from talk.charts import Bar, FunnelChart, alt_text, png
from talk.message import Button, Channel, ChannelError, Items, Line, Outgoing, Reply, Title
from talk.picture import Picture

LINA = 1001
FUNNEL = FunnelChart("漏斗", "今天", (Bar("方案报价", "8 单", "¥402万", 8), Bar("商务谈判", "3 单", "¥254万", 3)))
PNG = png(FUNNEL)
PICTURE = Picture.of("funnel.png", alt_text(FUNNEL), PNG)
BUTTONS = ((Button("看停滞", "tok"),),)
SHORT = (Title("漏斗 <b>"), Line("3 单停滞"))
LONG = (Title("漏斗"), Items(tuple(f"第{n}单 {'停滞' * 20}" for n in range(40))))


@pytest.fixture
async def door(settings: Settings, sqlite_store: Store) -> AsyncIterator[TelegramDoor]:
    """Telegram, open."""
    opened = TelegramDoor(settings, Intake(sqlite_store, asyncio.Event(), real_now, Metrics()), Health())
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def channel(door: TelegramDoor) -> Channel:
    """Its channel."""
    return door.channel


def _sending(*blocks: Any, do: Any = "send", **more: Any) -> Outgoing:
    return Outgoing(do, str(LINA), Reply(blocks, BUTTONS), **more)


def _editing(message: str, *blocks: Any) -> Outgoing:
    return _sending(*blocks, do="edit", message=message)


def _bytes(sandbox: Sandbox, message: dict[str, Any]) -> bytes:
    stored = sandbox.world.files.get(message["photo"][-1]["file_id"])
    assert stored
    return stored.upload.data


def _label(message: dict[str, Any]) -> str:
    found: str = message["reply_markup"]["inline_keyboard"][0][0]["text"]
    return found


async def test_a_short_text_stands_under_its_picture(sandbox: Sandbox, channel: Channel) -> None:
    asked = sandbox.say(LINA, "漏斗")
    told = await channel.deliver(_sending(PICTURE, *SHORT, reply_to=str(asked)))
    (message,) = sandbox.messages(LINA)[1:]
    assert told == str(message["message_id"])
    assert message["caption"] == "漏斗 <b>\n3 单停滞"
    assert message["caption_entities"][0]["type"] == "bold"
    assert (_bytes(sandbox, message), _label(message)) == (PNG, "看停滞")
    assert message["reply_to_message"]["message_id"] == asked
    stored = sandbox.world.files.get(message["photo"][-1]["file_id"])
    assert stored
    assert (stored.upload.name, stored.upload.mime) == ("funnel.png", "image/png")


async def test_a_picture_may_stand_alone(sandbox: Sandbox, channel: Channel) -> None:
    await channel.deliver(Outgoing("send", str(LINA), Reply((PICTURE,))))
    (message,) = sandbox.messages(LINA)
    assert "caption" not in message


async def test_a_long_text_follows_its_picture_and_has_the_buttons(sandbox: Sandbox, channel: Channel) -> None:
    asked = sandbox.say(LINA, "漏斗")
    told = await channel.deliver(_sending(PICTURE, *LONG, reply_to=str(asked)))
    picture, text = sandbox.messages(LINA)[1:]
    assert told == str(text["message_id"])
    assert not picture.keys() & {"caption", "reply_markup"}
    assert picture["reply_to_message"]["message_id"] == asked
    assert "reply_to_message" not in text
    assert text["text"].startswith("漏斗\n• 第0单")
    assert FUNNEL.bars[0].label not in text["text"], "what the picture shows is not told again"
    assert _label(text) == "看停滞"


@pytest.mark.parametrize(("letters", "messages"), [(LONGEST_CAPTION, 1), (LONGEST_CAPTION + 1, 2)])
@pytest.mark.parametrize("letter", ["漏", "a"])
async def test_a_caption_holds_as_much_as_telegram_lets_it(
    sandbox: Sandbox, channel: Channel, letters: int, messages: int, letter: str
) -> None:
    await channel.deliver(_sending(PICTURE, Line(letter * letters)))
    assert len(sandbox.messages(LINA)) == messages


async def test_a_caption_is_measured_in_utf_16_units(sandbox: Sandbox, channel: Channel) -> None:
    text = "😀" * (LONGEST_CAPTION // 2)
    assert units(text) == LONGEST_CAPTION
    await channel.deliver(_sending(PICTURE, Line(text)))
    await channel.deliver(_sending(PICTURE, Line(f"{text}a")))
    assert [("photo" in each, "text" in each) for each in sandbox.messages(LINA)] == [
        (True, False),
        (True, False),
        (False, True),
    ]


async def test_a_repeat_says_so_under_the_picture(sandbox: Sandbox, channel: Channel) -> None:
    await channel.deliver(_sending(PICTURE, *SHORT, is_repeat=True))
    assert sandbox.messages(LINA)[0]["caption"].endswith(REPEAT_MARK)


@pytest.mark.parametrize("content", [b"no picture", png(FUNNEL)[:10]])
async def test_what_telegram_takes_for_no_picture_is_told_in_words(
    sandbox: Sandbox, channel: Channel, content: bytes
) -> None:
    told = await channel.deliver(_sending(Picture.of("a.png", alt_text(FUNNEL), content), *SHORT))
    (message,) = sandbox.messages(LINA)
    assert told == str(message["message_id"])
    assert "方案报价 · 8 单 · ¥402万\n" in message["text"]
    assert message["text"].endswith("3 单停滞")
    assert _label(message) == "看停滞"


async def test_a_picture_that_is_kept_no_more_is_told_in_words(sandbox: Sandbox, channel: Channel) -> None:
    await channel.deliver(_sending(Picture("a.png", "方案报价 8 单"), *SHORT))
    assert sandbox.messages(LINA)[0]["text"].startswith("方案报价 8 单\n漏斗")


async def test_a_card_with_a_picture_gets_other_words_and_keeps_it(sandbox: Sandbox, channel: Channel) -> None:
    card = await channel.deliver(_sending(PICTURE, *SHORT))
    assert await channel.deliver(_editing(card, Line("已处理 <b>"))) == card
    (message,) = sandbox.messages(LINA)
    assert (message["caption"], _bytes(sandbox, message)) == ("已处理 <b>", PNG)
    forgotten = Picture(PICTURE.name, PICTURE.alt)
    assert await channel.deliver(_editing(card, forgotten, Line("再处理"))) == card
    assert sandbox.messages(LINA)[0]["caption"] == "再处理"
    assert await channel.deliver(_editing(card, Line("再处理"))) == card, "it reads so already"


async def test_a_card_with_a_picture_gets_another(sandbox: Sandbox, channel: Channel) -> None:
    card = await channel.deliver(_sending(PICTURE, *SHORT))
    other = png(FunnelChart("本周", "", FUNNEL.bars))
    assert await channel.deliver(_editing(card, Picture.of("b.png", "x", other), Line("本周 <i>"))) == card
    (message,) = sandbox.messages(LINA)
    assert (message["caption"], _bytes(sandbox, message), _label(message)) == ("本周 <i>", other, "看停滞")


async def test_a_card_of_words_gets_a_picture(sandbox: Sandbox, channel: Channel) -> None:
    card = await channel.deliver(_sending(*SHORT))
    assert await channel.deliver(_editing(card, PICTURE, Line("漏斗"))) == card
    (message,) = sandbox.messages(LINA)
    assert (message["caption"], _bytes(sandbox, message)) == ("漏斗", PNG)
    assert not message.keys() & {"text", "entities"}


async def test_a_card_that_cannot_get_a_picture_is_sent_anew(sandbox: Sandbox, channel: Channel) -> None:
    place = {"location": {"latitude": 31.2, "longitude": 121.5}}
    card = str(sandbox.world.post(sandbox.world.chats[LINA], sandbox.world.bot, place)["message_id"])
    new = await channel.deliver(_editing(card, PICTURE, Line("漏斗")))
    assert new != card
    assert [each["message_id"] for each in sandbox.messages(LINA)] == [int(card), int(new)]
    assert _bytes(sandbox, sandbox.messages(LINA)[-1]) == PNG


async def test_words_that_no_caption_holds_are_sent_anew(sandbox: Sandbox, channel: Channel) -> None:
    card = await channel.deliver(_sending(PICTURE, *SHORT))
    new = await channel.deliver(_editing(card, *LONG))
    assert sandbox.messages(LINA)[-1]["text"].startswith("漏斗\n• 第0单")
    newer = await channel.deliver(_editing(new, PICTURE, *LONG))
    assert [*map(int, (card, new))] == [each["message_id"] for each in sandbox.messages(LINA)[:2]]
    assert [each["message_id"] for each in sandbox.messages(LINA)][-1] == int(newer)
    assert len(sandbox.messages(LINA)) == 4


async def test_another_picture_that_is_refused_is_told_in_words_on_the_card(sandbox: Sandbox, channel: Channel) -> None:
    broken = Picture.of("a.png", "方案报价 8 单", b"no picture")
    for first, said in ((SHORT, "text"), ((PICTURE, *SHORT), "caption")):
        card = await channel.deliver(_sending(*first))
        assert await channel.deliver(_editing(card, broken, Line("本周"))) == card
        assert sandbox.messages(LINA)[-1][said] == "方案报价 8 单\n本周"


async def test_a_blocked_chat_gets_no_words_in_the_pictures_place(sandbox: Sandbox, channel: Channel) -> None:
    sandbox.block(LINA)
    with pytest.raises(ChannelError) as caught:
        await channel.deliver(_sending(PICTURE, *SHORT))
    assert caught.value.is_gone


async def test_the_text_that_is_lost_after_its_picture_may_have_arrived(sandbox: Sandbox, channel: Channel) -> None:
    sandbox.fault("bad_gateway", method="sendMessage", times=2)
    with pytest.raises(ChannelError) as caught:
        await channel.deliver(_sending(PICTURE, *LONG))
    assert caught.value.is_unknown
    assert len(sandbox.messages(LINA)) == 1


def test_a_picture_goes_through_the_outbox_whole() -> None:
    reply = Reply((PICTURE, *SHORT), BUTTONS)
    found = Reply.from_json(reply.to_json())
    assert found == reply
    assert isinstance(found.blocks[0], Picture)
    assert found.blocks[0].data() == PNG
    assert PICTURE.content not in repr(found)


async def _row(store: Store) -> tuple[str, str, dict[str, Any]]:
    async with store.read.connect() as connection:
        found = await connection.execute(select(table.c.state, table.c.message, table.c.body))
        state, message, body = found.one()
    return state, message, body


async def test_a_picture_is_not_kept_once_it_is_sent_and_goes_out_again_before(
    sandbox: Sandbox, door: TelegramDoor, store: Store
) -> None:
    now, limiter = real_now(), Limiter(Rates.none(), lambda lane: False)
    dispatch = Dispatch(store, {"telegram": door.channel}, real_now, asyncio.Event(), limiter)
    body = Outgoing("send", "", Reply((PICTURE, *SHORT), BUTTONS)).to_json()
    async with store.writing().begin() as session:
        await outbox.put(session, OutboxRow("a", "telegram", str(LINA), "digest", body, now, now))
    sandbox.fault("too_many", method="sendPhoto", retry_after=1)
    await dispatch.idle()
    assert (await _row(store))[::2] == ("retry", body)
    async with asyncio.timeout(30):
        while (await _row(store))[0] != "sent":
            await asyncio.sleep(0.1)
            await dispatch.idle()
    message = sandbox.messages(LINA)[-1]
    assert _bytes(sandbox, message) == PNG
    state, told, kept = await _row(store)
    assert (state, told) == ("sent", str(message["message_id"]))
    reply = Reply.from_json(kept["reply"])
    assert reply == Reply((Picture(PICTURE.name, PICTURE.alt), *SHORT), BUTTONS), "the words and buttons stay"
