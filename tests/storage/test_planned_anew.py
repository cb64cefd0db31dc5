"""Open tasks are planned anew when what their reminders follow from changes: hours, a ladder, the calendar."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from crm.ladders import Rung, plain_rungs
from crm.policy import Actor
from crm.tasks import Task
from crm.users import Team, User
from storage.engine import Store
from storage.ledger import Ledger, open_ledger
from storage.people_tables import users
from storage.tables import tasks
from storage.working_time import leave_day, settle_day, settle_ladder

DAY = date(2026, 12, 31)
Change = Callable[[Ledger, User], Coroutine[Any, Any, Any]]


async def _a_task_each(store: Store, now: datetime) -> None:
    """李娜 and 李阳 have a task each, planned already, and a day is settled."""
    async with open_ledger(store, now) as ledger:
        people = [User("李娜"), User("李阳")]
        ledger.session.add_all(people)
        await ledger.session.flush()
        ledger.actor = Actor(people[0])
        for person in people:
            await ledger.add(Task("回电", person.id, person.id, now, due_on=DAY))
        await settle_day(ledger, date(2026, 12, 30), is_working=False, name="")
        await ledger.commit()
    async with store.writing().begin() as session:
        await session.execute(update(tasks).values(plan_from=None))


async def _unplanned(store: Store) -> list[str]:
    async with store.reading()() as session:
        found = select(users.c.name).join(tasks, tasks.c.assignee_id == users.c.id)
        return list(await session.scalars(found.where(tasks.c.plan_from.is_not(None)).order_by(users.c.id)))


async def _after(store: Store, now: datetime, change: Change) -> list[str]:
    await _a_task_each(store, now)
    async with open_ledger(store, now) as ledger:
        user = await ledger.session.scalar(select(User).where(users.c.name == "李娜"))
        assert user is not None
        ledger.actor = Actor(user)
        await change(ledger, user)
        await ledger.commit()
    return await _unplanned(store)


async def _set(ledger: Ledger, user: User, **fields: str) -> None:
    ledger.set(user, **fields)


@pytest.mark.parametrize(
    "fields", [{"zone": "Europe/London"}, {"quiet_hours": "22:00-07:00"}, {"working_hours": "10:00-19:00"}]
)
async def test_new_hours_concern_the_tasks_of_that_person(store: Store, now: datetime, fields: dict[str, str]) -> None:
    assert await _after(store, now, lambda ledger, user: _set(ledger, user, **fields)) == ["李娜"]


async def test_a_new_role_concerns_the_tasks_of_that_person(store: Store, now: datetime) -> None:
    assert await _after(store, now, lambda ledger, user: _set(ledger, user, role="manager")) == ["李娜"]


async def test_another_team_concerns_the_tasks_of_that_person(store: Store, now: datetime) -> None:
    async def moves(ledger: Ledger, user: User) -> None:
        team = await ledger.add(Team("华南组"))
        ledger.set(user, team_id=team.id)

    assert await _after(store, now, moves) == ["李娜"]


@pytest.mark.parametrize("field", ["manager_id", "parent_id"])
async def test_another_shape_of_the_tree_concerns_everybody(store: Store, now: datetime, field: str) -> None:
    async def changes(ledger: Ledger, user: User) -> None:
        team, above = await ledger.add(Team("华南组")), await ledger.add(Team("销售部"))
        ledger.set(team, **{field: user.id if field == "manager_id" else above.id})

    assert await _after(store, now, changes) == ["李娜", "李阳"]


async def test_a_new_name_concerns_no_task(store: Store, now: datetime) -> None:
    assert await _after(store, now, lambda ledger, user: _set(ledger, user, name="李娜娜")) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda ledger, _: settle_day(ledger, DAY, is_working=False, name=""),
        lambda ledger, _: leave_day(ledger, date(2026, 12, 30)),
        lambda ledger, _: settle_ladder(ledger, "overdue_task", plain_rungs([Rung(2, ("rep",))])),
    ],
)
async def test_a_day_or_a_ladder_concerns_everybody_s(store: Store, now: datetime, change: Change) -> None:
    assert await _after(store, now, change) == ["李娜", "李阳"]


async def test_what_a_refusal_took_back_plans_nothing(store: Store, now: datetime) -> None:
    async def refused(ledger: Ledger, user: User) -> None:
        with pytest.raises(ValueError, match="refused"):
            async with ledger.savepoint():
                ledger.set(user, zone="Europe/London")
                raise ValueError("refused")

    assert await _after(store, now, refused) == []
