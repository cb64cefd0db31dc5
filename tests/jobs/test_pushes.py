"""Pushes over time: none missing, none twice, none at night, one list in place of a storm, and clocks that jump."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, text, update

from jobs.digests import send_digests
from jobs.send_pushes import send_pushes
from jobs.task_reminders import plan_tasks
from storage.engine import Store
from storage.people_tables import chats, users
from storage.push_tables import pushes
from storage.tables import tasks
from tests.fakes import Clock, Office, Seen

OVERDUE = 10_000


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _tick(office: Office) -> list[Seen]:
    """What comes now, and what waits a minute because something else has just come."""
    seen = await _jobs(office)
    office.clock.forward(seconds=61)
    return seen + await _jobs(office)


async def _jobs(office: Office) -> list[Seen]:
    await plan_tasks(office.store, office.clock())
    await send_digests(office.store, office.clock())
    await send_pushes(office.store, office.clock())
    return await office.posted()


async def _only(office: Office, *titles: str, who: str = "李娜") -> None:
    """Nothing is open but these tasks of one person, due on the Monday to come."""
    async with office.store.write.begin() as connection:
        await connection.execute(update(tasks).values(state="done", plan_from=None))
        key = await connection.scalar(select(users.c.id).where(users.c.name == who))
        made = office.clock()
        due = (made + timedelta(days=3)).date()
        rows = [
            {"title": title, "assignee_id": key, "giver_id": key, "created_at": made, "due_on": due, "plan_from": made}
            for title in titles
        ]
        await connection.execute(insert(tasks), rows)


async def test_ten_thousand_overdue_at_start_are_one_message_a_person_with_none_missing(office: Office) -> None:
    async with office.store.write.begin() as connection:
        people = list(await connection.scalars(select(users.c.id).where(users.c.is_active)))
        made = office.clock() - timedelta(days=40)
        rows = [
            {
                "title": f"t{number}",
                "assignee_id": people[number % len(people)],
                "giver_id": people[0],
                "created_at": made,
                "due_on": (made + timedelta(days=number % 30)).date(),
                "plan_from": made,
            }
            for number in range(OVERDUE)
        ]
        await connection.execute(insert(tasks), rows)
    seen = await _jobs(office)
    per_person = Counter(one.chat for one in seen)
    assert max(per_person.values()) == 1
    office.clock.forward(seconds=59)
    assert await _jobs(office) == []
    office.clock.forward(seconds=2)
    seen += await _jobs(office)
    async with office.store.reading()() as session:
        told = await session.scalars(select(pushes.c.thing_id).where(pushes.c.post != "", pushes.c.kind == "task"))
        missing = set(await session.scalars(select(tasks.c.id).where(tasks.c.title.like("t%")))) - set(told)
        own = await session.scalar(
            select(func.count(tasks.c.id))
            .join(users, users.c.id == tasks.c.assignee_id)
            .where(users.c.name == "李娜", tasks.c.state == "open", tasks.c.due_on < office.clock().date())
        )
    assert not missing
    listed = next(one.text for one in seen if one.chat == "101")
    assert max(Counter(one.chat for one in seen if "提醒" in one.text).values()) == 1
    assert f"逾期 {own}" in listed
    pages = await office.tap("李娜", "全部逾期")
    shown = set()
    while any("下一页" in button.label for button in pages[-1].buttons):
        shown |= {line.split(" ")[0] for line in pages[-1].text.splitlines() if line.startswith("#")}
        pages = await office.tap("李娜", "下一页")
    shown |= {line.split(" ")[0] for line in pages[-1].text.splitlines() if line.startswith("#")}
    assert len(shown) == own


async def test_a_clock_two_hours_ahead_and_back_repeats_nothing_and_skips_nothing(office: Office) -> None:
    await _only(office, "打电话")
    told: list[str] = []
    for hours in (61.9, 2, -2, 1, -1, 2.5, 24, -24, 25):
        office.clock.forward(hours=hours)
        told += [seen.text for seen in await _tick(office) if seen.chat == "101" and "打电话" in seen.text]
    reminders = [one for one in told if "早报" not in one]
    assert [one.splitlines()[0][:2] for one in reminders] == ["⏰ ", "⚠️"]
    assert len([one for one in told if "早报" in one]) == len(set(told)) - len(reminders)


async def test_a_tick_that_comes_twice_at_once_tells_once(office: Office) -> None:
    await _only(office, "打电话")
    office.clock.forward(days=2, hours=15)
    assert len([seen for seen in await _tick(office) if "打电话" in seen.text and "⏰" in seen.text]) == 1
    assert [seen for seen in await _tick(office) if "⏰" in seen.text] == []


async def test_at_night_nothing_comes_and_in_the_morning_all_of_it(office: Office) -> None:
    await _only(office, "打电话", "发报价", "寄样品", "约见面")
    office.clock.forward(days=3, hours=3)  # the process was down over the day: it is Monday 21:30
    assert await _tick(office) == []
    office.clock.forward(hours=10, minutes=25)
    assert await _tick(office) == []
    office.clock.forward(minutes=4)
    seen = await _tick(office)
    assert [one.text.splitlines()[0] for one in seen if one.chat == "101"] == ["提醒 · 4条"]


async def test_somebody_without_a_chat_waits_and_their_superior_is_told_once(office: Office) -> None:
    await _only(office, "打电话")
    async with office.store.write.begin() as connection:
        await connection.execute(update(chats).values(is_active=False).where(chats.c.address == "101"))
    told: list[Seen] = []
    for _ in range(3):
        office.clock.forward(days=1 if told else 2, hours=0 if told else 15)
        told += [seen for seen in await _tick(office) if "李娜" in seen.text]
    assert [(one.chat, "送不到" in one.text) for one in told if "送不到" in one.text] == [("106", True)]
    await office.say("李娜", "帮助")
    office.clock.forward(days=1)
    back = [seen.text for seen in await _tick(office) if seen.chat == "101" and "早报" not in seen.text]
    assert len(back) == 1
    assert "打电话" in back[0]


async def test_somebody_who_was_switched_off_is_told_nothing_more(office: Office) -> None:
    await _only(office, "打电话")
    await plan_tasks(office.store, office.clock())
    async with office.store.write.begin() as connection:
        await connection.execute(update(users).values(is_active=False).where(users.c.name == "李娜"))
    office.clock.forward(days=2, hours=15)
    assert [seen for seen in await _tick(office) if seen.chat == "101"] == []
    async with office.store.reading()() as session:
        hers = select(pushes.c.state).join(users, users.c.id == pushes.c.user_id).where(users.c.name == "李娜")
        states = set(await session.scalars(hers.where(pushes.c.kind == "task")))
    assert states == {"dropped"}


async def test_a_moved_task_is_not_told_of_on_its_former_day(office: Office) -> None:
    await _only(office, "打电话")
    await plan_tasks(office.store, office.clock())
    async with office.store.reading()() as session:
        key = await session.scalar(select(tasks.c.id).where(tasks.c.title == "打电话"))
    await office.say("李娜", f"#{key} 改到周三")
    office.clock.forward(days=2, hours=15)
    assert [seen for seen in await _tick(office) if "⏰" in seen.text] == []
    office.clock.forward(days=2)
    assert len([seen for seen in await _tick(office) if "⏰" in seen.text and "打电话" in seen.text]) == 1


async def test_a_reminder_that_was_due_on_a_day_before_waits_over_a_holiday(office: Office) -> None:
    await _only(office, "打电话")
    await plan_tasks(office.store, office.clock())
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE pushes SET due_at = '2026-11-20 10:00:00'"))
    office.clock.forward(days=1)  # Saturday
    assert [seen for seen in await _tick(office) if "打电话" in seen.text] == []
    office.clock.forward(days=1, hours=14, minutes=31)
    assert len([seen for seen in await _tick(office) if "⏰" in seen.text and "打电话" in seen.text]) == 1


async def test_a_zone_changed_on_the_way_keeps_the_local_time(office: Office) -> None:
    await _only(office, "打电话")
    await plan_tasks(office.store, office.clock())
    await office.say("李娜", "我的时区是柏林")
    office.clock.forward(days=2, hours=15)  # half past nine in Shanghai, half past two in Berlin
    assert [seen for seen in await _tick(office) if seen.chat == "101"] == []
    office.clock.forward(hours=6, minutes=27)
    assert [seen for seen in await _tick(office) if "⏰" in seen.text and seen.chat == "101"] == []
    office.clock.forward(minutes=3)
    assert len([seen for seen in await _tick(office) if "⏰" in seen.text and seen.chat == "101"]) == 1


async def test_summer_time_ends_on_the_way_and_the_reminder_comes_once_at_nine(office: Office) -> None:
    office.clock.now = datetime.fromisoformat("2027-10-29T18:30+08:00")  # New York turns its clocks back on 7 November
    await _only(office, "打电话")
    async with office.store.write.begin() as connection:
        await connection.execute(update(users).values(zone="America/New_York").where(users.c.name == "李娜"))
        await connection.execute(update(tasks).values(due_on=date(2027, 11, 8)).where(tasks.c.state == "open"))
    told = []
    while office.clock() < datetime.fromisoformat("2027-11-09T08:30-05:00"):
        told += [(office.clock(), seen) for seen in await _jobs(office) if "⏰" in seen.text and seen.chat == "101"]
        office.clock.forward(minutes=30)
    assert [at.isoformat() for at, _ in told] == ["2027-11-08T22:00:00+08:00"], "nine in New York, an hour later now"
