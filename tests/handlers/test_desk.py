"""The desk: whatever a text is, it is answered; what raises is told with its number; one effect a message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.clean import clean
from bot.demo.fill import fill
from handlers import SKILLS
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.engine import Store
from storage.inbox import AlreadyHandled
from talk.incoming import Incoming
from tests.fakes import Clock, Office

HOSTILE = [
    "",
    " ",
    "\u202e华信",
    "<b>华信</b>",
    "_*[华信](tg://user?id=1)",
    "华信\u200b\u200d",
    "\x00华信\ud800",
    "%",
    "' OR 1=1 --",
    "拜访了<script>alert(1)</script>公司",
    "{name} {0} %s",
    "💥" * 500,
    "十" * 3000,
    "1" * 5000,
    "华信" * 2000,
    "/start@somebot x",
    "/" * 100,
]


@pytest.fixture
async def office(sqlite_store: Store, now: datetime) -> Office:
    await fill(sqlite_store, now)
    return Office(sqlite_store, Clock(now))


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
async def test_any_text_is_answered_and_leaves_the_customers_alone(office: Office, hostile: str) -> None:
    async with office.store.reading()() as session:
        before = (await session.execute(text("SELECT count(*), max(name) FROM customers"))).one()
    seen = await office.say("李娜", clean(hostile))
    assert seen and all(one.text for one in seen)
    async with office.store.reading()() as session:
        assert (await session.execute(text("SELECT count(*), max(name) FROM customers"))).one() == before


async def _broken(turn: Turn, reading: Reading) -> Sequence[Result]:
    raise RuntimeError("a bug")


async def test_what_raises_rolls_the_whole_message_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SKILLS, "create_task", _broken)
    with pytest.raises(RuntimeError):
        await office.say("李娜", "今天去了华信,提醒我周五回访")
    async with office.store.reading()() as session:
        assert await session.scalar(text("SELECT count(*) FROM changes")) == 0
        assert await session.scalar(text("SELECT state FROM inbox")) == "new"


async def test_an_apology_carries_the_number_and_sets_the_message_aside(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SKILLS, "create_task", _broken)
    with pytest.raises(RuntimeError):
        await office.say("李娜", "今天去了华信,提醒我周五回访")
    incoming = Incoming(id=1, channel="telegram", chat="101", speaker="101", at=office.clock(), text="x", message="1")
    await office.desk.apologise(incoming, "RuntimeError: a bug")
    seen: list[Any] = await office.posted()
    assert "编号 1" in seen[0].text and "RuntimeError" not in seen[0].text
    async with office.store.reading()() as session:
        assert await session.scalar(text("SELECT state FROM inbox WHERE id = 1")) == "dead"


async def test_names_made_by_one_message_count_from_the_next(office: Office) -> None:
    await office.say("李娜", "今天拜访了青禾机电有限公司,聊了需求")
    await office.tap("李娜", "新建客户")
    seen = await office.say("李娜", "青禾机电")
    assert "青禾机电有限公司" in seen[0].text and "李娜" in seen[0].text


async def test_the_focus_serves_a_message_that_names_no_customer_until_it_fades(office: Office) -> None:
    await office.say("李娜", "今天去了明泰")
    seen = await office.say("李娜", "预算60万,下周二前给方案")
    assert "明泰" in "".join(one.text for one in seen) or "任务" in "".join(one.text for one in seen)
    office.clock.forward(hours=3)
    seen = await office.say("李娜", "今天电话沟通了一下")
    assert "明泰电子有限公司 · " not in seen[0].text.split("\n")[0]


async def test_an_update_that_is_handed_over_twice_is_handled_once(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    again = Incoming(
        id=1,
        channel="telegram",
        chat="101",
        speaker="101",
        at=office.clock(),
        message="1",
        text="华信ERP二期金额改成80万",
    )
    with pytest.raises(AlreadyHandled):
        await office.desk.handle(again)
    assert await office.posted() == []
