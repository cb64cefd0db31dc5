"""A telephone number is the same however it is written."""

from __future__ import annotations

from importlib import import_module

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Contact, Customer
from storage.duplicates import same_number
from storage.engine import Store
from tests.plans import plan_of


async def _call(session: AsyncSession, phone: str) -> None:
    customer = await session.get_one(Customer, 5)
    customer.phone = phone
    await session.flush()


@pytest.mark.parametrize(
    "said", ["0755-26668888", "(0755)26668888", "+86 755 2666 8888", "86-755-26668888", "26668888"]
)
@pytest.mark.parametrize("kept", ["0755-26668888", "+86 (755) 2666.8888", "075526668888"])
async def test_a_number_is_found_however_it_is_written(demo_store: Store, said: str, kept: str) -> None:
    async with demo_store.writing()() as session:
        await _call(session, kept)
        assert await same_number(session, said, "") == [5]


@pytest.mark.parametrize("said", ["", "12345", "%%%%%%%%", "0755-26668889", "_______"])
async def test_a_part_of_a_number_and_signs_find_nothing(demo_store: Store, said: str) -> None:
    async with demo_store.writing()() as session:
        await _call(session, "0755-26668888")
        assert await same_number(session, said, "") == []


async def test_the_number_of_whoever_left_or_of_a_customer_taken_back_finds_nothing(demo_store: Store) -> None:
    async with demo_store.writing()() as session:
        contact = await session.get_one(Contact, 1)
        contact.phone = "138-8888-0001"
        await session.flush()
        found = await same_number(session, "13888880001", "")
        assert len(found) == 1
        await session.execute(text("UPDATE contacts SET left_on = '2026-11-01' WHERE id = 1"))
        assert await same_number(session, "13888880001", "") == []


async def test_what_was_kept_before_is_found_once_the_columns_are_there(demo_store: Store) -> None:
    async with demo_store.writing()() as session:
        await session.execute(text("UPDATE customers SET phone = '0755-26668888', tax_id = '9133 0100ma' WHERE id = 5"))
        connection = await session.connection()
        await connection.run_sync(_fill_anew)
        assert await same_number(session, "26668888", "") == [5]
        assert await same_number(session, "", "91330100MA") == [5]


def _fill_anew(connection: Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        import_module("storage.migrations.versions.2026_11_30_number_keys").fill_keys()


async def test_a_number_is_looked_up_in_an_index(demo_store: Store) -> None:
    async with demo_store.writing()() as session:
        plan = await plan_of(session, same_number(session, "0755-26668888", "91330100MA"))
        for index in ("ix_customers_phone_key", "ix_contacts_phone_key", "ix_customers_tax_key"):
            assert index in plan, plan
