"""A firm of four with three customers, small enough to be known whole: what the state machine of the desk plays in."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Collaborator, Contact, Customer, ShortName
from crm.deals import Deal, DealFact
from crm.pipelines import Pipeline, Stage
from crm.users import Chat, Identity, Team, User
from storage.deal_tables import pipelines, stages
from storage.engine import open_store
from storage.pipelines import prepare

BEGIN = datetime(2026, 11, 18, 10, 0, tzinfo=timezone(timedelta(hours=8)))  # a Wednesday in Shanghai
PEOPLE = {"李娜": "rep", "王磊": "rep", "周岚": "manager", "何远征": "admin"}
# Two customers share a short name; one of them is shared between the reps.
CUSTOMERS = {
    "上海华信科技有限公司": ("李娜", ("华信",), "王建国", "ERP二期"),
    "深圳华星光学技术有限公司": ("李娜", ("深圳华星", "华星"), "陈志明", "MES一期"),
    "杭州华星机械有限公司": ("王磊", ("杭州华星", "华星"), "赵敏", "仓储WMS"),
}
SHARED = {"杭州华星机械有限公司": "李娜"}
AMOUNTS = {"ERP二期": 75_0000_00, "MES一期": 30_0000_00, "仓储WMS": None}
STATED = ("needs_known", "decision_maker_known", "quote_sent")  # so that a deal may move as people say


async def found(path: Path) -> None:
    """Write the firm into a new SQLite file."""
    store = open_store(f"sqlite:///{path}")
    try:
        await prepare(store)
        async with store.writing()() as session:
            await _write(session)
            await session.commit()
    finally:
        await store.close()


def copied(template: Path, to: Path) -> str:
    """The URL of a copy of a firm."""
    shutil.copy(template, to)
    return f"sqlite:///{to}"


async def _write(session: AsyncSession) -> None:
    users = await _hire(session)
    first = await session.scalar(
        select(Stage)
        .join(Pipeline, pipelines.c.id == stages.c.pipeline_id)
        .where(pipelines.c.key == "standard", stages.c.key == "contact")
    )
    assert first is not None
    for name, (owner, called, person, deal) in CUSTOMERS.items():
        customer = Customer(name, users[owner].id, BEGIN)
        session.add(customer)
        await session.flush()
        session.add_all(ShortName(customer.id, text) for text in called)
        session.add(Contact(customer.id, person, role="decision_maker"))
        if name in SHARED:
            session.add(Collaborator(customer.id, users[SHARED[name]].id))
        record = Deal(
            customer.id, deal, first.pipeline_id, first.id, users[owner].id, BEGIN, amount_minor=AMOUNTS[deal]
        )
        session.add(record)
        await session.flush()
        session.add_all(DealFact(record.id, key, BEGIN, users[owner].id) for key in STATED)


async def _hire(session: AsyncSession) -> dict[str, User]:
    team = Team("销售一组")
    session.add(team)
    await session.flush()
    users = {name: User(name, role, team.id if role == "rep" else None) for name, role in PEOPLE.items()}
    session.add_all(users.values())
    await session.flush()
    team.manager_id = users["周岚"].id
    for number, user in enumerate(users.values(), 101):
        session.add_all([Identity(user.id, "telegram", str(number)), Chat("telegram", str(number))])
    await session.flush()
    return users
