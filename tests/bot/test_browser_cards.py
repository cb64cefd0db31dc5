"""Scene 4 in a real browser: the customer's card, its pages in place, what happened, the brief before a meeting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.bot.browsing import answers, column, last, needs_browser, say
from tests.bot.local_chat import LocalChat

FRIDAY = "2026-11-20T18:30:00+08:00"
LINA, EMMA, WANG = 101, 103, 104
pytestmark = needs_browser


def _button(card: Locator, label: str) -> Locator:
    return card.get_by_test_id("button").filter(has_text=label)


async def _shot(page: Page, place: Path) -> None:
    await page.set_viewport_size({"width": 1440, "height": 1200})
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=place)


async def test_scene_4_the_card_turns_its_pages_in_place_and_each_page_can_be_typed(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina = column(page, LINA)
    await say(lina, "给华信ERP二期报价70万")
    await expect(last(lina)).to_contain_text("¥700,000")
    await say(lina, "华信首付款30万到账")
    await expect(last(lina)).to_contain_text("到账")
    await say(lina, "华信")
    card = last(lina)
    for part in (
        "重点客户",
        "负责人",
        "下一步",
        "本阶段",
        "王建国 · 总经理 · 决策人",
        "在谈 · ¥750,000",
        "回款 · ¥300,000",
    ):
        await expect(card).to_contain_text(part)
    await _shot(page, picture("customer-card.png"))
    card = lina.locator(f"[data-message-id='{await card.get_attribute('data-message-id')}']")
    count = await answers(lina).count()
    for label, shown in (
        ("联系人", "3位"),
        ("商机", "1个"),
        ("拜访", "13次"),
        ("任务", "1条"),
        ("钱", "应收还算不出来"),
    ):
        await _button(card, label).click()
        await expect(card).to_contain_text(shown)
        if label == "钱":
            await _shot(page, picture("customer-money.png"))
        await _button(card, "客户卡").click()
        await expect(card).to_contain_text("重点客户")
    await _button(card, "来龙去脉").click()
    await expect(card).to_contain_text("今天 周五 · 李娜 · 回款")
    await _button(card, "下一页").click()
    await expect(card).to_contain_text("2/")
    await _shot(page, picture("customer-timeline.png"))
    await _button(card, "客户卡").click()
    await _button(card, "会前简报").click()
    await expect(card).to_contain_text("要问的")
    assert await answers(lina).count() == count
    for said, shown in (
        ("华信的联系人", "3位"),
        ("华信的商机", "ERP二期"),
        ("华信的任务", "1条"),
        ("华信的钱", "应收"),
        ("华信的来龙去脉", "1/"),
    ):
        await say(lina, said)
        await expect(last(lina)).to_contain_text(shown)


async def test_scene_4_a_brief_before_a_meeting_stands_on_the_card_that_plans_it(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina, emma = column(page, LINA), column(page, EMMA)
    await say(lina, "明天下午3点见华信,给我个简报")
    for part in ("已记下", "见华信", "简报", "竞品", "用友", "王建国", "要问的"):
        await expect(last(lina)).to_contain_text(part)
    await page.locator(f"[data-testid=person][data-chat='{EMMA}']").click()
    await say(emma, "meeting Larkspur tomorrow, brief me")
    await expect(last(emma)).to_contain_text("To ask")
    await _shot(page, picture("meeting-brief.png"))
    assert chat.rows("SELECT count(*) FROM tasks WHERE title IN ('见华信', 'meeting Larkspur')") == [(2,)]


async def test_scene_4_a_colleague_gets_no_page_of_somebody_else_s_customer(page: Page) -> None:
    await page.locator(f"[data-testid=person][data-chat='{WANG}']").click()
    wang = column(page, WANG)
    for said in ("华信", "华信的钱", "华信的来龙去脉", "华信的简报"):
        await say(wang, said)
        await expect(last(wang)).to_contain_text("由李娜跟进")
        await expect(last(wang)).not_to_contain_text("750,000")
