"""Every verb mended in each of three ways: the message edited, the card answered in words, the button 改."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from storage.engine import Store
from tests.fakes import Clock, Office

VISIT = "SELECT kind, held_on, budget_minor FROM visits WHERE withdrawn_at IS NULL ORDER BY id DESC LIMIT 1"
NEW_TASK = "SELECT title, due_on FROM tasks WHERE withdrawn_at IS NULL ORDER BY id DESC LIMIT 1"
TASK_7 = "SELECT t.title, t.due_on, t.state, u.name FROM tasks t JOIN users u ON u.id = t.assignee_id WHERE t.id = 7"
DEAL = "SELECT amount_minor, close_on, probability FROM deals WHERE name = 'ERP二期'"
STAGE = "SELECT s.key FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.name = 'ERP二期'"
PERSON = "SELECT phone, wechat FROM contacts WHERE name = '王建国'"
CUSTOMER = "SELECT tier, industry FROM customers WHERE name = '上海华信科技有限公司'"
NOTES = "SELECT text FROM notes WHERE withdrawn_at IS NULL ORDER BY id"
QUOTE = "SELECT value FROM deal_facts WHERE key = 'quote_sent' AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1"
SHORT = "SELECT text FROM short_names WHERE withdrawn_at IS NULL AND text IN ('HX', 'HXKJ')"

EDITED = {
    "record_visit": (
        "今天去了华信,预算70万",
        "昨天给华信打了电话,预算72万",
        VISIT,
        [("phone", "2026-11-19", 72000000)],
    ),
    "create_task": ("下周三前给华信发合同", "下周四前给华信发合同", NEW_TASK, [("给华信发合同", "2026-11-26")]),
    "update_deal": ("华信ERP二期金额改成80万", "华信ERP二期金额改成82万", DEAL, [(82000000, "2026-12-29", None)]),
    "move of a deal": ("华信ERP二期推进到商务谈判", "今天去了华信", STAGE, [("proposal",)]),
    "move_task": ("#7 挪到下周三", "#7 挪到下周四", TASK_7, [("准备ERP二期的演示环境", "2026-11-26", "open", "李娜")]),
    "finish_task": ("#7 完成", "#7 挪到下周四", TASK_7, [("准备ERP二期的演示环境", "2026-11-26", "open", "李娜")]),
    "hand_over_task": (
        "#7 给小李",
        "#7 给Emma",
        TASK_7,
        [("准备ERP二期的演示环境", "2026-11-23", "open", "Emma Chen")],
    ),
    "rename_task": ("#7 改名为写标书", "#7 改名为写总结", TASK_7, [("写总结", "2026-11-23", "open", "李娜")]),
    "update_contact": ("王建国的微信是wang88", "王建国的微信是wang99", PERSON, [("199-0000-1001", "wang99")]),
    "update_customer": ("华信升级为VIP", "华信的行业改成医疗", CUSTOMER, [("key", "医疗")]),
    "add_note": ("备注华信:喜欢喝茶", "备注华信:喜欢喝咖啡", NOTES, [("喜欢喝咖啡",)]),
    "note_quote": ("给华信ERP二期报价70万", "给华信ERP二期报价72万", QUOTE, [("720000 CNY",)]),
    "a short name": ("华信也叫HX", "华信也叫HXKJ", SHORT, [("HXKJ",)]),
}
ANSWERED = {
    "record_visit": ("今天去了华信", "不是上门是电话", VISIT, [("phone", "2026-11-20", None)]),
    "the day of a visit": ("今天去了华信", "说错了,是昨天", VISIT, [("onsite", "2026-11-19", None)]),
    "create_task": ("下周三前给华信发合同", "改成下周四", NEW_TASK, [("给华信发合同", "2026-11-26")]),
    "update_deal": ("华信ERP二期金额改成80万", "不是80万是82万", DEAL, [(82000000, "2026-12-29", None)]),
    "the close date": ("华信ERP二期预计12月10号成交", "不是10号是12月15号", DEAL, [(75000000, "2026-12-15", None)]),
    "the probability": ("华信ERP二期赢率六成", "不是六成是七成", DEAL, [(75000000, "2026-12-29", 70)]),
    "move_task": ("#7 挪到下周三", "改成下周四", TASK_7, [("准备ERP二期的演示环境", "2026-11-26", "open", "李娜")]),
    "hand_over_task": (
        "#7 给小李",
        "不是小李是Emma",
        TASK_7,
        [("准备ERP二期的演示环境", "2026-11-23", "open", "Emma Chen")],
    ),
    "note_quote": ("给华信ERP二期报价70万", "not 700k, 720k", QUOTE, [("720000 CNY",)]),
}
TAPPED = {
    "record_visit": ("今天去了华信", "方式", "电话", VISIT, [("phone", "2026-11-20", None)]),
    "create_task": ("下周三前给华信发合同", "截止", "下周四", NEW_TASK, [("给华信发合同", "2026-11-26")]),
    "the title of a task": ("下周三前给华信发合同", "内容", "给华信寄合同", NEW_TASK, [("给华信寄合同", "2026-11-25")]),
    "update_deal": ("华信ERP二期金额改成80万", "金额", "82万", DEAL, [(82000000, "2026-12-29", None)]),
    "move_task": ("#7 挪到下周三", "截止", "下周四", TASK_7, [("准备ERP二期的演示环境", "2026-11-26", "open", "李娜")]),
    "update_contact": ("王建国的微信是wang88", "微信", "wang99", PERSON, [("199-0000-1001", "wang99")]),
}


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _held(office: Office, sql: str) -> list[tuple[Any, ...]]:
    async with office.store.reading()() as session:
        rows = (await session.execute(text(sql))).all()
    return [tuple(str(value) if hasattr(value, "isoformat") else value for value in row) for row in rows]


@pytest.mark.parametrize("verb", EDITED)
async def test_an_edited_message_holds_as_if_only_its_new_words_had_been_said(office: Office, verb: str) -> None:
    said, edited, sql, wanted = EDITED[verb]
    await office.say("李娜", said)
    seen = await office.edit("李娜", edited)
    assert await _held(office, sql) == wanted, seen


@pytest.mark.parametrize("verb", ANSWERED)
async def test_a_reply_to_the_card_corrects_it(office: Office, verb: str) -> None:
    said, reply, sql, wanted = ANSWERED[verb]
    await office.say("李娜", said)
    seen = await office.reply("李娜", reply)
    assert await _held(office, sql) == wanted, seen


@pytest.mark.parametrize("verb", TAPPED)
async def test_the_button_offers_the_field_and_takes_its_value(office: Office, verb: str) -> None:
    said, field, value, sql, wanted = TAPPED[verb]
    await office.say("李娜", said)
    await office.tap("李娜", "改")
    await office.tap("李娜", field)
    seen = await office.say("李娜", value)
    assert await _held(office, sql) == wanted, seen


@pytest.mark.parametrize("verb", EDITED)
async def test_undo_puts_every_field_back_and_redo_writes_it_again(office: Office, verb: str) -> None:
    said, _, sql, _ = EDITED[verb]
    before = await _held(office, sql)
    await office.say("李娜", said)
    written = await _held(office, sql)
    await office.tap("李娜", "撤销")
    assert await _held(office, sql) == before
    await office.tap("李娜", "恢复")
    assert await _held(office, sql) == written
