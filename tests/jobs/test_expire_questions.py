"""Questions that nobody answered: closed once, told once, and only by what could still be said."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import select, text

from jobs.expire_questions import expire_questions
from storage.engine import Store
from storage.post_tables import cards
from tests.fakes import Clock, Office, Seen


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _states(store: Store) -> list[str]:
    async with store.reading()() as session:
        return list(await session.scalars(select(cards.c.state).order_by(cards.c.id)))


async def _expired(office: Office, **later: float) -> list[Seen]:
    office.clock.forward(**later)
    await expire_questions(office.store, office.clock())
    return await office.posted()


async def test_a_question_is_asked_for_a_day_and_no_longer(office: Office) -> None:
    await office.say("李娜", "华星那边签了")
    assert await _expired(office, hours=23) == []
    assert await _states(office.store) == ["open"]
    told = await _expired(office, hours=2)
    assert [(one.do, one.chat) for one in told] == [("edit", "101"), ("send", "101")]
    assert await _expired(office, hours=1) == []
    assert await _states(office.store) == ["expired"]
    assert "过期" in (await office.tap("李娜", "深圳华星"))[0].text


async def test_two_runs_at_once_tell_it_once(office: Office) -> None:
    await office.say("李娜", "华星那边签了")
    office.clock.forward(days=2)
    counts = await asyncio.gather(*(expire_questions(office.store, office.clock()) for _ in range(4)))
    assert sorted(counts) == [0, 0, 0, 2]
    assert len(await office.posted()) == 2


async def test_every_message_that_shows_it_is_closed_as_it_stands_now(office: Office) -> None:
    first = await office.say("李娜", "今天去了华星,聊得不错。明泰推进到商务谈判")
    answered = await office.say("李娜", "深圳华星")
    told = await _expired(office, days=2)
    edited = {one.message: one for one in told if one.do == "edit"}
    assert set(edited) == {first[0].message, answered[-1].message}
    for one in edited.values():
        assert "深圳华星光学" in one.text
        assert "待确认" not in one.text
    assert edited[first[0].message].buttons == ()
    assert [button.label for button in edited[answered[-1].message].buttons] == ["撤销", "改", "看客户"]


async def test_a_correction_that_was_begun_is_closed_without_a_word(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成78万")
    await office.tap("李娜", "改")
    await office.tap("李娜", "金额")
    told = await _expired(office, days=2)
    assert [one.do for one in told] == ["edit"]
    assert "不改" not in [button.label for button in told[0].buttons]


async def test_a_superior_s_time_is_not_cut_by_a_later_question_on_the_card(office: Office) -> None:
    await office.say("李娜", "今天去了华星,聊得不错。给明泰打八折报价")
    await office.tap("李娜", "深圳华星")
    assert await _expired(office, days=3) == []
    assert len([one for one in await _expired(office, days=5) if one.do == "send"]) == 2


async def test_a_chat_that_shut_the_bot_out_gets_no_note(office: Office) -> None:
    await office.say("李娜", "华星那边签了")
    async with office.store.writing()() as session:
        await session.execute(text("UPDATE chats SET is_active = false WHERE address = '101'"))
        await session.commit()
    assert [one.do for one in await _expired(office, days=2)] == ["edit"]


async def test_a_card_that_never_went_out_is_told_of_all_the_same(office: Office) -> None:
    await office.say("李娜", "华星那边签了")
    async with office.store.writing()() as session:
        await session.execute(text("UPDATE outbox SET message = '', state = 'dead'"))
        await session.commit()
    assert [one.do for one in await _expired(office, days=2)] == ["send"]


async def test_days_are_told_by_date_in_what_is_read_a_day_later(office: Office) -> None:
    await office.say("李娜", "今天去了华星,下周三前给报价")
    told = await _expired(office, days=2)
    assert "今天" not in told[-1].text.split("没有写入")[1]
