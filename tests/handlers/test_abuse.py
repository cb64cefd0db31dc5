"""What bad input gets, where no test of the thing itself says it: words, and nothing changed or revealed."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from jobs.timetable import TIMETABLE
from storage.engine import Store
from talk.incoming import IncomingContact
from tests.fakes import Clock, Office, Seen

ROOM = "-2001"
ADMIN = "钱进"
CHANGES = "SELECT count(*) FROM changes"
GIVEN_AWAY = (
    "UPDATE customers SET owner_id = (SELECT id FROM users WHERE name = '王磊') WHERE name LIKE '上海华信%'",
    "UPDATE deals SET owner_id = (SELECT id FROM users WHERE name = '王磊') WHERE name = 'ERP二期'",
    "UPDATE collaborators SET withdrawn_at = CURRENT_TIMESTAMP WHERE withdrawn_at IS NULL",
)
# What its new owner has written since, which its former one shall not read.
SECRETS = (
    "UPDATE deals SET name = '机密一', amount_minor = 12345600 WHERE name = 'ERP二期'",
    "UPDATE contacts SET name = '机密二', phone = '19912345678' WHERE name = '王建国'",
    "UPDATE customers SET phone = '02112345678' WHERE name LIKE '上海华信%'",
)
# What 李娜 says at 华信, and the buttons that she taps, one after the other: the last of them when it is hers no more.
SHOWN_BEFORE = {
    "undo": ("华信ERP二期金额改成80万", ["撤销"]),
    "redo": ("华信ERP二期金额改成80万", ["撤销", "恢复"]),
    "fields": ("华信ERP二期金额改成80万", ["改"]),
    "field": ("华信ERP二期金额改成80万", ["改", "金额"]),
    "customer": ("华信ERP二期金额改成80万", ["看客户"]),
    "field with choices": ("华信ERP二期金额改成80万", ["改", "商机"]),
    "answer": ("华信ERP二期推进到赢单", ["确认"]),
    "look": ("华信", ["联系人"]),
    "contact": ("华信的联系人有哪些", ["王建国"]),
    "deal": ("华信的商机", ["ERP二期"]),
}


@pytest.fixture
async def office(demo_store: Store, now: datetime) -> Office:
    made = Office(demo_store, Clock(now.replace(hour=16)))
    made.messenger.members = {ROOM: {await made.address_of(name) for name in ("李娜", "李阳")}}
    return made


async def _rows(office: Office, sql: str) -> list[tuple[Any, ...]]:
    async with office.store.reading()() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


async def _tell(office: Office, *statements: str) -> None:
    async with office.store.write.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


def _said(seen: list[Seen], chat: str = "") -> str:
    return "\n".join(one.text for one in seen if chat in ("", one.chat))


@pytest.mark.parametrize("shown", SHOWN_BEFORE)
async def test_a_button_from_before_a_change_of_rights_writes_nothing_and_shows_nothing_new(
    office: Office, shown: str
) -> None:
    said, labels = SHOWN_BEFORE[shown]
    await office.say("李娜", said)
    for label in labels[:-1]:
        await office.tap("李娜", label)
    await _tell(office, *GIVEN_AWAY, *SECRETS)
    before = await _rows(office, CHANGES)
    seen = await office.tap("李娜", labels[-1])
    seen += await office.say("李娜", "90万")
    assert _said(seen), "an answer in words"
    assert await _rows(office, CHANGES) == before
    assert not [secret for secret in ("机密", "123,456", "1991234", "0211234") if secret in str(seen)]


async def test_a_card_of_what_is_somebody_else_s_now_is_not_mended(office: Office) -> None:
    await office.say("李娜", "华信ERP二期金额改成80万")
    await _tell(office, *GIVEN_AWAY)
    before = await _rows(office, CHANGES)
    await office.reply("李娜", "不是80万是90万", "80")
    await office.edit("李娜", "华信ERP二期金额改成95万")
    assert await _rows(office, CHANGES) == before


@pytest.mark.parametrize("where", ["101", ROOM])
async def test_a_forwarded_contact_becomes_nobody(office: Office, where: str) -> None:
    await office.say("李娜", "/bind 明泰 MES", chat=ROOM, is_group=True)
    before = await _rows(office, CHANGES)
    at = {"chat": where, "is_group": where == ROOM, "kind": "other", "is_forwarded": True}
    contact = IncomingContact("钱进", "13900000000", "BEGIN:VCARD\nFN:钱进\nTEL:13900000000\nEND:VCARD")
    for given in ({}, {"contact": contact}):
        seen = await office.say("李娜", "", **at, **given)
        assert [one.chat for one in seen] == [where] and _said(seen)
        assert await _rows(office, CHANGES) == before


async def test_a_contact_lets_nobody_in_and_makes_nobody_somebody_else(office: Office) -> None:
    people = "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM identities), (SELECT count(*) FROM invites)"
    before = await _rows(office, people)
    contact = IncomingContact("钱进", "13900000000")
    for forwarded in (True, False):
        at = {"kind": "other", "contact": contact, "is_forwarded": forwarded}
        assert await office.say("9009", "", **at) == []
        await office.say("李娜", "", **at)
        await office.say("李娜", "华信")
        await office.say("李娜", "撤销")
    assert await _rows(office, people) == before


@pytest.mark.parametrize("kind", ["text", "edit", "other"])
async def test_an_anonymous_administrator_gets_no_answer_that_shows_or_writes_anything(
    office: Office, kind: str
) -> None:
    await office.say("李娜", "/bind 明泰 MES", chat=ROOM, is_group=True)
    await office.tap("李娜", "都能看", shown_in=ROOM, is_group=True)
    before = await _rows(office, CHANGES)
    for said in ("/status", "/unbind", "华信", "今天去拜访了", "/start nobody22made33this44"):
        seen = await office.say(ROOM, said, chat=ROOM, is_group=True, is_anonymous=True, kind=kind)
        assert "明泰" not in _said(seen) and "MES" not in _said(seen)
    assert await _rows(office, CHANGES) == before
    assert await _rows(office, "SELECT count(*) FROM chats WHERE address = '-2001' AND is_shared") == [(1,)]


async def test_of_two_codes_that_one_person_hands_in_at_once_one_is_used(office: Office) -> None:
    codes = []
    for name in ("张三", "李雷"):
        await office.say(ADMIN, f"邀请{name},销售")
        codes.append(office.code())
    other = Office(office.store, office.clock, _update=500)
    both = (office.say("9001", f"/start {codes[0]}"), other.say("9001", f"/start {codes[1]}"))
    await asyncio.gather(*both, return_exceptions=True)  # a chat's queue keeps them apart, the database if need be
    assert await _rows(office, "SELECT count(*) FROM identities WHERE address = '9001'") == [(1,)]
    in_by_now = "SELECT count(*) FROM users u JOIN identities i ON i.user_id = u.id WHERE u.name IN ('张三', '李雷')"
    assert await _rows(office, in_by_now) == [(1,)]


async def _leave(office: Office, name: str) -> None:
    await office.say(ADMIN, f"停用{name}")
    await office.tap(ADMIN, f"停用{name}")


async def _days(office: Office, count: int) -> list[Seen]:
    """What the clock brings in some days, looked at every other hour."""
    seen = []
    for _ in range(12 * count):
        office.clock.forward(hours=2)
        for job in TIMETABLE:
            await job.run(office.store, office.clock())
        seen += await office.posted()
    return seen


async def test_nothing_comes_to_a_leaver_by_itself_nor_for_their_sake(office: Office) -> None:
    await office.say("李娜", "早报改到9点")
    await office.say("李娜", "周五下午提醒我给华信打电话")
    await office.say("李娜", "华星那边签了")
    await office.say("李娜", "明泰推进到商务谈判")
    await office.tap("李娜", "请周岚放行")
    await office.say("周岚", "@小娜 下周一把华信的方案发我")
    assert [one for one in await _days(office, 3) if one.chat == "101"], "it would have come"
    await _leave(office, "李娜")
    assert [one for one in await _days(office, 3) if one.chat == "101"] == []
    hers = "SELECT count(*) FROM cards c JOIN users u ON u.id = c.user_id WHERE c.state = 'open' AND u.name = '李娜'"
    assert await _rows(office, hers) == [(0,)]


async def test_the_digest_that_a_leaver_brought_into_a_group_comes_no_more(office: Office) -> None:
    await office.say("周岚", "/subscribe", chat=ROOM, is_group=True)
    await office.tap("周岚", "订阅到本群", shown_in=ROOM, is_group=True)
    assert "日报" in _said(await _days(office, 1), ROOM), "it would have come"
    await _leave(office, "周岚")
    assert _said(await _days(office, 4), ROOM) == ""


async def test_a_leaver_in_a_group_is_a_stranger(office: Office) -> None:
    await office.say("李娜", "/bind 明泰 MES", chat=ROOM, is_group=True)
    await office.tap("李娜", "都能看", shown_in=ROOM, is_group=True)
    await office.say("李阳", "/status", chat=ROOM, is_group=True)
    await _leave(office, "李阳")
    before = await _rows(office, CHANGES)
    for said in ("/status", "今天去拜访了", "/unbind"):
        assert await office.say("李阳", said, chat=ROOM, is_group=True) == []
    assert "不是给你的" in _said(await office.tap("李阳", "联系人", shown_in=ROOM, is_group=True))
    assert await _rows(office, CHANGES) == before


async def test_a_superior_who_has_left_approves_nothing(office: Office) -> None:
    await office.say("李娜", "明泰推进到商务谈判")
    await office.tap("李娜", "请周岚放行")
    await _leave(office, "周岚")
    assert "没有开通" in _said(await office.tap("106", "同意"))
    assert await _rows(office, "SELECT count(*) FROM stage_changes WHERE waved_by_id IS NOT NULL") == [(0,)]
