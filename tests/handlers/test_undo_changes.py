"""Undo, where the records have gone on without the one who undoes."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from storage.engine import Store
from tests.fakes import Clock, Office

STAGE = "SELECT s.key FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.name = 'ERP二期'"


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _tell(office: Office, statement: str) -> None:
    async with office.store.write.begin() as connection:
        await connection.execute(text(statement))


async def test_what_was_handed_over_since_is_left_alone(office: Office) -> None:
    await office.say("李娜", "华信ERP二期推进到商务谈判")
    await _tell(
        office,
        "UPDATE customers SET owner_id = (SELECT id FROM users WHERE name = '王磊') WHERE name LIKE '上海华信%'",
    )
    seen = await office.tap("李娜", "撤销")
    assert "没有撤" in "".join(one.text for one in seen)
    async with office.store.reading()() as session:
        assert await session.scalar(text(STAGE)) == "negotiation"
        assert await session.scalar(text("SELECT count(*) FROM stage_changes WHERE withdrawn_at IS NOT NULL")) == 0


async def test_an_undo_leaves_a_trail_that_names_what_it_undid(office: Office) -> None:
    await office.say("李娜", "华信ERP二期推进到商务谈判")
    await office.tap("李娜", "撤销")
    async with office.store.reading()() as session:
        rows = (await session.execute(text("SELECT id, undoes_id, field FROM changes ORDER BY id"))).all()
    written = {row.id for row in rows if row.undoes_id is None}
    assert written == {row.undoes_id for row in rows if row.undoes_id is not None}
