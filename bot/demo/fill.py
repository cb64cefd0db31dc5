"""Filling an empty database with the demo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo.company import DemoPeople, demo_people, hire
from bot.demo.customers import win_accounts
from bot.demo.data import Days, load
from bot.demo.groups import bind_groups
from bot.demo.history import Setting, write_deals
from bot.demo.plans import plans
from crm.pipelines import Pipeline, Stage
from crm.tasks import Task
from crm.users import User, superiors
from storage.deal_tables import pipelines, stages
from storage.engine import Store
from storage.people import teams_by_id
from storage.people_tables import users
from storage.pipelines import ship_pipelines
from storage.tables import customers


class HoldsRecords(Exception):
    """The database holds records that the demo would be mixed with."""


async def fill(store: Store, now: datetime, *, channel: str = "telegram") -> DemoPeople:
    """Write the demo into a migrated database, all of it relative to `now`. Raises HoldsRecords unless it is empty."""
    draw = Random(7)
    days = Days(now)
    async with store.writing()() as session:
        await _refuse_records(session)
        await ship_pipelines(session)
        staff = await hire(session, channel)
        accounts = await win_accounts(session, staff, days, draw)
        setting = Setting(days, await _stages(session), await _superiors(session, staff), draw)
        await write_deals(session, list(plans(accounts, draw)), setting)
        await bind_groups(session, staff, days)
        session.add_all(_errands(staff, days))
        await session.commit()
    return demo_people()


async def _refuse_records(session: AsyncSession) -> None:
    for table in (users, customers):
        if await session.scalar(select(table.c.id).limit(1)) is not None:
            raise HoldsRecords(table.name)


async def _stages(session: AsyncSession) -> dict[tuple[str, str], Stage]:
    found = select(Pipeline, Stage).join(Stage, stages.c.pipeline_id == pipelines.c.id)
    return {(pipeline.key, stage.key): stage for pipeline, stage in await session.execute(found)}


async def _superiors(session: AsyncSession, staff: Mapping[str, User]) -> dict[int, int]:
    teams = await teams_by_id(session)
    return {user.id: next(iter(superiors(user, teams)), user.id) for user in staff.values()}


def _errands(staff: Mapping[str, User], days: Days) -> list[Task]:
    return [
        Task(title, staff[who].id, staff[giver].id, days.past(6), days.ahead(due))
        for title, who, giver, due in load("deals")["errands"]
    ]
