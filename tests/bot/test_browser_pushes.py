"""Scene 10 in a real browser: the clock is moved forward, and what comes by itself comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from crm.calendar import Calendar
from tests.bot.browsing import column, last, needs_browser, say
from tests.bot.local_chat import LocalChat

SHANGHAI = timezone(timedelta(hours=8))
REMINDER = re.compile("提醒 · |⏰|⚠️|🔕|❓")
pytestmark = needs_browser


def _next_working_day() -> date:
    return Calendar().after(datetime.now(UTC).astimezone(SHANGHAI).date(), 1)


def _at(day: date, hour: int, minute: int) -> str:
    return datetime.combine(day, time(hour, minute), SHANGHAI).isoformat()


def _with(place: Locator, text: str) -> Locator:
    return place.get_by_test_id("message").filter(has_text=text)


async def test_scene_10_the_day_is_told_in_the_morning_and_the_funnel_in_the_evening(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    lina, manager, day = column(page, 101), column(page, 106), _next_working_day()
    await chat.set_clock(_at(day, 8, 31))
    brief = _with(lina, "☀️ 早报")
    await expect(brief).to_contain_text("重点推进", timeout=20_000)
    for minute in (1, 4, 7):  # what is late keeps a minute's distance from a digest
        await chat.set_clock(_at(day, 9, minute))
        await page.wait_for_timeout(3_000)
    await expect(lina.get_by_test_id("message").filter(has_text=REMINDER).last).to_be_visible(timeout=20_000)
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=picture("morning.png"))
    await chat.set_clock(_at(day, 18, 1))
    funnel = _with(manager, "团队的日报").last
    await expect(funnel.locator("img.photo")).to_be_visible(timeout=20_000)
    await expect(funnel).to_contain_text("按阶段")
    await funnel.get_by_test_id("button").filter(has_text="口径").click()
    await expect(_with(manager, "加权").last).to_be_visible()
    assert chat.rows("SELECT count(*) FROM pushes WHERE kind = 'brief' AND state = 'told' GROUP BY user_id") != []
    told = chat.rows("SELECT user_id, count(*) FROM pushes WHERE kind = 'funnel' AND state = 'told' GROUP BY user_id")
    assert {count for _, count in told} <= {1, 2}, "today's, if its hour was over when the demo began, and this one"


async def test_on_a_day_off_nothing_comes_and_late_reminders_are_one_list(page: Page, chat: LocalChat) -> None:
    lina, day = column(page, 101), _next_working_day()
    while Calendar().is_working_day(day):
        day += timedelta(days=1)
    await chat.set_clock(_at(day, 8, 31))
    await page.wait_for_timeout(5_000)
    assert f"brief:1:{day}" not in str(chat.rows("SELECT key FROM pushes WHERE kind = 'brief'"))
    back = Calendar().after(day, 1)
    before = await _with(lina, "提醒 · ").count()
    await chat.set_clock(_at(back, 12, 30))
    await expect(_with(lina, "提醒 · ")).to_have_count(before + 1, timeout=20_000)
    late = _with(lina, "提醒 · ").last
    await expect(late).to_contain_text("逾期")
    await late.get_by_test_id("button").filter(has_text="✓ #").first.click()
    await expect(late).to_contain_text("✓ #")


async def test_a_manager_asks_for_the_funnel_and_how_it_is_calculated(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    manager = column(page, 106)
    await say(manager, "漏斗")
    await expect(last(manager).locator("img.photo")).to_be_visible()
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=picture("funnel.png"))
    await say(manager, "Q4预测")
    await expect(last(manager)).to_contain_text("加权")
    await expect(last(manager).locator("img.photo")).to_be_visible()
    await say(manager, "这个月谁的单子卡住了")
    await expect(last(manager)).to_contain_text("没联系")
    await say(manager, "小李上周跑了几家")
    await expect(last(manager)).to_contain_text("李阳的拜访")
