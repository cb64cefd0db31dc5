"""Scene 7 in a real browser: a rep, her manager, a presales colleague and the group of a deal side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.bot.browsing import column, last, needs_browser, say
from tests.bot.local_chat import LocalChat

BOT = "@genjin_demo_bot"
LINA, WANG, ZHOU, LIN = 101, 104, 106, 109
FRIDAY = "2026-11-20T15:30:00+08:00"  # at night the owner would not be asked before the morning
pytestmark = needs_browser


async def _speak(group: Locator, person: int, text: str) -> None:
    await group.get_by_test_id("speaker").select_option(str(person))
    await say(group, text)


async def _let(group: Locator, person: int, way: str) -> None:
    """`way` is in or out."""
    await group.get_by_test_id("manage").click()
    row = group.locator(f"[data-testid=member-row][data-person='{person}']")
    await row.get_by_test_id(f"member-{way}").click()
    await expect(row.get_by_test_id("member-out" if way == "in" else "member-in")).to_be_visible()
    await group.get_by_test_id("manage").click()


async def _reply(group: Locator, card: Locator, person: int, text: str) -> None:
    await group.get_by_test_id("speaker").select_option(str(person))
    await card.hover()
    await card.get_by_test_id("reply").click()
    await say(group, text)


async def _that(place: Locator, message: Locator) -> Locator:
    """The same message, also when newer ones stand below."""
    return place.locator(f"[data-message-id='{await message.get_attribute('data-message-id')}']")


def _button(place: Locator, label: str) -> Locator:
    return place.get_by_test_id("button").filter(has_text=label)


async def _open_group(page: Page, title: str) -> Locator:
    """A new group, opened by whoever stands first on the page."""
    await page.get_by_test_id("new-group").fill(title)
    await page.get_by_test_id("new-group").press("Enter")
    opened = page.locator("[data-testid=column]").filter(has=page.locator("h2", has_text=title))
    await expect(opened).to_be_visible()
    return column(page, int(await opened.get_attribute("data-chat") or 0))


async def _side_by_side(page: Page) -> tuple[Locator, Locator, Locator, Locator]:
    """李娜, 周岚 and 林晓, and a group of the three without the bot."""
    await page.set_viewport_size({"width": 1680, "height": 860})
    await column(page, -1001).get_by_test_id("close").click()
    await page.locator(f"[data-testid=person][data-chat='{LIN}']").click()
    group = await _open_group(page, "明泰 MES项目群")
    for person in (ZHOU, LIN):
        await _let(group, person, "in")
    return column(page, LINA), column(page, ZHOU), column(page, LIN), group


async def test_scene_7_a_group_is_bound_its_owner_agrees_and_three_people_work_on_the_deal(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina, zhou, lin, group = await _side_by_side(page)
    title = "群「明泰 MES项目群」"
    await group.get_by_test_id("speaker").select_option(str(ZHOU))
    await group.get_by_test_id("add-bot").click()
    await expect(last(group)).to_contain_text("只读对我说的话")
    await _button(last(group), "MES一期").first.click()
    await expect(last(group)).to_contain_text("已请李娜同意")
    await _speak(group, LIN, f"{BOT} 现在什么情况")
    await expect(last(group)).to_contain_text("「苏州明泰电子有限公司」由李娜跟进")
    await expect(last(group)).not_to_contain_text("48")
    await expect(last(lina)).to_contain_text(f"周岚把{title}绑定到了苏州明泰电子有限公司 · MES一期")
    await _button(last(lina), "都能看").click()
    await expect(last(lina)).to_contain_text(f"{title}里的同事都能看了")
    await expect(last(group)).to_contain_text("群里的同事都能看了")
    await _speak(group, LINA, f"{BOT} 今天去拜访了,聊了需求,他们担心接口")
    card = last(group)
    await expect(card).to_contain_text("苏州明泰电子有限公司")
    await _reply(group, await _that(group, card), LIN, "他们的接口比较老,我们做过类似的")
    await expect(last(group)).to_contain_text("我们做过类似的")
    await expect(last(lina)).to_contain_text("林晓在群里评论了苏州明泰电子有限公司的记录")
    await _speak(group, LINA, f"{BOT} 给他们发了48万的报价")
    await expect(last(group)).to_contain_text("MES一期 · ¥480,000")
    await _speak(group, LINA, "演示那天我也去")  # is not said to the bot
    await say(zhou, "明泰MES一期推进到商务谈判")
    await expect(last(group)).to_contain_text("MES一期:方案报价 → 商务谈判(周岚)")
    await _speak(group, LIN, "/status")
    await expect(last(group)).to_contain_text("MES一期")
    await expect(last(group)).to_contain_text("480,000")
    await say(lin, "明泰")
    await expect(last(lin)).to_contain_text("MES一期")
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=picture("group.png"))
    await _let(group, LIN, "out")
    await say(lin, "明泰")
    await expect(last(lin)).to_contain_text("由李娜跟进")
    await expect(last(lin)).not_to_contain_text("MES")


async def test_whoever_comes_into_a_shared_group_sees_it_until_they_are_put_out_and_taps_nobody_else_s_buttons(
    page: Page, chat: LocalChat
) -> None:
    await page.locator(f"[data-testid=person][data-chat='{WANG}']").click()
    wang, group = column(page, WANG), column(page, -1001)
    await _speak(group, LINA, f"{BOT} 今天拜访了王总,聊了演示")
    card = last(group)
    await expect(card).to_contain_text("已记下")
    card = await _that(group, card)
    await say(wang, "华信")
    await expect(last(wang)).to_contain_text("由李娜跟进")
    await _let(group, WANG, "in")
    await group.get_by_test_id("speaker").select_option(str(WANG))
    await _button(card, "撤销").click()
    await expect(page.get_by_test_id("alert")).to_contain_text("这个按钮是给李娜的")
    await page.get_by_test_id("alert").get_by_role("button").click()
    await say(group, "/status")
    await expect(last(group)).to_contain_text("ERP二期")
    await say(wang, "华信")
    await expect(last(wang)).to_contain_text("王建国")
    seen = await _that(wang, last(wang))
    await _let(group, WANG, "out")
    await _button(seen, "联系人").click()
    await expect(seen).to_contain_text("由李娜跟进")
    await expect(seen).not_to_contain_text("王建国")
    assert chat.rows("SELECT count(*) FROM visits WHERE words LIKE '%聊了演示' AND withdrawn_at IS NULL") == [(1,)]
