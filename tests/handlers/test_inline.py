"""What is typed behind our name, at the desk: twenty at a time, each customer once, and nothing of others'."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from crm.customers import Customer
from storage.engine import Store
from storage.people_tables import users
from storage.post_tables import outbox
from talk.message import Outgoing
from tests.fakes import Clock, Office


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


async def _typed(office: Office, name: str, typed: str, offset: str = "") -> tuple[list[str], str]:
    """The titles that somebody is shown, and where more begins."""
    await office.say(name, typed, kind="inline", tap="query", offset=offset)
    async with office.store.reading()() as session:
        body = await session.scalar(select(outbox.c.body).order_by(outbox.c.id.desc()).limit(1))
    offered = Outgoing.from_json(body or {})
    assert offered.do == "offer"
    return [one.title for one in offered.suggestions], offered.more


async def _all(office: Office, name: str, typed: str) -> list[list[str]]:
    pages: list[list[str]] = []
    offset = ""
    while not pages or offset:
        titles, offset = await _typed(office, name, typed, offset)
        pages.append(titles)
    return pages


async def _give(office: Office, name: str, count: int) -> None:
    async with office.store.writing().begin() as session:
        key = int(await session.scalar(select(users.c.id).where(users.c.name == name)) or 0)
        session.add_all(Customer(f"蓝鲸{number:02}号仓库", key, office.clock.now) for number in range(count))


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (20, [20]), (21, [20, 1]), (45, [20, 20, 5])])
async def test_the_pages_show_every_customer_once(office: Office, count: int, sizes: list[int]) -> None:
    await _give(office, "李娜", count)
    pages = await _all(office, "李娜", "蓝鲸")
    assert [len(each) for each in pages] == sizes
    assert sorted(title for each in pages for title in each) == [f"蓝鲸{number:02}号仓库" for number in range(count)]


async def test_without_letters_the_last_visited_come_page_by_page(office: Office) -> None:
    pages = await _all(office, "李娜", "")
    titles = [title for each in pages for title in each]
    assert len(titles) == len(set(titles))
    assert all(len(each) <= 20 for each in pages)


@pytest.mark.parametrize("offset", ["x", "-20", "9" * 40, "²", "20; DROP TABLE customers"])
async def test_an_offset_that_we_never_gave_begins_at_the_first(office: Office, offset: str) -> None:
    await _give(office, "李娜", 21)
    assert await _typed(office, "李娜", "蓝鲸", offset) == await _typed(office, "李娜", "蓝鲸")


async def test_a_page_further_on_shows_others_nothing(office: Office) -> None:
    await _give(office, "李娜", 45)
    for name in ("王磊", "路人"):
        assert await _typed(office, name, "蓝鲸", "20") == ([], "")
