"""Questions that nobody answered."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.demo.fill import fill
from jobs.expire_questions import expire_questions
from storage.engine import Store
from storage.post_tables import cards
from tests.fakes import Clock, Office


@pytest.fixture
async def office(store: Store, now: datetime) -> Office:
    await fill(store, now)
    return Office(store, Clock(now))


async def _states(store: Store) -> list[str]:
    async with store.reading()() as session:
        return list(await session.scalars(select(cards.c.state).order_by(cards.c.id)))


async def test_a_question_is_asked_for_a_day_and_no_longer(office: Office) -> None:
    await office.say("李娜", "华星那边签了")
    office.clock.forward(hours=23)
    await expire_questions(office.store, office.clock())
    assert await _states(office.store) == ["open"]
    office.clock.forward(hours=2)
    await expire_questions(office.store, office.clock())
    await expire_questions(office.store, office.clock())
    assert await _states(office.store) == ["expired"]
    assert "过期" in (await office.tap("李娜", "深圳华星"))[0].text
