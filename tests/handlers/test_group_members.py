"""Members of groups: what they see by one, and when that ends."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from storage import chats
from storage.engine import Store
from tests.fakes import Clock, Office
from tests.handlers.groups import ROOM, bound, held, here, said

SEEN_BY = """
    SELECT count(*) FROM collaborators c JOIN users u ON u.id = c.user_id
    WHERE c.chat_id IN (SELECT id FROM chats WHERE address = '-2001') AND c.withdrawn_at IS NULL AND u.name = '李阳'
"""


@pytest.fixture
async def office(demo_store: Store, now: datetime) -> Office:
    made = Office(demo_store, Clock(now.replace(hour=16)))
    made.messenger.members = {ROOM: {await made.address_of(name) for name in ("李娜", "周岚", "林晓", "李阳")}}
    return made


async def test_somebody_switched_off_sees_nothing_by_the_group_any_more(office: Office) -> None:
    await bound(office)
    await here(office, "李阳", "/status")
    assert await held(office, SEEN_BY) == [(1,)]
    await office.say("钱进", "停用李阳")
    await office.tap("钱进", "停用李阳")
    assert await held(office, SEEN_BY) == [(0,)]


async def test_unbinding_ends_what_members_saw(office: Office) -> None:
    await bound(office)
    await here(office, "李阳", "/status")
    assert "ERP二期" in said(await office.say("李阳", "华信"), "102")
    await here(office, "李娜", "解绑")
    assert "ERP" not in said(await office.say("李阳", "华信"), "102")


async def test_a_group_told_that_it_moved_twice_stays_bound_once(office: Office) -> None:
    await bound(office)
    for _ in range(2):
        async with office.store.writing().begin() as session:
            await chats.move(session, "telegram", ROOM, "-100200")
    rows = await held(office, "SELECT address, is_shared FROM chats WHERE deal_id IS NOT NULL AND address <> '-1001'")
    assert [(address, bool(shared)) for address, shared in rows] == [("-100200", True)]


async def test_members_are_told_of_the_bot_s_rights_once_they_change(office: Office) -> None:
    await bound(office)
    seen = await here(office, "李娜", "", kind="added", is_administrator=True)
    assert "马上知道" in said(seen, ROOM)
    assert await here(office, "李娜", "", kind="added", is_administrator=True) == []
    office.messenger.members = {}
    assert "ERP二期" in said(await here(office, "李阳", "/status"), ROOM)


async def test_in_english_too(office: Office) -> None:
    await here(office, "李娜", "/bind 华信 ERP二期")
    assert "looked after by 李娜" in said(await here(office, "Emma Chen", "what's the status?"), ROOM)
    assert "bound already" in said(await here(office, "Emma Chen", "bind this group to Larkspur CRM rollout"), ROOM)
    await here(office, "李娜", "/unbind")
    seen = await here(office, "Emma Chen", "bind this group to Larkspur CRM rollout")
    assert "is bound to Larkspur" in said(seen, ROOM)


async def test_a_messenger_that_does_not_answer_cannot_tell(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await bound(office)
    assert "ERP二期" in said(await here(office, "李阳", "/status"), ROOM)

    async def never(chat: str, person: str) -> bool:
        await asyncio.sleep(60)
        return True

    monkeypatch.setattr(office.messenger, "is_member", never)
    monkeypatch.setattr("handlers.groups.membership.SECONDS", 0.01)
    assert "ERP" not in said(await office.say("李阳", "华信"), "102")
    assert "ERP" not in said(await here(office, "李阳", "/status"), ROOM)


async def test_the_owner_is_nobody_whose_right_has_to_be_asked_for(office: Office) -> None:
    await bound(office)
    office.messenger.members = {}
    assert "ERP二期" in said(await here(office, "李娜", "/status"), ROOM)


async def test_a_group_that_was_left_unheard_of_by_the_bot_tells_nobody_anything(office: Office) -> None:
    await here(office, "李娜", "", kind="added", is_administrator=True)
    await bound(office)
    await here(office, "李阳", "/status")
    async with office.store.writing().begin() as session:
        await chats.switch_off(session, "telegram", ROOM)  # as a failed send does
    office.messenger.members = {}
    assert "ERP" not in said(await office.say("李阳", "华信"), "102")
