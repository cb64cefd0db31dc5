"""What is not sure: a doubted reading is asked about and writes nothing meanwhile; what was assumed is marked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from storage.engine import Store
from tests.fakes import Clock, Office

TASKS = "SELECT title FROM tasks WHERE withdrawn_at IS NULL ORDER BY id DESC LIMIT 1"


@pytest.fixture
def office(demo_store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr("nlu.understand.is_doubted", lambda rule, kind, strength: kind == "create_task")
    return Office(demo_store, Clock(now))


async def _held(office: Office, sql: str) -> list[Any]:
    async with office.store.reading()() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


async def test_a_doubted_reading_waits_for_a_tap_while_the_rest_is_written(office: Office) -> None:
    before = await _held(office, TASKS)
    seen = await office.say("李娜", "今天去了华信,下周三前给华信发补充协议")
    assert "要记下吗?" in seen[0].text
    assert "补充协议" in seen[0].text
    assert "拜访" in seen[0].text
    assert await _held(office, TASKS) == before
    await office.tap("李娜", "确认")
    assert "补充协议" in (await _held(office, TASKS))[0][0]


async def test_a_doubted_reading_that_is_left_writes_nothing(office: Office) -> None:
    before = await _held(office, TASKS)
    await office.say("李娜", "下周三前给华信发补充协议")
    await office.tap("李娜", "不记")
    assert await _held(office, TASKS) == before


async def test_the_deal_that_nobody_named_is_marked_as_assumed(office: Office) -> None:
    seen = await office.say("李娜", "明泰推进到需求分析")
    named = await office.say("李娜", "明泰的MES一期推进到商务谈判")
    assert "推测" in seen[0].text
    assert "推测" not in named[0].text
