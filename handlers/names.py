"""The names that understanding recognises, and the working days that it counts, kept level with the records: loaded
once, then after the change log.
"""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from crm.competitors import SHIPPED
from crm.tasks import Task
from crm.users import User
from crm.write_policies import WritePolicies
from nlu.known import KnownContact, KnownCustomer, KnownDeal, KnownStage, KnownTask, KnownUser
from nlu.names import Names
from storage.bulk import in_batches
from storage.changes import things_changed_since
from storage.deals import all_stages
from storage.names import (
    NamedCustomer,
    all_named_customers,
    customers_of_things,
    named_customers,
    named_tasks,
    named_users,
    newest_change,
)
from storage.working_time import calendar_of
from storage.write_policies import write_policies

_ABOUT_CUSTOMERS = ("customer", "short_name", "contact", "deal")
_WATCHED = (*_ABOUT_CUSTOMERS, "task", "user", "write_policy", "calendar_day")
# What a name is made of: "" is the creation; sums, dates and facts change no name.
_MADE_OF = ("", "name", "title", "text", "short_names", "closed_at", "owner_id", "assignee_id", "customer_id", "due_on")
_OF_POLICIES = ("policy", "limit_percent")
_OF_STATES = ("state", "is_active", "day", "is_working", "withdrawn_at", "erased")
_FIELDS = (*_MADE_OF, *_OF_POLICIES, *_OF_STATES, "learnt_by_id", "role")
# A change that commits late may have a lower id than one already seen: so many are looked at again.
OVERLAP = 64
AT_ONCE = 100


class LiveNames:
    """Names of one database, with its working days, and its write policies. `refresh` is asked before each message;
    with nothing new it costs one statement.
    """

    def __init__(self) -> None:
        self.names = Names(competitors=SHIPPED)
        self.policies = WritePolicies()
        self._seen: int | None = None
        self._recent: set[int] = set()
        self._turn = asyncio.Lock()

    async def refresh(self, session: AsyncSession) -> Names:
        """The names as the records stand now, whoever changed them."""
        async with self._turn:
            if self._seen is None:
                await self._load(session)
            else:
                await self._catch_up(session, self._seen)
        return self.names

    async def _catch_up(self, session: AsyncSession, seen: int) -> None:
        since = await things_changed_since(session, seen - OVERLAP, _WATCHED, _FIELDS)
        new = [row for row in since if row[0] not in self._recent]
        if new:
            await self._follow(session, [(thing, key) for _, thing, key in new])
            self._seen = max(seen, since[-1][0])
            self._recent = {row[0] for row in since if row[0] > self._seen - OVERLAP}

    async def _load(self, session: AsyncSession) -> None:
        newest = await newest_change(session)
        before = await things_changed_since(session, newest - OVERLAP, _WATCHED, _FIELDS)
        stages = {stage.key: stage.name("zh") for stage in await all_stages(session)}
        self.names.stages = tuple(KnownStage(key, name) for key, name in stages.items())
        self.policies = await write_policies(session)
        self.names.calendar = await calendar_of(session)
        await self._put_users(session)
        async for some in all_named_customers(session):
            self.names.put_customers(map(_known_customer, some))
        self.names.settle()
        for task in await named_tasks(session):
            self.names.put_task(_known_task(task))
        # Last, so that a load that failed is tried again.
        self._seen, self._recent = newest, {row[0] for row in before}

    async def _put_users(self, session: AsyncSession) -> None:
        active = {user.id: user for user in await named_users(session)}
        for key in set(self.names.users) - set(active):
            self.names.drop_user(key)
        for user in active.values():
            self.names.put_user(_known_user(user))

    async def _follow(self, session: AsyncSession, things: list[tuple[str, int]]) -> None:
        if any(thing == "write_policy" for thing, _ in things):
            self.policies = await write_policies(session)
        if any(thing == "calendar_day" for thing, _ in things):
            self.names.calendar = await calendar_of(session)
        if any(thing == "user" for thing, _ in things):
            await self._put_users(session)
        tasks = {key for thing, key in things if thing == "task"}
        if tasks:
            for key in tasks:
                self.names.drop_task(key)
            for task in await named_tasks(session, tasks):
                self.names.put_task(_known_task(task))
        keys = await customers_of_things(session, [row for row in things if row[0] in _ABOUT_CUSTOMERS])
        for some in in_batches(sorted(keys)):
            for key in some:
                self.names.drop_customer(key)
            for number, customer in enumerate(await named_customers(session, some), 1):
                self.names.put_customer(_known_customer(customer))
                if number % AT_ONCE == 0:  # of an import they are very many: others have their turn
                    await asyncio.sleep(0)


def _known_customer(named: NamedCustomer) -> KnownCustomer:
    return KnownCustomer(
        named.id,
        named.name,
        tuple([text for text, learnt_by, _ in named.short_names if learnt_by is None]),
        tuple([KnownContact(*contact) for contact in named.contacts]),
        tuple([KnownDeal(*deal) for deal in named.deals]),
        named.owner_id,
        tuple([(text, learnt_by) for text, learnt_by, settles in named.short_names if learnt_by or settles]),
    )


def _known_user(user: User) -> KnownUser:
    return KnownUser(user.id, user.name, tuple(user.short_names), user.role)


def _known_task(task: Task) -> KnownTask:
    return KnownTask(task.id, task.title, task.assignee_id, task.customer_id, task.due_on)
