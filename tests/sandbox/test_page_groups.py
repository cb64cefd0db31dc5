"""Groups on the page in a real browser: the bot's place, who is in, and topics."""

from playwright.async_api import Page, expect

from sandbox import Sandbox
from tests.sandbox.conftest import EMMA, LINA, ROOM, WANG
from tests.sandbox.test_page import _column, _say, browser, page, pytestmark

__all__ = ["browser", "page", "pytestmark"]


async def test_the_bot_is_promoted_put_out_and_let_in_again(page: Page, sandbox: Sandbox) -> None:
    room = _column(page, ROOM)
    details = sandbox.chat(ROOM).group
    assert details
    await expect(_column(page, LINA).locator(".column-head")).to_have_text("李娜我是李娜销售 Rep")
    await room.get_by_test_id("manage").click()
    for press, status in (
        ("bot-admin", "administrator"),
        ("bot-member", "member"),
        ("bot-out", "kicked"),
        ("bot-in", "member"),
    ):
        await room.get_by_test_id(press).click()
        await expect(room.get_by_test_id(press)).to_have_count(0)
        assert details.bot == status


async def test_somebody_is_let_out_promoted_and_in_again(page: Page, sandbox: Sandbox) -> None:
    room = _column(page, ROOM)
    details = sandbox.chat(ROOM).group
    assert details
    await room.get_by_test_id("speaker").select_option(str(EMMA))
    await room.get_by_test_id("manage").click()
    lina = room.locator(f"[data-testid=member-row][data-person='{LINA}']")
    await lina.get_by_test_id("member-out").click()
    await expect(room.get_by_test_id("message").last).to_contain_text("李娜 离开了群")
    assert details.members == [WANG, EMMA]
    assert sandbox.messages(ROOM)[-1]["from"]["id"] == EMMA
    await lina.get_by_test_id("member-in").click()
    await lina.get_by_test_id("member-admin").click()
    await expect(lina.get_by_test_id("member-admin")).to_have_text("取消管理员")
    assert details.admins == [LINA]
    await room.locator(f"[data-testid=member-row][data-person='{EMMA}']").get_by_test_id("member-out").click()
    await expect(room.get_by_test_id("speaker").locator("option")).to_have_count(2)
    await _say(room, "@sandbox_bot 还有谁")
    await expect(room.get_by_test_id("message").last).to_contain_text("回: @sandbox_bot 还有谁")


async def test_topics_are_begun_chosen_and_kept_apart(page: Page, sandbox: Sandbox) -> None:
    forum = sandbox.add_group("论坛", LINA, [WANG], forum=True)
    sandbox.set_bot(forum, "member", by=LINA)
    await page.locator(f"[data-testid=person][data-chat='{forum}']").click()
    room = _column(page, forum)
    for name in ("华信", "东方医院"):
        if not await room.get_by_test_id("new-topic").is_visible():
            await room.get_by_test_id("manage").click()
        await room.get_by_test_id("new-topic").fill(name)
        await room.get_by_test_id("new-topic").press("Enter")
        await expect(room.get_by_test_id("topic")).to_contain_text(name)
    await room.get_by_test_id("manage").click()
    await room.get_by_test_id("topic").select_option(label="华信")
    await _say(room, "@sandbox_bot 进展")
    await expect(room.get_by_test_id("text").last).to_contain_text("回: @sandbox_bot 进展")
    details = sandbox.chat(forum).group
    assert details
    assert {each["message_thread_id"] for each in sandbox.messages(forum)[-2:]} == {details.topic("华信")}
    await expect(room.get_by_test_id("quote")).to_have_count(0)
    await room.get_by_test_id("topic").select_option(label="东方医院")
    await expect(room.get_by_test_id("text")).to_have_count(0)
    await room.get_by_test_id("topic").select_option("0")
    await expect(room.get_by_test_id("topic-of")).to_have_text(["# 华信"] * 2)


async def test_what_is_forwarded_or_said_in_a_chats_name_shows_it(page: Page, sandbox: Sandbox) -> None:
    room = _column(page, ROOM)
    sandbox.forward(LINA, sandbox.say(LINA, "私下说的"), LINA, ROOM)
    await expect(room.get_by_test_id("forwarded")).to_have_text("转发自 李娜")
    sandbox.post_from_channel(ROOM, "公司频道", "全员注意")
    await expect(room.get_by_test_id("message").last.locator(".sender")).to_have_text("公司频道")


async def test_a_group_is_opened_and_the_bot_let_in(page: Page, sandbox: Sandbox) -> None:
    await page.get_by_test_id("new-group").fill("东方医院 项目群")
    await page.get_by_test_id("new-group").press("Enter")
    await expect(page.get_by_test_id("column")).to_have_count(4)
    room = page.get_by_test_id("column").last
    await room.get_by_test_id("add-bot").click()
    await expect(room.get_by_test_id("message").last).to_contain_text("Sandbox 加入了群")
    details = sandbox.chat("东方医院 项目群").group
    assert details
    assert (details.members, details.admins, details.bot) == ([LINA], [LINA], "member")
