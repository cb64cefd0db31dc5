"""A new customer is made once, however many make it at the same moment."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import text

from crm.errors import NotAllowed
from crm.policy import Actor
from crm.users import Chat, User
from handlers.new_customer import create_customer
from handlers.turn import Turn
from storage.engine import Store
from storage.ledger import Ledger, open_ledger
from storage.people import actor_by_identity
from talk.incoming import Incoming


async def _turn(ledger: Ledger, address: str, now: datetime) -> Turn:
    actor = await actor_by_identity(ledger.session, "telegram", address) or Actor(User("nobody"))
    ledger.actor = actor
    incoming = Incoming(id=0, channel="telegram", chat=address, speaker=address, at=now)
    return Turn(ledger, incoming, Chat("telegram", address), actor, "")


async def _create(store: Store, address: str, now: datetime, name: str) -> None:
    async with open_ledger(store, now) as ledger:
        await create_customer(await _turn(ledger, address, now), name)
        await ledger.commit()


async def test_two_who_create_one_customer_at_once_make_one(demo_store: Store, now: datetime) -> None:
    async with open_ledger(demo_store, now) as ledger:
        await create_customer(await _turn(ledger, "101", now), "青禾机电有限公司")
        other = asyncio.create_task(_create(demo_store, "104", now, " 青禾机电有限公司 "))
        done, _ = await asyncio.wait([other], timeout=0.3)
        assert not done
        await ledger.commit()
    with pytest.raises(NotAllowed) as refused:
        await other
    assert refused.value.facts == {"customer": "青禾机电有限公司", "owner": "李娜"}
    async with demo_store.reading()() as session:
        assert await session.scalar(text("SELECT count(*) FROM customers WHERE name LIKE '青禾%'")) == 1


async def test_customers_of_two_names_are_created_side_by_side_where_the_engine_can(
    demo_store: Store, now: datetime
) -> None:
    async with open_ledger(demo_store, now) as ledger:
        await create_customer(await _turn(ledger, "101", now), "青禾机电有限公司")
        if not demo_store.is_sqlite:
            await asyncio.wait_for(_create(demo_store, "104", now, "白塘机电有限公司"), timeout=5)
        await ledger.commit()
    async with demo_store.reading()() as session:
        assert await session.scalar(text("SELECT count(*) FROM customers WHERE name LIKE '%机电有限公司'")) >= 1
