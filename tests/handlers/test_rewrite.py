"""Corrections where others have gone on meanwhile: a superior asked, a colleague who changed it, two at once."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from storage import inbox
from storage.engine import Store
from storage.post_tables import inbox as inbox_table
from storage.posts import InboxRow
from talk.incoming import Incoming
from tests.fakes import Clock, Office

AMOUNT = "SELECT amount_minor FROM deals WHERE name = 'ERP二期'"


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _held(office: Office, sql: str) -> list[Any]:
    async with office.store.reading()() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


async def _incoming(office: Office, update_id: int, **fields: Any) -> Incoming:
    await inbox.put(office.store, [InboxRow("telegram", update_id, "101", {}, office.clock())])
    async with office.store.reading()() as session:
        key = await session.scalar(select(inbox_table.c.id).where(inbox_table.c.update_id == update_id))
    where = {"channel": "telegram", "chat": "101", "speaker": "101", "at": office.clock(), "message": str(update_id)}
    return Incoming(id=int(key or 0), **{**where, **fields})


async def test_a_superior_s_word_on_what_stood_there_before_counts_no_more(office: Office) -> None:
    await office.say("李娜", "给华信ERP二期打八折报价")
    asked = await office.posted() or office.seen
    old = next(button for seen in asked for button in seen.buttons if button.label == "同意")
    await office.reply("李娜", "不是八折是七折", to="八折" if any("八折" in s.text for s in office.seen) else "")
    seen = await office.tap("周岚", "同意", token=old.token)
    assert "已经处理过了" in seen[0].text
    facts = "SELECT count(*) FROM deal_facts WHERE key = 'quote_sent' AND withdrawn_at IS NULL AND value LIKE '%-%'"
    assert await _held(office, facts) == [(0,)]
    await office.tap("周岚", "同意")
    assert await _held(office, facts.replace("LIKE '%-%'", "LIKE '%-30%'")) == [(1,)]


async def test_somebody_else_s_card_is_not_corrected(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    card = office.seen[-1].message
    seen = await office.say("周岚", "不是80万是85万", chat="101", reply_to=card)
    assert "李娜" in seen[0].text
    assert await _held(office, AMOUNT) == [(80000000,)]


async def test_two_corrections_at_once_come_one_after_the_other(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    one = await _incoming(office, 9001, text="不是80万是82万", kind="text")
    other = await _incoming(office, 9002, text="不是80万是84万", kind="text")
    await asyncio.gather(office.desk.handle(one), office.desk.handle(other))
    assert await _held(office, AMOUNT) in ([(82000000,)], [(84000000,)])
    await office.say("李娜", "撤销")
    assert await _held(office, AMOUNT) == [(75000000,)]


async def test_a_task_that_a_colleague_moved_keeps_their_day_when_its_title_is_corrected(office: Office) -> None:
    await office.say("李娜", "下周三前给华信发修订报价")
    number = (await _held(office, "SELECT max(id) FROM tasks"))[0][0]
    await office.say("周岚", f"#{number} 挪到12月1号")
    seen = await office.say("李娜", "任务改成给华信发正式合同")
    assert "正式合同" in seen[0].text
    task = "SELECT title, due_on, withdrawn_at FROM tasks ORDER BY id DESC LIMIT 1"
    assert [(title, str(day), gone) for title, day, gone in await _held(office, task)] == [
        ("给华信发正式合同", "2026-12-01", None)
    ]


async def test_a_corrected_task_keeps_its_number_and_is_one(office: Office) -> None:
    await office.say("李娜", "下周三前给华信发修订报价")
    before = await _held(office, "SELECT max(id), count(*) FROM tasks")
    await office.say("李娜", "改成下周四")
    await office.edit("李娜", "下周五前给华信发修订报价", message="1")
    assert await _held(office, "SELECT max(id), count(*) FROM tasks") == before


async def test_a_new_customer_corrected_into_a_known_one_is_withdrawn(office: Office) -> None:
    await office.say("李娜", "今天拜访了新客户鑫泰五金,见了刘总")
    assert await _held(office, "SELECT count(*) FROM customers WHERE name LIKE '%鑫泰%' AND withdrawn_at IS NULL") == [
        (1,)
    ]
    await office.say("李娜", "客户错了,是明泰")
    assert await _held(office, "SELECT count(*) FROM customers WHERE name LIKE '%鑫泰%' AND withdrawn_at IS NULL") == [
        (0,)
    ]
    customer = "SELECT c.name FROM visits v JOIN customers c ON c.id = v.customer_id ORDER BY v.id DESC LIMIT 1"
    assert await _held(office, customer) == [("苏州明泰电子有限公司",)]


async def test_an_undone_message_that_is_edited_is_told_anew(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    await office.tap("李娜", "撤销")
    await office.edit("李娜", "华信ERP二期金额改成82万")
    assert await _held(office, AMOUNT) == [(82000000,)]


async def test_what_an_undone_message_still_says_is_written_anew_when_it_is_edited(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万,下周三前发合同")
    before = await _held(office, "SELECT max(id), count(*) FROM tasks")
    await office.tap("李娜", "撤销")
    await office.edit("李娜", "华信ERP二期金额改成80万,下周四前发合同")
    assert await _held(office, AMOUNT) == [(80000000,)]
    assert await _held(office, "SELECT max(id), count(*) FROM tasks") == before
    task = "SELECT due_on, withdrawn_at FROM tasks ORDER BY id DESC LIMIT 1"
    assert [(str(day), gone) for day, gone in await _held(office, task)] == [("2026-11-26", None)]


async def test_a_task_dropped_by_one_edit_and_told_again_by_the_next_has_its_number(office: Office) -> None:
    await office.say("李娜", "今天去了华信,下周三前给修订报价")
    before = await _held(office, "SELECT max(id), count(*) FROM tasks")
    await office.edit("李娜", "今天去了华信")
    await office.edit("李娜", "今天去了华信,下周五前给修订报价")
    assert await _held(office, "SELECT max(id), count(*) FROM tasks") == before


async def test_a_new_customer_that_the_edited_message_still_names_stays(office: Office) -> None:
    await office.say("李娜", "今天拜访了鑫泰五金。下周三前寄样品")
    await office.tap("李娜", "新建")
    seen = await office.edit("李娜", "今天拜访了鑫泰五金,预算50万。下周四前寄样品")
    assert "已更正" in seen[0].text and "鑫泰五金" in seen[0].text
    held = (
        "SELECT c.withdrawn_at, v.withdrawn_at, v.budget_minor FROM visits v JOIN customers c ON c.id = v.customer_id"
    )
    assert await _held(office, f"{held} WHERE c.name = '鑫泰五金'") == [(None, None, 50000000)]
    await office.edit("李娜", "今天拜访了明泰")
    gone = "SELECT count(*) FROM customers WHERE name = '鑫泰五金' AND withdrawn_at IS NULL"
    assert await _held(office, gone) == [(0,)]


async def test_an_edit_without_another_word_does_nothing(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    before = await _held(office, "SELECT count(*) FROM changes")
    assert await office.edit("李娜", "华信ERP二期金额改成80万") == []
    assert await _held(office, "SELECT count(*) FROM changes") == before


async def test_a_message_is_no_answer_to_a_field_that_is_asked_for(office: Office) -> None:
    await office.say("李娜", "今天去了华信,下周三前给修订报价")
    await office.tap("李娜", "改")
    await office.tap("李娜", "内容")
    seen = await office.say("李娜", "下午又去了明泰,见了沈总")
    assert "已记下" in seen[-1].text
    assert await _held(office, "SELECT count(*) FROM tasks WHERE title LIKE '%明泰%' AND title LIKE '%下午%'") == [(0,)]
