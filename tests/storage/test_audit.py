"""The chain over the change log: whatever is changed of it afterwards shows, and where."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from crm.customers import Customer
from crm.policy import Actor
from crm.users import User
from storage.audit import Chain, seal_changes, verify_changes
from storage.engine import Store
from storage.ledger import open_ledger


async def _write(store: Store, now: datetime, name: str, *tiers: str) -> None:
    async with open_ledger(store, now) as ledger:
        user = User(name=f"user of {name}")
        ledger.session.add(user)
        await ledger.session.flush()
        ledger.actor = Actor(user)
        customer = await ledger.add(Customer(name, user.id, now))
        for tier in tiers:
            ledger.set(customer, tier=tier)
        await ledger.commit()


async def _run(store: Store, statement: str) -> None:
    async with store.write.begin() as connection:
        await connection.execute(text(statement))


async def _chain(store: Store, known: str = "") -> Chain:
    async with store.reading()() as session:
        return await verify_changes(session, known)


@pytest.fixture
async def sealed(store: Store, now: datetime) -> Store:
    await _write(store, now, "华信", "key", "vip")
    await seal_changes(store, now)
    await _write(store, now, "明泰", "key")
    await seal_changes(store, now)
    return store


async def test_what_was_written_is_whole_and_what_is_new_waits(sealed: Store, now: datetime) -> None:
    chain = await _chain(sealed)
    assert (chain.sealed, chain.waiting, chain.is_whole) == (5, 0, True)
    await _write(sealed, now, "东方")
    assert (await _chain(sealed)).waiting == 1
    await seal_changes(sealed, now)
    longer = await _chain(sealed, known=chain.head)
    assert (longer.sealed, longer.waiting, longer.is_whole) == (6, 0, True)
    assert longer.head != chain.head


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET after = '\"target\"' WHERE id = 3",
        "UPDATE changes SET user_id = 1 WHERE id = 4",
        "UPDATE changes SET thing_id = 9 WHERE id = 2",
        "UPDATE changes SET field = 'region' WHERE id = 5",
    ],
)
async def test_a_row_that_is_changed_shows(sealed: Store, statement: str) -> None:
    await _run(sealed, statement)
    chain = await _chain(sealed)
    assert (chain.is_whole, str(chain.broken)) == (False, statement[-1])


async def test_a_row_that_is_taken_out_shows_by_its_place(sealed: Store) -> None:
    await _run(sealed, "DELETE FROM changes WHERE id = 2")
    chain = await _chain(sealed)
    assert (chain.is_whole, chain.missing, chain.sealed) == (False, 2, 1)


async def test_a_chain_that_was_sealed_anew_or_cut_lacks_the_seal_that_was_noted(sealed: Store, now: datetime) -> None:
    head = (await _chain(sealed)).head
    await _run(sealed, "UPDATE changes SET after = '\"target\"', place = NULL WHERE id = 5")
    assert (await _chain(sealed)).is_whole
    assert not (await _chain(sealed, known=head)).is_whole
    await seal_changes(sealed, now)
    assert (await _chain(sealed)).is_whole
    assert not (await _chain(sealed, known=head)).is_whole
