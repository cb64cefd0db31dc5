"""Pages of lists: each entry once, rights as of the tap, and a page that is gone is the last there is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from crm.tasks import Task
from handlers.queries.pages import PAGE
from storage.engine import Store
from storage.people_tables import users
from tests.fakes import Clock, Office, Seen, statements_of


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _give(office: Office, name: str, count: int) -> None:
    """So many tasks, and no other, for a person."""
    async with office.store.writing()() as session:
        key = int(await session.scalar(select(users.c.id).where(users.c.name == name)) or 0)
        await session.execute(text("UPDATE tasks SET state = 'dropped' WHERE assignee_id = :key"), {"key": key})
        due = office.clock.now.date()
        session.add_all(
            Task(f"第{number}件", key, key, office.clock.now, due + timedelta(days=number // 3))
            for number in range(count)
        )
        await session.commit()


def _titles(seen: list[Seen]) -> list[str]:
    return re.findall(r"第\d+件", "\n".join(one.text for one in seen))


def _labels(seen: list[Seen]) -> list[str]:
    return [button.label for one in seen for button in one.buttons]


@pytest.mark.parametrize("count", [0, 1, 8, 9, 200])
async def test_the_pages_show_every_entry_once_and_in_order(office: Office, count: int) -> None:
    await _give(office, "李娜", count)
    seen = await office.say("李娜", "/tasks")
    shown, pages = _titles(seen), 1
    while any("下一页" in label for label in _labels(seen)):
        seen = await office.tap("李娜", "下一页")
        assert [one.do for one in seen] == ["answer", "edit"]
        assert len(_titles(seen)) <= PAGE
        shown += _titles(seen)
        pages += 1
    assert shown == [f"第{number}件" for number in range(count)]
    assert pages == max(1, -(-count // PAGE))
    while any("上一页" in label for label in _labels(seen)):
        seen = await office.tap("李娜", "上一页")
        pages -= 1
    assert pages == 1
    assert _titles(seen) == [f"第{number}件" for number in range(min(count, PAGE))]


async def test_a_page_that_is_gone_is_the_last_there_is(office: Office) -> None:
    await _give(office, "李娜", 30)
    await office.say("李娜", "/tasks")
    await office.tap("李娜", "下一页")
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE tasks SET state = 'done' WHERE title LIKE '第%' AND title <> '第3件'"))
    seen = await office.tap("李娜", "下一页")
    assert _titles(seen) == ["第3件"]
    assert not any("页" in label for label in _labels(seen))


async def test_a_superior_who_is_none_any_more_is_shown_nothing_further(office: Office) -> None:
    await office.say("周岚", "李娜的任务")
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE teams SET manager_id = NULL WHERE name = '销售一组'"))
    [_, page] = await office.tap("周岚", "下一页")
    assert page.do == "edit"
    assert "看不到「李娜」的记录" in page.text
    assert "#" not in page.text


async def test_a_customer_handed_over_is_shown_no_more(office: Office) -> None:
    await office.say("李娜", "华信")
    async with office.store.write.begin() as connection:
        where = "name = '上海华信科技有限公司'"
        wang = "(SELECT id FROM users WHERE name = '王磊')"
        await connection.execute(text(f"UPDATE customers SET owner_id = {wang} WHERE {where}"))  # noqa: S608
    [_, page] = await office.tap("李娜", "联系人")
    assert page.text == "「上海华信科技有限公司」由王磊跟进。"
    assert _labels([page]) == []


async def test_another_person_s_list_cannot_be_turned(office: Office) -> None:
    await office.say("李娜", "/tasks")
    seen = await office.tap("王磊", "下一页", shown_in="101")
    assert [one.do for one in seen] == ["answer"]
    assert "不是给你的" in seen[0].text


async def test_a_list_still_turns_after_a_restart(office: Office) -> None:
    await _give(office, "李娜", 9)
    await office.say("李娜", "/tasks")
    reborn = Office(office.store, office.clock, office.seen, office._update, office._last_row)
    assert _titles(await reborn.tap("李娜", "下一页")) == ["第8件"]


async def test_a_list_beside_an_open_question_survives_the_answer(office: Office) -> None:
    await office.say("李娜", "华星那边签了。我有哪些逾期任务?")
    [*_, card] = await office.tap("李娜", "深圳华星")
    assert "赢单" in card.text
    assert "我的任务 · 已逾期 · 3条" in card.text


async def test_two_lists_in_one_message_are_turned_apart(office: Office) -> None:
    [both] = await office.say("周岚", "小李有哪些任务?李娜有哪些任务?")
    assert "李阳的任务" in both.text
    assert "李娜的任务" in both.text
    [_, page] = await office.tap("周岚", "下一页")
    assert (page.do, "李娜的任务" in page.text, "2/2" in page.text) == ("send", True, True)
    [_, back] = await office.tap("周岚", "上一页")
    assert back.do == "edit"


async def test_a_customer_s_card_takes_few_statements(office: Office) -> None:
    await office.say("李娜", "华信")
    for said in ("华信", "明泰"):
        with statements_of(office.store) as ran:
            seen = await office.say("李娜", said)
        assert "负责人" in seen[0].text
        begun, done = (next(n for n, one in enumerate(ran) if one.startswith(word)) for word in ("SAVE", "RELEASE"))
        assert done - begun - 1 <= 8, "the customer, its figures, what its deals are worth, and five parts"
        assert len([one for one in ran if not one.startswith("BEGIN")]) <= 25, "with those of the test's messenger"
