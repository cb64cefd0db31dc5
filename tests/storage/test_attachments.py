"""Attachments are found by the customer they are about, with the asker's rights, by day, person and kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from crm.attachments import Attachment
from crm.customers import Customer
from crm.policy import Actor
from crm.users import Chat, User
from crm.visits import Visit
from storage.attachments import Wanted, count_attachments, last_sent, list_attachments
from storage.engine import Store
from storage.post_tables import inbox

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Firm:
    """李娜 with two customers and a visit to the first, and 王磊 with none."""

    def __init__(self, session: Any, now: datetime) -> None:
        self.session, self.now = session, now
        self.lina, self.wang = User("李娜"), User("王磊")
        self.chat = Chat("telegram", "7")

    async def open(self) -> None:
        """Write it."""
        self.session.add_all([self.lina, self.wang, self.chat])
        await self.session.flush()
        self.first, self.second = (Customer(name, self.lina.id, self.now) for name in ("华信", "明泰"))
        self.session.add_all([self.first, self.second])
        await self.session.flush()
        self.visit = Visit(self.first.id, self.lina.id, self.now.date() - timedelta(days=3), self.now, "去了")
        self.session.add(self.visit)
        values = {"channel": "telegram", "update_id": 1, "chat": "7", "raw": {}, "received_at": self.now}
        self.inbox_id = await self.session.scalar(insert(inbox).values(**values).returning(inbox.c.id))
        await self.session.flush()

    async def add(self, name: str, **more: Any) -> Attachment:
        """An attachment that is kept, unless told otherwise."""
        told = {"state": "kept", "mime": "image/jpeg", "at": self.now, "user_id": self.lina.id, **more}
        where = {"chat_id": self.chat.id, "inbox_id": self.inbox_id, "channel": "telegram", "sent_as": "photo"}
        made = Attachment(name=name, file_id=name, **where, **told)
        self.session.add(made)
        await self.session.flush()
        return made

    async def names(self, user: User, **wanted: Any) -> list[str]:
        """The names of those that a user gets for the first customer, the newest first."""
        asked = Wanted(self.first.id, zone=SHANGHAI, **wanted)
        rows = await list_attachments(self.session, Actor(user), asked, 10, 0)
        assert (await count_attachments(self.session, Actor(user), asked))[0] == len(rows)
        return [row.attachment.name for row in rows]


@pytest.fixture
async def firm(store: Store, now: datetime) -> Any:
    """On each engine in turn."""
    async with store.writing()() as session:
        made = Firm(session, now)
        await made.open()
        yield made


async def test_by_its_visit_or_by_the_customer_told(firm: Firm) -> None:
    await firm.add("visit", visit_id=firm.visit.id, customer_id=firm.first.id)
    await firm.add("customer", customer_id=firm.first.id)
    await firm.add("nobody's")
    await firm.add("another's", customer_id=firm.second.id)
    assert await firm.names(firm.lina) == ["customer", "visit"]
    assert await firm.names(firm.lina, visit_id=firm.visit.id) == ["visit"]
    assert await firm.names(firm.wang) == []


async def test_a_visit_that_changed_its_customer_takes_its_files_along(firm: Firm) -> None:
    await firm.add("visit", visit_id=firm.visit.id, customer_id=firm.second.id)
    assert await firm.names(firm.lina) == ["visit"]
    firm.visit.customer_id = firm.second.id
    await firm.session.flush()
    assert await firm.names(firm.lina) == []


async def test_of_a_visit_that_was_undone_the_customer_told_counts(firm: Firm) -> None:
    await firm.add("visit", visit_id=firm.visit.id, customer_id=firm.first.id)
    firm.visit.withdrawn_at = firm.now
    await firm.session.flush()
    assert await firm.names(firm.lina) == ["visit"]


async def test_what_is_refused_taken_back_or_on_its_way_is_not_listed(firm: Firm) -> None:
    await firm.add("refused", customer_id=firm.first.id, state="refused")
    await firm.add("gone", customer_id=firm.first.id, withdrawn_at=firm.now)
    await firm.add("coming", customer_id=firm.first.id, state="wanted")
    assert await firm.names(firm.lina) == []
    assert await count_attachments(firm.session, Actor(firm.lina), Wanted(firm.first.id)) == (0, 1)


async def test_of_a_withdrawn_customer_there_are_none(firm: Firm) -> None:
    await firm.add("customer", customer_id=firm.first.id)
    firm.first.withdrawn_at = firm.now
    await firm.session.flush()
    assert await firm.names(firm.lina) == []


async def test_a_period_counts_by_the_day_of_the_visit_else_by_the_sender_s_day(firm: Firm) -> None:
    today = firm.now.date()
    await firm.add("visit", visit_id=firm.visit.id)
    # Half past midnight in Shanghai is still the day before in UTC.
    early = datetime(today.year, today.month, today.day, 0, 30, tzinfo=SHANGHAI)
    await firm.add("early", customer_id=firm.first.id, at=early)
    assert await firm.names(firm.lina, since=today, until=today) == ["early"]
    assert await firm.names(firm.lina, until=today - timedelta(days=1)) == ["visit"]
    assert await firm.names(firm.lina, since=today - timedelta(days=3)) == ["early", "visit"]
    assert await firm.names(firm.lina, since=date(2027, 1, 1)) == []


async def test_by_person_and_by_kind(firm: Firm) -> None:
    await firm.add("photo", customer_id=firm.first.id)
    await firm.add("paper", customer_id=firm.first.id, mime="application/pdf", user_id=firm.wang.id)
    assert await firm.names(firm.lina, is_picture=True) == ["photo"]
    assert await firm.names(firm.lina, user_id=firm.wang.id) == ["paper"]


async def test_what_was_sent_last_is_of_one_message_and_not_too_old(firm: Firm) -> None:
    await firm.add("old", at=firm.now - timedelta(days=2))
    assert await last_sent(firm.session, firm.chat.id, firm.lina.id, firm.now - timedelta(days=1)) == []
    await firm.add("new")
    sent = await last_sent(firm.session, firm.chat.id, firm.lina.id, firm.now - timedelta(days=1))
    assert [each.name for each in sent] == ["old", "new"]
    assert await last_sent(firm.session, firm.chat.id, firm.wang.id, firm.now - timedelta(days=1)) == []
