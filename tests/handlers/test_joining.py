"""Coming in by a code, and being shut out: who gets in, who does not, and that both hear no more than they should."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from handlers.colleagues import make_setup_code
from storage.engine import Store
from tests.fakes import Clock, Office

ADMIN = "钱进"


@pytest.fixture
def office(demo_store: Store, now: datetime) -> Office:
    return Office(demo_store, Clock(now))


@pytest.fixture
def empty_office(store: Store, now: datetime) -> Office:
    return Office(store, Clock(now))


async def _rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    async with store.reading()() as session:
        return [tuple(row) for row in await session.execute(text(sql))]


async def _setup_code(office: Office) -> str:
    async with office.store.writing()() as session:
        code = await make_setup_code(session, office.clock())
        await session.commit()
    return code


async def _invite(office: Office, name: str = "张三", role: str = "销售") -> str:
    await office.say(ADMIN, f"邀请{name},{role}")
    return office.code()


def _said(seen: list[Any]) -> str:
    return "\n".join(one.text for one in seen)


async def _hand_in(office: Office, who: str, code: str, **more: Any) -> str:
    return _said(await office.say(who, f"/start {code}", **more))


async def test_whatever_is_wrong_with_a_code_the_answer_is_the_same(office: Office) -> None:
    used = await _invite(office)
    await _hand_in(office, "9001", used)
    late = await _invite(office, "李雷")
    office.clock.forward(days=7)
    open_to_all = await _invite(office, "韩梅梅")
    answers = {
        await _hand_in(office, "9002", used),
        await _hand_in(office, "9002", late),
        await _hand_in(office, "9002", "nobody22made33this44"),
        await _hand_in(office, "9002", "' OR 1=1 --"[:5]),
        await _hand_in(office, "9002", open_to_all, is_group=True, chat="-1001"),
        await _hand_in(office, "9002", open_to_all),
    }
    assert len(answers) == 1
    assert "不能用" in answers.pop()
    assert await _rows(office.store, "SELECT count(*) FROM identities WHERE address = '9002'") == [(0,)]


async def test_a_code_is_good_until_its_last_moment_and_however_it_is_typed(office: Office) -> None:
    code = await _invite(office)
    office.clock.forward(days=6, hours=23)
    assert "欢迎" in await _hand_in(office, "9001", f"  {code.upper()} ")


async def test_of_two_people_at_once_one_gets_in(office: Office) -> None:
    code = await _invite(office)
    other = Office(office.store, office.clock, _update=500)
    await asyncio.gather(_hand_in(office, "9001", code), _hand_in(other, "9002", code))
    assert await _rows(office.store, "SELECT count(*) FROM identities WHERE address IN ('9001', '9002')") == [(1,)]


async def test_of_two_people_with_the_setup_code_at_once_one_is_admin(empty_office: Office) -> None:
    code = await _setup_code(empty_office)
    other = Office(empty_office.store, empty_office.clock, _update=500)
    await asyncio.gather(_hand_in(empty_office, "9001", code), _hand_in(other, "9002", code))
    assert await _rows(empty_office.store, "SELECT count(*) FROM users WHERE role = 'admin'") == [(1,)]


async def test_a_code_in_a_group_is_void_since_others_have_read_it(office: Office) -> None:
    code = await _invite(office)
    assert "不能用" in await _hand_in(office, ADMIN, code, is_group=True, chat="-1001")
    assert "不能用" in await _hand_in(office, "9001", code)


async def test_a_colleague_s_code_is_of_no_use_and_stays_good(office: Office) -> None:
    code = await _invite(office)
    answers = {await _hand_in(office, "王磊", code), await _hand_in(office, "王磊", "forged")}
    assert len(answers) == 1 and "王磊,你已经在了" in answers.pop()
    assert "欢迎" in await _hand_in(office, "9001", code)


async def test_the_code_is_not_kept_with_what_was_received(office: Office) -> None:
    code = await _invite(office)
    await _hand_in(office, "王磊", code)
    kept = _rows(office.store, "SELECT raw FROM inbox ORDER BY id DESC LIMIT 1")
    assert [str(row[0]) for row in await kept] == ["{}"]
    held = await _rows(office.store, "SELECT code_hash FROM invites")
    assert code not in str(held) and len(held[0][0]) == 64
    assert code not in str(await _rows(office.store, "SELECT entries FROM cards"))
    assert code not in str(await _rows(office.store, "SELECT after FROM changes"))


async def test_the_first_admin_comes_in_by_the_setup_code_under_their_own_name(empty_office: Office) -> None:
    code = await _setup_code(empty_office)
    said = await _hand_in(empty_office, "9001", code, speaker_name="Anna <b>Lee</b>", language="en-GB")
    assert "Anna <b>Lee</b>, you are admin now" in said and "invite Jane Doe" in said
    held = "SELECT name, role, language FROM users"
    assert await _rows(empty_office.store, held) == [("Anna <b>Lee</b>", "admin", "en")]
    assert "I will call you Anna Lee" in _said(await empty_office.say("9001", "call me Anna Lee"))
    assert "Nothing" not in _said(await empty_office.say("9001", "invite Bob Stone as sales rep"))
    assert "欢迎" in await _hand_in(empty_office, "9002", empty_office.code(), language="zh-hans")


async def test_a_setup_code_is_void_once_used_once_replaced_and_once_there_is_an_admin(empty_office: Office) -> None:
    former = await _setup_code(empty_office)
    code = await _setup_code(empty_office)
    assert "不能用" in await _hand_in(empty_office, "9001", former)
    assert "管理员" in await _hand_in(empty_office, "9001", code, speaker_name="李娜")
    assert "不能用" in await _hand_in(empty_office, "9002", code)
    later = await _setup_code(empty_office)
    assert "不能用" in await _hand_in(empty_office, "9002", later)
    assert await _rows(empty_office.store, "SELECT name FROM users") == [("李娜",)]


async def test_a_colleague_who_sends_the_setup_code_becomes_the_first_admin(office: Office) -> None:
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE users SET role = 'finance' WHERE role = 'admin'"))
    code = await _setup_code(office)
    assert "周岚,你现在是管理员" in await _hand_in(office, "周岚", code)
    assert "同事 12 人" in _said(await office.say("周岚", "有哪些同事"))
    assert "没有可以撤销的" in _said(await office.say("周岚", "撤销"))


async def test_a_name_that_a_colleague_has_gets_a_number(empty_office: Office) -> None:
    async with empty_office.store.write.begin() as connection:
        await connection.execute(text("INSERT INTO users (name, role) VALUES ('李娜', 'rep')"))
    assert "李娜 2" in await _hand_in(empty_office, "9001", await _setup_code(empty_office), speaker_name="李娜")


async def test_undoing_puts_a_newcomer_out_neither_by_themselves_nor_by_the_inviter(office: Office) -> None:
    await _hand_in(office, "9001", await _invite(office))
    assert "没有可以撤销的" in _said(await office.say("9001", "撤销"))
    assert "之后又改过" in _said(await office.say(ADMIN, "撤销"))
    assert "张三,你好" in _said(await office.say("9001", "/start"))


async def test_a_manager_leads_the_team_without_one_from_the_moment_they_come(office: Office) -> None:
    await office.say(ADMIN, "停用孙浩")
    await office.tap(ADMIN, "停用孙浩")
    await office.say(ADMIN, "邀请张三,经理,销售二组")
    led = "SELECT u.name FROM teams t JOIN users u ON u.id = t.manager_id WHERE t.name = '销售二组'"
    assert await _rows(office.store, led) == [("孙浩",)]
    await _hand_in(office, "9001", office.code())
    assert await _rows(office.store, led) == [("张三",)]
    assert "由" not in _said(await office.say("9001", "澜石"))


async def test_a_leaver_does_not_come_back_by_somebody_else_s_invite(office: Office) -> None:
    await office.say(ADMIN, "停用王磊")
    await office.tap(ADMIN, "停用王磊")
    code = await _invite(office)
    assert "不能用" in await _hand_in(office, "王磊", code)
    assert "欢迎" in await _hand_in(office, "9001", code)


async def test_a_leaver_who_is_invited_comes_back_on_the_new_account_alone(office: Office) -> None:
    old = await office.address_of("王磊")
    await office.say(ADMIN, "停用王磊")
    await office.tap(ADMIN, "停用王磊")
    code = await _invite(office, "王磊")
    assert "以前在这里" in office.seen[-1].text
    assert "没有开通" in _said(await office.say(old, "澜石"))
    assert "王磊,欢迎" in await _hand_in(office, "9001", code)
    assert "没有开通" in _said(await office.say(old, "澜石"))
    assert "没有开通" not in _said(await office.say("9001", "澜石"))


async def test_an_invite_ends_with_its_user_s_being_shut_out(office: Office) -> None:
    code = await _invite(office)
    await office.say(ADMIN, "停用张三")
    await office.tap(ADMIN, "停用张三")
    assert "不能用" in await _hand_in(office, "9001", code)
    await office.say(ADMIN, "恢复张三")
    assert "不能用" in await _hand_in(office, "9001", code)
    assert "欢迎" in await _hand_in(office, "9001", await _invite(office))


async def test_what_an_admin_invited_is_void_once_they_have_left(office: Office) -> None:
    await _hand_in(office, "9001", await _invite(office, "张三", "管理员"))
    await office.say("9001", "邀请李雷,销售")
    code = office.code()
    await office.say(ADMIN, "停用张三")
    await office.tap(ADMIN, "停用张三")
    assert "不能用" in await _hand_in(office, "9002", code)


async def test_all_of_a_leaver_s_stops_at_once(office: Office) -> None:
    await office.say("李娜", "明泰推进到商务谈判")
    await office.tap("李娜", "请周岚放行")
    await office.say("李娜", "华信ERP二期金额改成120万")
    await office.say(ADMIN, "停用李娜")
    await office.tap(ADMIN, "停用李娜")
    waiting = "SELECT count(*) FROM outbox WHERE chat = '101' AND state IN ('pending', 'retry')"
    assert await _rows(office.store, waiting) == [(0,)]
    assert "没有开通" in _said(await office.tap("101", "改为", shown_in="101"))
    approved = _said(await office.tap("周岚", "同意"))
    assert "过期" in approved or "处理过" in approved
    amounts = "SELECT amount_minor FROM deals WHERE name = 'ERP二期'"
    assert await _rows(office.store, amounts) == [(75000000,)]
    assert [one for one in await office.say("周岚", "提醒李娜周一交周报") if one.chat == "101"] == []


async def test_two_admins_cannot_shut_each_other_out_at_once(office: Office) -> None:
    await _hand_in(office, "9001", await _invite(office, "张三", "管理员"))
    other = Office(office.store, office.clock, office.seen, _update=500)
    await office.say(ADMIN, "停用张三")
    await office.say("9001", f"停用{ADMIN}")
    await asyncio.gather(office.tap(ADMIN, "停用张三"), other.tap("9001", f"停用{ADMIN}"))
    assert await _rows(office.store, "SELECT count(*) FROM users WHERE role = 'admin' AND is_active") == [(1,)]


async def test_an_edited_message_lets_nobody_in(office: Office) -> None:
    code = await _invite(office)
    await office.say("9001", f"/start {code}", kind="edit")
    assert await _rows(office.store, "SELECT count(*) FROM identities WHERE address = '9001'") == [(0,)]


async def test_the_inviter_is_told_under_which_name_somebody_came(office: Office) -> None:
    code = await _invite(office)
    seen = await office.say("9001", f"/start {code}", speaker_name="San Zhang")
    [told] = [one for one in seen if one.chat == "112"]
    assert "张三用邀请进来了" in told.text and "San Zhang" in told.text
