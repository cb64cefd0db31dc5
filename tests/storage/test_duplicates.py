"""A telephone number is the same however it is written."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.duplicates import same_number
from storage.engine import Store


@pytest.mark.parametrize(
    "said", ["0755-26668888", "(0755)26668888", "+86 755 2666 8888", "86-755-26668888", "26668888"]
)
@pytest.mark.parametrize("kept", ["0755-26668888", "+86 (755) 2666.8888", "075526668888"])
async def test_a_number_is_found_however_it_is_written(demo_store: Store, said: str, kept: str) -> None:
    async with demo_store.writing()() as session:
        await session.execute(text("UPDATE customers SET phone = :kept WHERE id = 5"), {"kept": kept})
        assert await same_number(session, said, "") == [5]


@pytest.mark.parametrize("said", ["", "12345", "%%%%%%%%", "0755-26668889", "_______"])
async def test_a_part_of_a_number_and_signs_find_nothing(demo_store: Store, said: str) -> None:
    async with demo_store.writing()() as session:
        await session.execute(text("UPDATE customers SET phone = '0755-26668888' WHERE id = 5"))
        assert await same_number(session, said, "") == []


async def test_the_number_of_whoever_left_or_of_a_customer_taken_back_finds_nothing(demo_store: Store) -> None:
    async with demo_store.writing()() as session:
        await session.execute(text("UPDATE contacts SET phone = '138-8888-0001' WHERE id = 1"))
        found = await same_number(session, "13888880001", "")
        assert len(found) == 1
        await session.execute(text("UPDATE contacts SET left_on = '2026-11-01' WHERE id = 1"))
        assert await same_number(session, "13888880001", "") == []
