"""The ledger: what is added or set is logged, a savepoint falls alone, and without commit nothing lasts."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from crm.changes import Change
from crm.customers import Customer
from crm.policy import Actor
from crm.users import User
from storage.engine import Store
from storage.ledger import Ledger, open_ledger
from storage.tables import changes


async def _enter(ledger: Ledger) -> User:
    user = User(name="李娜")
    ledger.session.add(user)
    await ledger.session.flush()
    ledger.actor = Actor(user)
    return user


async def _logged(store: Store) -> list[tuple[str, object, object]]:
    async with store.reading()() as session:
        found = await session.scalars(select(Change).order_by(changes.c.id))
        return [(change.field, change.before, change.after) for change in found]


async def test_what_is_added_and_set_is_logged_with_before_and_after(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        user = await _enter(ledger)
        customer = await ledger.add(Customer("上海华信科技有限公司", user.id, now))
        assert ledger.set(customer, tier="key", region="上海")
        await ledger.commit()
    assert await _logged(store) == [("", None, None), ("tier", "potential", "key"), ("region", "", "上海")]


async def test_a_field_that_stays_the_same_is_not_logged(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        user = await _enter(ledger)
        customer = await ledger.add(Customer("上海华信科技有限公司", user.id, now))
        assert not ledger.set(customer, name="上海华信科技有限公司")
        await ledger.commit()
    assert await _logged(store) == [("", None, None)]


async def test_a_change_says_who_when_and_which_thing(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        user = await _enter(ledger)
        customer = await ledger.add(Customer("上海华信科技有限公司", user.id, now))
        await ledger.commit()
    async with store.reading()() as session:
        change = (await session.scalars(select(Change))).one()
    assert (change.at, change.user_id, change.thing, change.thing_id) == (now, user.id, "customer", customer.id)


async def test_putting_back_is_logged_as_the_undoing(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        user = await _enter(ledger)
        customer = await ledger.add(Customer("上海华信科技有限公司", user.id, now))
        ledger.set(customer, tier="key")
        await ledger.commit()
        change = (await ledger.session.scalars(select(Change).where(changes.c.field == "tier"))).one()
        ledger.put_back(change, customer, "tier", "potential")
        await ledger.commit()
    async with store.reading()() as session:
        undoing = (await session.scalars(select(Change).where(changes.c.undoes_id.is_not(None)))).one()
        assert (await session.scalars(select(Customer))).one().tier == "potential"
    assert (undoing.undoes_id, undoing.before, undoing.after) == (change.id, "key", "potential")


async def test_a_savepoint_falls_alone(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        user = await _enter(ledger)
        await ledger.add(Customer("上海华信科技有限公司", user.id, now))
        with pytest.raises(RuntimeError, match="refused"):
            async with ledger.savepoint():
                await ledger.add(Customer("杭州华星机械有限公司", user.id, now))
                raise RuntimeError("refused")
        await ledger.add(Customer("深圳华星光学有限公司", user.id, now))
        await ledger.commit()
    async with store.reading()() as session:
        names = sorted(customer.name for customer in await session.scalars(select(Customer)))
    assert names == ["上海华信科技有限公司", "深圳华星光学有限公司"]
    assert len(await _logged(store)) == 2


async def test_a_field_set_within_a_fallen_savepoint_is_as_it_was(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        user = await _enter(ledger)
        customer = await ledger.add(Customer("上海华信科技有限公司", user.id, now))
        with pytest.raises(RuntimeError, match="refused"):
            async with ledger.savepoint():
                ledger.set(customer, tier="vip")
                await ledger.session.flush()
                raise RuntimeError("refused")
        await ledger.session.refresh(customer)
        assert customer.tier == "potential"
        await ledger.commit()
    assert await _logged(store) == [("", None, None)]


async def test_without_commit_nothing_lasts(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        user = await _enter(ledger)
        await ledger.add(Customer("上海华信科技有限公司", user.id, now))
    assert await _logged(store) == []


async def test_acting_before_anybody_is_recognised_is_a_bug(store: Store, now: datetime) -> None:
    async with open_ledger(store, now) as ledger:
        with pytest.raises(RuntimeError, match="nobody has been recognised"):
            ledger.set(User(name="李娜"), name="王磊")
