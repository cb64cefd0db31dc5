"""What the rights cost: whose a customer is goes by an index, whatever else a leader sees it by."""

from __future__ import annotations

from sqlalchemy import select

from crm.users import User
from storage.engine import Store
from storage.lists.customers import CustomersWanted, count_customers
from storage.people import actor_for
from storage.people_tables import users
from tests.plans import plan_of


async def test_a_leader_s_customers_are_looked_up_by_their_owners(demo_store: Store) -> None:
    async with demo_store.reading()() as session:
        leader = await session.scalar(select(User).where(users.c.role == "manager").limit(1))
        assert leader is not None
        actor = await actor_for(session, leader)
        assert actor.below
        plan = await plan_of(session, count_customers(session, actor, CustomersWanted()))
    assert "ix_customers_owner_id" in plan, plan
