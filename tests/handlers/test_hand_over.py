"""Hand-overs: large ones in one transaction, what was still to be told, buttons that others' hands hold."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from jobs.task_reminders import plan_tasks
from storage.engine import Store
from tests.fakes import Clock, Office

MANY = 500
OWNED = "SELECT count(*) FROM customers c JOIN users u ON u.id = c.owner_id WHERE u.name = '{}'"
WAITING = "SELECT count(*) FROM pushes p JOIN users u ON u.id = p.user_id WHERE u.name = '{}' AND p.state = 'waiting'"


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _tell(office: Office, *statements: str) -> None:
    async with office.store.write.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def _count(office: Office, statement: str) -> int:
    async with office.store.reading()() as session:
        return int(await session.scalar(text(statement)) or 0)


async def with_many(office: Office, many: int = MANY) -> None:
    """王磊 looks after so many customers more, each with an open deal and a task."""
    await _tell(
        office,
        (
            "INSERT INTO customers (name, owner_id, created_at) "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
            "SELECT '客户' || i || '号', u.id, '2026-10-01 00:00:00' FROM n JOIN users u ON u.name = '王磊'"
        ).replace(":many", str(many)),
        "INSERT INTO deals (customer_id, name, pipeline_id, stage_id, owner_id, created_at, amount_minor) "
        "SELECT c.id, '商机', p.id, s.id, c.owner_id, '2026-10-01 00:00:00', c.id * 100 FROM customers c "
        "JOIN pipelines p ON p.key = 'standard' JOIN stages s ON s.pipeline_id = p.id AND s.key = 'proposal' "
        "WHERE c.name LIKE '客户%号'",
        "INSERT INTO tasks (title, assignee_id, giver_id, created_at, customer_id) "
        "SELECT '回访', owner_id, owner_id, '2026-10-01 00:00:00', id FROM customers WHERE name LIKE '客户%号'",
    )


async def test_hundreds_of_customers_change_hands_and_go_back_as_a_whole(office: Office) -> None:
    await with_many(office)
    before = await _count(office, OWNED.format("王磊"))
    assert before >= MANY
    await office.say("何远征", "把小王的客户交接给小李")
    seen = await office.tap("何远征", "全部交接")
    assert await _count(office, OWNED.format("王磊")) == 0
    assert len(seen) < 10  # each whom it concerns is told once
    seen = await office.tap("何远征", "撤销")
    assert await _count(office, OWNED.format("王磊")) == before
    assert await _count(office, "SELECT count(*) FROM tasks WHERE title = '回访' AND plan_from IS NOT NULL") == MANY
    assert len(seen) < 10


async def test_what_has_gone_on_since_stays_where_it_is_and_the_rest_goes_back(office: Office) -> None:
    own = "SELECT min(c.name) FROM customers c JOIN users u ON u.id = c.owner_id WHERE u.name = '王磊'"
    async with office.store.reading()() as session:
        name = str(await session.scalar(text(own)))
    before = await _count(office, OWNED.format("王磊"))
    await office.say("何远征", "把小王的客户交接给小李")
    await office.tap("何远征", "全部交接")
    await office.say("钱进", f"把{name}交给小赵")
    seen = await office.tap("何远征", "撤销")
    assert "钱进" in "".join(one.text for one in seen)
    assert await _count(office, OWNED.format("王磊")) == before - 1
    assert await _count(office, OWNED.format("赵一帆") + f" AND c.name = '{name}'") == 1
    deals = "SELECT count(*) FROM deals d JOIN customers c ON c.id = d.customer_id WHERE d.owner_id <> c.owner_id"
    assert await _count(office, deals) == 0


async def test_what_was_still_to_be_told_goes_to_the_successor(office: Office) -> None:
    about = " AND p.customer_id = (SELECT id FROM customers WHERE name LIKE '上海华信%')"
    await plan_tasks(office.store, office.clock())
    assert await _count(office, WAITING.format("李娜") + about) > 0
    assert await _count(office, WAITING.format("赵一帆") + about) == 0
    await office.say("何远征", "把华信交接给小赵")
    assert await _count(office, WAITING.format("李娜") + about) == 0
    await plan_tasks(office.store, office.clock())
    assert await _count(office, WAITING.format("李娜") + about) == 0
    assert await _count(office, WAITING.format("赵一帆") + about) > 0


async def test_a_list_that_was_shown_before_rights_were_lost_hands_nothing_over(office: Office) -> None:
    await office.say("孙浩", "把小王的客户交接给小赵")
    await _tell(office, "UPDATE teams SET manager_id = NULL WHERE name = '销售二组'")
    seen = await office.tap("孙浩", "全部交接")
    assert "看不到「王磊」的记录" in "".join(one.text for one in seen)
    assert await _count(office, OWNED.format("王磊")) == 12


async def test_another_person_s_list_hands_nothing_over(office: Office) -> None:
    await office.say("孙浩", "把小王的客户交接给小赵")
    seen = await office.tap("赵一帆", "全部交接", shown_in=await office.address_of("孙浩"))
    assert "不是给你的" in "".join(one.text for one in seen)
    assert await _count(office, OWNED.format("王磊")) == 12


async def test_tapped_again_and_again_it_is_handed_over_once(office: Office) -> None:
    await office.say("孙浩", "把小王的客户交接给小赵")
    told = [await office.tap("孙浩", "全部交接") for _ in range(3)]
    assert sum("交接给你" in one.text for seen in told for one in seen) == 1


async def test_the_superior_s_button_is_good_for_a_day_only(office: Office) -> None:
    await office.say("李娜", "把明泰交给小李")
    office.clock.forward(days=1, minutes=1)
    seen = await office.tap("周岚", "撤回")
    assert "超过一天" in "".join(one.text for one in seen)


async def test_a_share_of_the_former_owner_s_own_does_not_outlive_the_hand_over(office: Office) -> None:
    await _tell(
        office,
        "INSERT INTO collaborators (customer_id, user_id) SELECT c.id, u.id FROM customers c JOIN users u "
        "ON u.id = c.owner_id WHERE c.name LIKE '上海华信%'",
    )
    await office.say("何远征", "把华信交接给小赵")
    seen = await office.say("李娜", "华信")
    assert "由赵一帆跟进" in "".join(one.text for one in seen)
