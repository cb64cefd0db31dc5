"""Scenes of the local chat in a real browser: the real command, the real page, real HTTP, the database looked into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from playwright.async_api import FilePayload, Page, expect

from tests.bot.browsing import answers, column, last, needs_browser, say
from tests.bot.local_chat import LocalChat
from tests.sandbox.pictures import png

SHANGHAI = timezone(timedelta(hours=8))
FRIDAY = "2026-11-20T18:30:00+08:00"
pytestmark = needs_browser
AFTER_A_VISIT = "今天下午去了华信,跟王总聊了ERP二期,他说预算80万左右,嫌用友贵,下周三前给修订报价,推进到商务谈判"


async def test_scene_1_a_visit_becomes_records_and_can_be_put_back(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina = column(page, 101)
    await say(lina, AFTER_A_VISIT)
    card = last(lina)
    for part in ("已记下", "上海华信科技有限公司", "王建国", "¥800,000", "用友", "方案报价 → 商务谈判", "11月25日"):
        await expect(card).to_contain_text(part)
    await expect(card).not_to_contain_text("我还不会")
    await expect(card.get_by_test_id("button")).to_have_text(["撤销", "改", "看客户"])
    stage = "SELECT s.key, d.amount_minor FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.name = 'ERP二期'"
    assert chat.rows(stage) == [("negotiation", 80000000)]
    await say(column(page, 106), "华信")
    await expect(last(column(page, 106))).to_contain_text("商务谈判 · 本阶段0天 · ¥800,000")
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=picture("local-chat.png"))
    await card.get_by_test_id("button").filter(has_text="撤销").click()
    await expect(card).to_contain_text("已撤销")
    assert chat.rows(stage) == [("proposal", 75000000)]


async def test_the_sister_of_scene_1_a_refused_move_is_waved_through_by_the_manager(
    page: Page, chat: LocalChat
) -> None:
    lina, manager = column(page, 101), column(page, 106)
    await say(lina, "今天下午去了明泰,跟沈总聊了下,推进到商务谈判")
    card = last(lina)
    await expect(card).to_contain_text("还不能进入商务谈判")
    assert chat.rows("SELECT count(*) FROM visits WHERE words LIKE '今天下午去了明泰%'") == [(1,)]
    await card.get_by_test_id("button").filter(has_text="请周岚放行").click()
    await expect(card).to_contain_text("等周岚定")
    await last(manager).get_by_test_id("button").filter(has_text="同意").first.click()
    await expect(last(lina)).to_contain_text("周岚同意了")
    await expect(last(manager)).to_contain_text("你已同意")
    assert chat.rows("SELECT count(*) FROM stage_changes WHERE waved_by_id IS NOT NULL") == [(1,)]


async def test_scene_2_a_reply_an_edit_and_a_button_change_the_card_in_place(page: Page, chat: LocalChat) -> None:
    await chat.set_clock(FRIDAY)
    lina = column(page, 101)
    await say(lina, AFTER_A_VISIT)
    card = last(lina)
    told = lina.get_by_test_id("message").filter(has_text="今天下午去了华信").first
    amount = "SELECT amount_minor FROM deals WHERE name = 'ERP二期'"
    await expect(card).to_contain_text("¥800,000")
    card = lina.locator(f"[data-message-id='{await card.get_attribute('data-message-id')}']")
    await card.hover()
    await card.get_by_test_id("reply").click()
    await say(lina, "不是80万是90万")
    await expect(card).to_contain_text("已更正")
    await expect(card).to_contain_text("¥900,000")
    await expect(card).not_to_contain_text("¥800,000")
    assert chat.rows(amount) == [(90000000,)]
    await told.hover()
    await told.get_by_test_id("edit").click()
    await say(lina, AFTER_A_VISIT.replace("80万", "85万").replace("下周三", "下周四"))
    await expect(card).to_contain_text("¥850,000")
    await expect(card).to_contain_text("11月26日")
    assert chat.rows(amount) == [(85000000,)]
    await card.get_by_test_id("button").filter(has_text="改").click()
    await card.get_by_test_id("button").filter(has_text="方式").click()
    await expect(card).to_contain_text("改成什么")
    await card.get_by_test_id("button").filter(has_text="电话").click()
    await expect(card.get_by_test_id("button")).to_have_text(["撤销", "改", "看客户"])
    await expect(card).to_contain_text("电话 · 今天 周五")
    assert chat.rows("SELECT kind FROM visits ORDER BY id DESC LIMIT 1") == [("phone",)]


async def test_scene_3_one_of_two_customers_is_a_tap(page: Page, chat: LocalChat) -> None:
    lina = column(page, 101)
    await say(lina, "华星那边签了")
    card = last(lina)
    await expect(card.get_by_test_id("button")).to_have_count(2)
    await card.get_by_test_id("button").filter(has_text="杭州华星").click()
    await expect(card).to_contain_text("赢单")
    await say(lina, "华星")
    await expect(last(lina)).to_contain_text("杭州华星机械有限公司")


async def test_scene_4_a_name_alone_is_the_card_and_a_colleague_sees_the_owner_only(page: Page) -> None:
    lina = column(page, 101)
    for name in ("华信", "上海华信科技有限公司"):
        await say(lina, name)
        await expect(last(lina)).to_contain_text("王建国")
        await expect(last(lina)).to_contain_text("ERP二期")
    await page.locator("[data-testid=person][data-chat='104']").click()
    wang = column(page, 104)
    await say(wang, "华信")
    await expect(last(wang)).to_contain_text("由李娜跟进")
    await expect(last(wang)).not_to_contain_text("王建国")


async def test_scene_5_a_manager_asks_and_turns_the_pages(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    manager = column(page, 106)
    monday = datetime.now(SHANGHAI).date()
    monday -= timedelta(days=monday.weekday() + 7)
    [(customers, visits)] = chat.rows(
        "SELECT count(DISTINCT customer_id), count(*) FROM visits WHERE user_id = (SELECT id FROM users WHERE "  # noqa: S608
        f"name = '李阳') AND held_on BETWEEN '{monday}' AND '{monday + timedelta(days=6)}'"
    )
    await say(manager, "小李上周跑了几家")
    await expect(last(manager)).to_contain_text("李阳的拜访 · 上周")
    await expect(last(manager)).to_contain_text(f"{customers}家{visits}次")
    await say(manager, "这个月谁的单子卡住了")
    stuck = last(manager)
    await expect(stuck).to_contain_text("团队的商机 · 卡住(7天没联系,或本阶段超过30天,或预计成交已过)")
    await expect(stuck).to_contain_text("按人")
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=picture("manager-asks.png"))
    await say(manager, "小李的任务")
    tasks = last(manager)
    await expect(tasks).to_contain_text("李阳的任务")
    await expect(tasks).to_contain_text("1/2")
    count = await answers(manager).count()
    await tasks.get_by_test_id("button").filter(has_text="下一页").click()
    await expect(tasks).to_contain_text("2/2")
    assert await answers(manager).count() == count
    await say(column(page, 101), "小李上周跑了几家")
    await expect(last(column(page, 101))).to_contain_text("看不到「小李」的记录")


async def test_the_customer_s_card_leads_to_its_pages_and_back(page: Page) -> None:
    lina = column(page, 101)
    await say(lina, "华信")
    card = last(lina)
    for name, shown in (("联系人", "刘芳"), ("刘芳", "contact1002@example.com"), ("客户卡", "最近拜访")):
        await card.get_by_test_id("button").filter(has_text=name).click()
        await expect(card).to_contain_text(shown)
    await card.get_by_test_id("button").filter(has_text="商机").click()
    await card.get_by_test_id("button").filter(has_text="ERP二期").click()
    await expect(card).to_contain_text("下一阶段")


async def test_a_group_bound_to_a_deal_tells_how_it_stands_and_another_customer_s_details_go_to_private(
    page: Page,
) -> None:
    group = column(page, -1001)
    await say(group, "@genjin_demo_bot 现在什么情况")
    await expect(last(group)).to_contain_text("ERP二期")
    await expect(last(group)).to_contain_text("方案报价")
    await say(group, "@genjin_demo_bot 明泰")
    await expect(last(group)).to_contain_text("详情已私聊发给你")
    await expect(last(column(page, 101))).to_contain_text("苏州明泰电子有限公司")


async def test_what_was_written_stands_after_a_kill(page: Page, chat: LocalChat) -> None:
    await say(column(page, 101), "今天去了华信,跟王总聊了ERP二期")
    await expect(last(column(page, 101))).to_contain_text("已记下")
    assert chat.process is not None
    chat.process.kill()
    await chat.process.wait()
    await chat.start()
    assert chat.rows("SELECT count(*) FROM visits WHERE words LIKE '今天去了华信%'") == [(1,)]


async def test_somebody_new_is_let_in_by_an_admin_s_link(page: Page, chat: LocalChat) -> None:
    await page.get_by_test_id("new-person").fill("小张")
    await page.get_by_test_id("new-person").press("Enter")
    newcomer = page.locator("[data-testid=column]").filter(has=page.locator("h2", has_text="小张"))
    await say(newcomer, "华信")
    await expect(last(newcomer)).to_contain_text("还没有开通")
    await page.locator("[data-testid=person][data-chat='112']").click()
    admin = column(page, 112)
    await say(admin, "邀请张三,销售,华东组")
    await last(admin).get_by_test_id("button").filter(has_text="销售一组").click()
    await expect(last(admin)).to_contain_text("把链接转给张三")
    code = (await last(admin).locator("code").inner_text()).removeprefix("/start ")
    await say(newcomer, f"/start {code}")
    await expect(last(newcomer)).to_contain_text("张三,欢迎")
    await expect(last(admin)).to_contain_text("张三用邀请进来了")
    await chat.until("SELECT count(*) FROM outbox WHERE state = 'sending'", [(0,)])
    kept = [chat.rows(f"SELECT {what}") for what in ("raw FROM inbox", "body FROM outbox", "entries FROM cards")]
    assert code not in str(kept)
    await admin.locator("button.command").first.click()
    await expect(last(admin)).to_contain_text("你已经在了")


async def test_a_picture_with_a_report_comes_back_by_a_tap_and_in_words(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina, manager = column(page, 101), column(page, 106)
    await lina.get_by_test_id("input").fill("今天下午去了华信,见了王总")
    photo: FilePayload = {"name": "现场.png", "mimeType": "image/png", "buffer": png(240, 160)}
    await lina.get_by_test_id("picker").set_input_files([photo])
    card = last(lina)
    for part in ("已记下", "上海华信科技有限公司", "附件\uff1a1"):
        await expect(card).to_contain_text(part)
    paper: FilePayload = {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    await lina.get_by_test_id("picker").set_input_files([paper])
    await expect(last(lina)).to_contain_text("附件\uff1a1 · 上海华信科技有限公司 · 今天 周五")
    await chat.until("SELECT DISTINCT state FROM attachments", [("kept",)])
    await say(manager, "把华信的附件发我")
    await expect(last(manager).locator("img.photo")).to_be_visible()
    await expect(manager.get_by_test_id("file")).to_contain_text("合同.pdf")
    await lina.get_by_test_id("button").filter(has_text="附件 1").click()
    await expect(last(lina).locator("img.photo")).to_be_visible()
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=picture("files.png"))
    script: FilePayload = {"name": "装我.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    await lina.get_by_test_id("picker").set_input_files([script])
    await expect(last(lina)).to_contain_text("这类文件不收")
