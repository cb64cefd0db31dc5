"""Merging: the same person is one person, visits and notes follow, rights are asked of both, a group goes along."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from storage.engine import Store
from tests.fakes import Clock, Office

FULL = "上海华信科技有限公司"
STANDING = "SELECT id, wechat FROM contacts WHERE name = '王建国' AND withdrawn_at IS NULL"
GIVEN_AWAY = """
    UPDATE customers SET owner_id = (SELECT id FROM users WHERE name = '李阳') WHERE name = '苏州明泰电子有限公司'
"""


@pytest.fixture
def office(demo_store: Store, now: Any) -> Office:
    """The demo's people, on each engine in turn."""
    return Office(demo_store, Clock(now))


async def _rows(office: Office, sql: str) -> list[tuple[Any, ...]]:
    async with office.store.reading()() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


async def _given(office: Office, sql: str) -> None:
    async with office.store.write.begin() as connection:
        await connection.execute(text(sql))


async def _merge(office: Office, who: str = "李娜") -> str:
    await office.say(who, "把明泰并到华信")
    return "\n".join(seen.text for seen in await office.tap(who, f"保留「{FULL}」"))


async def test_whoever_is_at_both_is_one_person_and_visits_follow(office: Office) -> None:
    await _given(
        office,
        """
        INSERT INTO contacts (customer_id, name, wechat)
        SELECT id, '王建国', 'wang88' FROM customers WHERE name = '苏州明泰电子有限公司'
        """,
    )
    await office.say("李娜", "昨天去了明泰,见了王建国")
    before = await _rows(office, f"{STANDING} ORDER BY id")
    assert len(before) == 2
    assert "已合并" in await _merge(office)
    after = await _rows(office, STANDING)
    assert after == [(before[0][0], "wang88")]
    (told,) = await _rows(office, "SELECT contact_ids FROM visits ORDER BY id DESC LIMIT 1")
    assert str(before[0][0]) in str(told[0]) and str(before[1][0]) not in str(told[0])
    await office.say("李娜", "撤销")
    back = await _rows(
        office, "SELECT id, wechat FROM contacts WHERE name = '王建国' AND withdrawn_at IS NULL ORDER BY id"
    )
    assert back == [(before[0][0], ""), (before[1][0], "wang88")]


async def test_members_of_a_group_do_not_see_another_owners_customer_before_that_one_agrees(office: Office) -> None:
    await _given(office, GIVEN_AWAY)
    await _given(
        office,
        """
        INSERT INTO chats (channel, address, is_group, title, customer_id, bound_at, is_shared)
        SELECT 'telegram', '-77', true, '明泰群', id, '2026-11-20 08:00:00', true FROM customers
        WHERE name = '苏州明泰电子有限公司'
        """,
    )
    await office.say("何远征", "把明泰并到华信")
    seen = await office.tap("何远征", f"保留「{FULL}」")
    assert any("群「明泰群」绑定到了" in one.text and "能看" in one.text for one in seen)
    bound = "SELECT c.name, g.is_shared FROM chats g JOIN customers c ON c.id = g.customer_id WHERE g.address = '-77'"
    assert [(name, bool(shared)) for name, shared in await _rows(office, bound)] == [(FULL, False)]
    await office.say("何远征", "撤销")
    assert [(name, bool(shared)) for name, shared in await _rows(office, bound)] == [("苏州明泰电子有限公司", True)]


async def test_the_owner_of_the_one_that_goes_goes_on_seeing_it_and_hears_of_it(office: Office) -> None:
    await _given(office, GIVEN_AWAY)
    await office.say("何远征", "把明泰并到华信")
    seen = await office.tap("何远征", f"保留「{FULL}」")
    assert any("何远征把" in one.text and one.chat != seen[0].chat for one in seen)
    card = await office.say("李阳", "华信")
    assert "联系人" in card[-1].text


async def test_a_choice_that_was_shown_before_rights_were_lost_merges_nothing(office: Office) -> None:
    await office.say("李娜", "把明泰并到华信")
    await _given(office, GIVEN_AWAY)
    await _given(office, "DELETE FROM collaborators")
    seen = await office.tap("李娜", f"保留「{FULL}」")
    assert "由李阳跟进" in "".join(one.text for one in seen)
    assert await _rows(office, "SELECT count(*) FROM customers WHERE withdrawn_at IS NOT NULL") == [(0,)]
