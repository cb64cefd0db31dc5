"""Fixtures of the storage tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from crm.customers import Collaborator, Customer
from crm.policy import Actor
from crm.users import User
from storage.deals import pipeline_by_key, stages_of
from storage.engine import Store
from storage.pipelines import ship_pipelines
from tests.storage.firm import DAY, NOW, Firm


@pytest.fixture
async def firm(store: Store) -> AsyncIterator[Firm]:
    async with store.writing()() as session:
        await ship_pipelines(session)
        people = {name: User(name) for name in ("rep", "mate", "boss", "other")}
        session.add_all(people.values())
        await session.flush()
        customers = {
            name: Customer(f"{name}公司", person.id, NOW - 90 * DAY)
            for name, person in people.items()
            if name != "boss"
        }
        customers["shared"] = Customer("共享公司", people["other"].id, NOW - 90 * DAY)
        customers["gone"] = Customer("撤销公司", people["rep"].id, NOW - 90 * DAY, withdrawn_at=NOW)
        session.add_all(customers.values())
        await session.flush()
        session.add(Collaborator(customers["shared"].id, people["rep"].id))
        pipeline = await pipeline_by_key(session, "standard")
        stages = {stage.key: stage for stage in await stages_of(session, pipeline.id)}
        actors = {name: Actor(person) for name, person in people.items()}
        boss = Actor(people["boss"], frozenset({people["rep"].id, people["mate"].id}))
        yield Firm(session, actors["rep"], actors["mate"], boss, actors["other"], customers, stages)
