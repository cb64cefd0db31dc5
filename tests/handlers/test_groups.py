"""Groups: whose buttons work there, what never shows there, and who hears what."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from storage.engine import Store
from tests.fakes import Clock, Office
from tests.handlers.groups import ROOM, bound, held, here, said, tapped

SHARED = "SELECT count(*) FROM chats WHERE address = '-2001' AND is_shared"
SEEN_BY = """
    SELECT count(*) FROM collaborators c JOIN users u ON u.id = c.user_id
    WHERE c.chat_id IN (SELECT id FROM chats WHERE address = '-2001') AND c.withdrawn_at IS NULL AND u.name = '李阳'
"""


@pytest.fixture
async def office(demo_store: Store, now: datetime) -> Office:
    made = Office(demo_store, Clock(now.replace(hour=16)))
    made.messenger.members = {ROOM: {await made.address_of(name) for name in ("李娜", "周岚", "林晓", "李阳")}}
    return made


async def test_forged_data_and_a_button_from_before_a_new_binding_do_nothing(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "今天去拜访了,聊了需求")
    assert "失效" in said(await tapped(office, "李娜", "撤销", token="forged"), ROOM)
    await here(office, "李娜", "/unbind")
    await bound(office, "明泰 MES")
    assert "失效" in said(await tapped(office, "李娜", "撤销"), ROOM)
    assert await held(office, "SELECT count(*) FROM visits WHERE words LIKE '%聊了需求' AND withdrawn_at IS NULL") == [
        (1,)
    ]


async def test_a_consent_asked_for_another_binding_is_no_consent(office: Office) -> None:
    await here(office, "李娜", "/bind 华信 ERP二期")
    old = [button.token for seen in office.seen for button in seen.buttons if button.label == "都能看"][-1]
    await here(office, "李娜", "/unbind")
    await here(office, "李娜", "/bind 明泰 MES")
    assert "绑定已经变了" in said(await tapped(office, "李娜", "都能看", token=old), ROOM)
    assert await held(office, SHARED) == [(0,)]


async def test_who_no_longer_looks_after_the_deal_cannot_share_it(office: Office) -> None:
    await here(office, "李娜", "/bind 华信 ERP二期")
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE deals SET owner_id = 2 WHERE name = 'ERP二期'"))
    assert "已换人负责" in said(await tapped(office, "李娜", "都能看"), ROOM)
    assert await held(office, SHARED) == [(0,)]


async def test_the_field_of_the_customer_offers_no_others_in_a_group(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "今天去拜访了,聊了需求")
    await tapped(office, "李娜", "改")
    seen = await tapped(office, "李娜", "客户")
    assert [button.label for one in seen for button in one.buttons if "公司" in button.label] == ["看客户"][:0]


@pytest.mark.parametrize(
    "asked",
    [
        "我的任务",
        "明泰",
        "今天去了明泰,聊了需求",
        "漏斗",
        "有哪些同事",
        "免打扰 22:00-7:30",
        "说英文",
        "Q4预测",
        "本月完成了多少",
        "谁的单子卡住了",
        "我的商机",
        "/find 明泰",
        "沈总电话多少",
        "质检平台怎么样了",
        "小李上周跑了几家",
        "商务谈判阶段一共多少钱",
    ],
)
async def test_what_is_not_of_the_group_s_deal_is_answered_in_private_alone(office: Office, asked: str) -> None:
    await bound(office)
    seen = await here(office, "李娜", asked)
    assert said(seen, ROOM) in ("详情已私聊发给你。", "The details went to you in private.")
    assert said(seen, "101")


async def test_two_messages_answered_in_private_are_two_and_each_can_be_put_right_there(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "今天去了明泰,聊了需求")
    await here(office, "李娜", "明泰MES一期金额改成50万")
    seen = await office.say("李娜", "不是50万是52万")
    assert said(seen, ROOM) == "" and "52" in said(seen, "101")
    assert await held(office, "SELECT amount_minor FROM deals WHERE name = 'MES一期'") == [(52000000,)]
    assert "明泰" not in "".join(one.text for one in office.seen if one.chat == ROOM)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("华信", "上海华信"),
        ("联系人有哪些", "王建国"),
        ("王总电话多少", "199-0000"),
        ("华信最近的拜访记录", "上海华信"),
    ],
)
async def test_what_is_of_the_group_s_customer_is_answered_there(office: Office, asked: str, answer: str) -> None:
    await bound(office)
    seen = await here(office, "李娜", asked)
    assert answer in said(seen, ROOM)
    assert said(seen, "101") == ""


async def test_the_pages_of_a_card_open_in_the_group(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "华信")
    assert "王建国" in said(await tapped(office, "李娜", "联系人"), ROOM)


async def test_a_task_of_another_customer_is_finished_in_private(office: Office) -> None:
    await bound(office)
    key = (await held(office, "SELECT id FROM tasks WHERE title LIKE '%MES一期报价'"))[0][0]
    assert said(await here(office, "李娜", f"#{key} 完成"), ROOM) == "详情已私聊发给你。"
    assert await held(office, f"SELECT state FROM tasks WHERE id = {int(key)}") == [("done",)]  # noqa: S608 - a number


async def test_undo_in_words_takes_back_what_was_said_here_and_not_what_was_said_in_private(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "今天去拜访了,聊了需求")
    await office.say("李娜", "明泰MES一期金额改成50万")
    seen = await here(office, "李娜", "撤销")
    assert "明泰" not in said(seen, ROOM)
    assert await held(office, "SELECT amount_minor FROM deals WHERE name = 'MES一期'") == [(50000000,)]
    assert await held(office, "SELECT count(*) FROM visits WHERE words LIKE '%聊了需求' AND withdrawn_at IS NULL") == [
        (0,)
    ]


async def test_what_was_said_here_and_is_taken_back_in_private_changes_the_card_here(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "今天去拜访了,聊了需求")
    seen = await office.say("李娜", "撤销")
    assert [one.do for one in seen if one.chat == ROOM] == ["edit"]


async def test_an_edit_that_names_another_customer_is_not_read_here(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "今天去拜访了,聊了需求")
    seen = await office.edit("李娜", "今天去拜访了明泰", chat=ROOM, is_group=True)
    assert "没有读" in said(seen, ROOM)
    seen = await office.edit("李娜", "今天去拜访了,聊了演示", chat=ROOM, is_group=True)
    assert "已更正" in said(seen, ROOM)


async def test_files_of_another_customer_go_to_private(office: Office) -> None:
    await bound(office)
    await office.say("李娜", "明泰的合同", files=office.files(["合同.pdf"]))
    seen = await here(office, "李娜", "把明泰的文件发我")
    assert said(seen, ROOM) == "详情已私聊发给你。"


async def test_files_without_words_are_of_the_group_s_customer_and_no_other_is_offered(office: Office) -> None:
    await office.say("李娜", "今天去了明泰,聊了需求")
    await bound(office)
    seen = await here(office, "李娜", "", kind="other", files=office.files(["photo.jpg"]))
    assert "华信" in said(seen, ROOM) and "明泰" not in said(seen, ROOM)
    assert not [button for one in seen for button in one.buttons if "明泰" in button.label]


async def test_whoever_cannot_be_reached_alone_has_nothing_done(office: Office) -> None:
    await bound(office)
    async with office.store.write.begin() as connection:
        await connection.execute(text("UPDATE chats SET is_active = false WHERE address = '101'"))
    seen = await here(office, "李娜", "今天去了明泰,聊了需求")
    assert "先私聊我一次" in said(seen, ROOM)
    assert await held(office, "SELECT count(*) FROM visits WHERE words LIKE '今天去了明泰%'") == [(0,)]


async def test_news_waits_for_the_end_of_the_owner_s_quiet_hours(office: Office) -> None:
    await bound(office)
    office.clock.forward(hours=6)
    seen = await office.say("周岚", "华信ERP二期推进到商务谈判")
    assert "方案报价 → 商务谈判(周岚)" in said(seen, ROOM)
    sql = "SELECT due_at > created_at FROM outbox WHERE chat = '-2001' AND dedupe_key LIKE 'group:%'"
    assert [bool(row[0]) for row in await held(office, sql)] == [True]


async def test_what_is_done_in_the_group_is_not_told_there_again(office: Office) -> None:
    await bound(office)
    seen = await here(office, "李娜", "推进到商务谈判")
    assert said(seen, ROOM).count("商务谈判") == 1


async def test_a_group_that_is_not_shared_hears_nothing(office: Office) -> None:
    await here(office, "李娜", "/bind 华信 ERP二期")
    assert said(await office.say("李娜", "华信ERP二期推进到商务谈判"), ROOM) == ""


async def test_a_task_among_members_is_told_when_given_and_when_done(office: Office) -> None:
    await bound(office)
    await here(office, "李阳", "/status")
    seen = await office.say("李娜", "@李阳 周五前把华信的ERP二期方案发我")
    assert "李娜 → 李阳" in said(seen, ROOM)
    key = (await held(office, "SELECT max(id) FROM tasks"))[0][0]
    seen = await office.say("李阳", f"#{key} 完成")
    assert "李阳已完成" in said(seen, ROOM)


async def test_a_task_of_somebody_outside_is_not_told(office: Office) -> None:
    await bound(office)
    assert said(await office.say("李娜", "@李阳 周五前把华信的方案发我"), ROOM) == ""


async def test_an_approval_is_told_to_the_group_of_the_deal(office: Office) -> None:
    await bound(office)
    await office.say("李娜", "给华信ERP二期报价打七折")
    seen = await office.tap("周岚", "同意")
    assert "周岚批准了" in said(seen, ROOM)


async def test_what_was_asked_in_a_group_that_is_freed_since_is_answered_in_private(office: Office) -> None:
    await bound(office)
    await here(office, "李娜", "报价打七折")
    await here(office, "李娜", "/unbind")
    seen = await office.tap("周岚", "同意")
    assert said(seen, ROOM) == ""
    assert "周岚" in said(seen, "101")
