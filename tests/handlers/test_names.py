"""What understanding knows follows the records, whoever changed them."""

from __future__ import annotations

from datetime import date, datetime

from crm.policy import Actor
from crm.users import User
from handlers.names import LiveNames
from storage.engine import Store
from storage.ledger import open_ledger
from storage.working_time import leave_day, settle_day

DAY = date(2026, 12, 7)


async def test_working_days_follow_what_was_settled_elsewhere_and_are_read_only_then(
    store: Store, now: datetime
) -> None:
    live = LiveNames()
    async with store.reading()() as session:
        published = (await live.refresh(session)).calendar
        assert (await live.refresh(session)).calendar is published
    assert published.is_working_day(DAY)
    async with open_ledger(store, now) as ledger:
        admin = User("钱进", "admin")
        ledger.session.add(admin)
        await ledger.session.flush()
        ledger.actor = Actor(admin)
        await settle_day(ledger, DAY, is_working=False, name="盘点")
        await ledger.commit()
    async with store.reading()() as session:
        settled = (await live.refresh(session)).calendar
        assert (await live.refresh(session)).calendar is settled
        assert (await LiveNames().refresh(session)).calendar == settled
    assert not settled.is_working_day(DAY)
    async with open_ledger(store, now) as ledger:
        ledger.actor = Actor(admin)
        await leave_day(ledger, DAY)
        await ledger.commit()
    async with store.reading()() as session:
        assert (await live.refresh(session)).calendar.is_working_day(DAY)
