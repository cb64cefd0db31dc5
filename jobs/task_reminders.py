"""Tasks: what is to be told of them is planned as soon as they change, and told with the buttons that settle it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar
from crm.due import DueTask
from crm.ladders import Rung
from crm.pushes import Push
from crm.reminders import Step, listeners, next_steps, task_steps
from crm.tasks import ToTell
from crm.users import Team, User, superiors
from storage.due_tasks import mark_planned, unplanned_tasks, users_by_id
from storage.engine import Store
from storage.people import teams_by_id
from storage.pushes import forget_waiting, known_keys, put_pushes
from storage.working_time import calendar_of, rungs_for

KIND = "task"
BATCH = 4_000


@dataclass(frozen=True)
class Was:
    """The keys of what was waiting until now, and of what has been told: that is not told again."""

    waiting: Collection[str] = ()
    told: Collection[str] = ()


NOTHING = Was()


@dataclass(frozen=True)
class Plan:
    """What the moments of a reminder follow from, besides the task."""

    people: Mapping[int, User]
    teams: Mapping[int, Team]
    rungs: tuple[Rung, ...]
    calendar: Calendar
    known: dict[Any, list[tuple[User, list[Step]]]] = field(default_factory=dict)

    def pushes(
        self,
        task: ToTell,
        since: datetime,
        now: datetime,
        only: Collection[int] | None = None,
        was: Was = NOTHING,
    ) -> list[Push]:
        """What is to be told next of an open task, to each person that hears of it (or to some of them only)."""
        found = []
        for person, steps in self._steps(task):
            if only is None or person.id in only:
                waited = {one.level for one in steps if _key(task, one, person) in was.waiting} if was.waiting else ()
                for step in next_steps(steps, since, now, waited):
                    key = _key(task, step, person)
                    if key not in was.told:
                        to_tell = (task.id, task.customer_id, step.level, step.is_exact)
                        found.append(Push(key, KIND, person.id, step.at, *to_tell))
                        break
        return found

    def _steps(self, task: ToTell) -> list[tuple[User, list[Step]]]:
        """Who hears of a task, and when: the same for all tasks of a person that are due at the same time."""
        alike = (task.assignee_id, task.due_on, task.due_at, task.remind_at)
        if alike not in self.known:
            assignee = self.people.get(task.assignee_id)
            above = superiors(assignee, self.teams) if assignee else []
            heard = listeners(assignee, [self.people[key] for key in above if key in self.people]) if assignee else {}
            self.known[alike] = [
                (person, task_steps(task, person, roles, self.rungs, self.calendar)) for person, roles in heard.values()
            ]
        return self.known[alike]


def _key(task: ToTell, step: Step, person: User) -> str:
    due = (task.remind_at if step.level == 0 else None) or task.due_at or task.due_on
    return f"{KIND}:{task.id}:{step.level}:{due.isoformat() if due else ''}:{person.id}"


async def plan_of(session: AsyncSession) -> Plan:
    """The plan as it holds now."""
    rungs = await rungs_for(session, "overdue_task")
    return Plan(await users_by_id(session), await teams_by_id(session), rungs, await calendar_of(session))


async def plan_tasks(store: Store, now: datetime) -> int:
    """Plan every task that has changed: what waited of it is taken back, what comes next is put. How many they were."""
    planned, plan = 0, None
    while True:
        async with store.writing().begin() as session:
            tasks = await unplanned_tasks(session, BATCH)
            if not tasks:
                return planned
            waiting = await forget_waiting(session, KIND, [task.id for task in tasks])
            plan = plan or await plan_of(session)
            await put_pushes(session, await _untold(session, plan, tasks, waiting, now))
            await mark_planned(session, tasks)
        planned += len(tasks)


async def _untold(
    session: AsyncSession, plan: Plan, tasks: Sequence[ToTell], waiting: Collection[str], now: datetime
) -> list[Push]:
    """What comes next of each task; where that has been told, as before a ladder was changed, what comes after."""
    told: set[str] = set()
    while True:
        pushes = [push for task in tasks for push in _of(plan, task, now, Was(waiting, told))]
        known = await known_keys(session, [push.key for push in pushes])
        if not known:
            return pushes
        told |= known


def _of(plan: Plan, task: ToTell, now: datetime, was: Was) -> list[Push]:
    if not task.is_open or task.plan_from is None:
        return []
    return plan.pushes(task, task.plan_from, now, was=was)


async def plan_on(session: AsyncSession, told: Sequence[Push], tasks: Mapping[int, DueTask], now: datetime) -> None:
    """Whoever was told of an open task just now hears of it again as the ladder says."""
    heard = [(due.task, push.user_id) for push in told if push.kind == KIND and (due := tasks.get(push.thing_id or 0))]
    if heard:
        plan = await plan_of(session)
        await put_pushes(session, [push for task, person in heard for push in plan.pushes(task, now, now, {person})])
