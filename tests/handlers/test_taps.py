"""Buttons: bound to whom they were shown to, good once, and right after a restart."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from storage.engine import Store
from tests.fakes import Clock, Office


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _stage(store: Store, deal: str) -> str:
    async with store.reading()() as session:
        found = "SELECT s.key FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.name = :deal"
        return str(await session.scalar(text(found), {"deal": deal}))


async def _count(store: Store, table: str) -> int:
    async with store.reading()() as session:
        return int(await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - a table's name


async def test_another_person_s_button_is_refused_politely(office: Office) -> None:
    await office.say("李娜", "华信ERP二期推进到商务谈判")
    seen = await office.tap("王磊", "撤销", shown_in="101")
    assert [one.do for one in seen] == ["answer"]
    assert "不是给你的" in seen[0].text
    assert await _stage(office.store, "ERP二期") == "negotiation"


async def test_a_stranger_s_tap_changes_nothing_and_tells_nothing(office: Office) -> None:
    await office.say("李娜", "华信ERP二期推进到商务谈判")
    seen = await office.tap("9001", "撤销", shown_in="101")
    assert "华信" not in "".join(one.text for one in seen)
    assert await _stage(office.store, "ERP二期") == "negotiation"


async def test_a_forged_button_does_nothing(office: Office) -> None:
    await office.say("李娜", "华信ERP二期推进到商务谈判")
    before = await _count(office.store, "changes")
    for token in ("", "1", "' OR 1=1 --", "x" * 64):
        seen = await office.tap("李娜", "撤销", token=token)
        assert "失效" in seen[0].text
    assert await _count(office.store, "changes") == before


async def test_a_button_pressed_ten_times_changes_once(office: Office) -> None:
    await office.say("李娜", "华信ERP二期推进到商务谈判")
    await office.tap("李娜", "撤销")
    after = await _count(office.store, "changes")
    for _ in range(9):
        seen = await office.tap("李娜", "撤销")
        assert "已经撤销过了" in seen[0].text
    assert await _count(office.store, "changes") == after
    assert await _stage(office.store, "ERP二期") == "proposal"


async def test_a_button_still_works_after_a_restart(office: Office) -> None:
    await office.say("李娜", "华星那边签了")
    reborn = Office(office.store, office.clock, office.seen, office._update, office._last_row)
    seen = await reborn.tap("李娜", "深圳华星")
    assert any("赢单" in one.text for one in seen)


async def test_an_answer_after_the_question_has_expired_is_told_so(office: Office) -> None:
    await office.say("李娜", "华星那边签了")
    office.clock.forward(days=2)
    seen = await office.tap("李娜", "深圳华星")
    assert "过期" in seen[0].text


async def test_a_leaver_s_buttons_stop_at_once(office: Office) -> None:
    await office.say("李娜", "华信ERP二期推进到商务谈判")
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE users SET is_active = false WHERE name = '李娜'"))
    seen = await office.tap("李娜", "撤销", shown_in="101")
    assert await _stage(office.store, "ERP二期") == "negotiation"
    assert "没有开通" in seen[0].text


async def test_a_superior_who_is_none_any_more_cannot_approve(office: Office) -> None:
    await office.say("李娜", "明泰推进到商务谈判")
    await office.tap("李娜", "请周岚放行")
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE teams SET manager_id = NULL WHERE name = '销售一组'"))
    seen = await office.tap("周岚", "同意")
    assert [one.do for one in seen] == ["answer"]
    assert await _count(office.store, "stage_changes WHERE waved_by_id IS NOT NULL") == 0
