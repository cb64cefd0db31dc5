"""What arrives as it comes, in a browser: a contact, an electronic card, a place, a photo of a card; and our name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page, expect

from tests.bot.browsing import column, last, needs_browser, say
from tests.bot.local_chat import LocalChat
from tests.card_samples import SAMPLES

FRIDAY = "2026-11-20T18:30:00+08:00"
pytestmark = needs_browser
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:孙悦\r\nORG:上海华信科技有限公司\r\nTEL:13500001234\r\nEND:VCARD\r\n"


async def _share(place: Locator, what: str, **fields: str) -> None:
    """Fill the form for a contact or a place in, and send it."""
    await place.get_by_test_id("attach").click()
    await place.get_by_test_id(f"attach-{what}").click()
    for name, value in fields.items():
        await place.get_by_test_id(f"share-{name}").fill(value)
    await place.get_by_test_id("share-send").click()


async def _tap(card: Locator, label: str) -> None:
    await card.get_by_test_id("button").filter(has_text=label).first.click()


async def test_a_contact_and_an_electronic_card_become_contacts(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina = column(page, 101)
    await _share(lina, "person", name="赵敏", phone="13912345678", company="上海华信科技有限公司", job="采购经理")
    card = last(lina)
    for part in ("赵敏", "采购经理", "13912345678", "存到哪家客户"):
        await expect(card).to_contain_text(part)
    await page.wait_for_timeout(600)  # messages fade in
    await page.screenshot(path=picture("contact.png"))
    await _tap(card, "上海华信科技有限公司")
    await expect(last(lina)).to_contain_text("新联系人")
    payload = FilePayload(name="孙悦.vcf", mimeType="text/vcard", buffer=VCARD.encode())
    await lina.get_by_test_id("picker").set_input_files(payload)
    await expect(last(lina)).to_contain_text("孙悦")
    await _tap(last(lina), "上海华信科技有限公司")
    await expect(last(lina)).to_contain_text("孙悦")
    await expect(last(lina)).to_contain_text("新联系人")
    assert chat.rows("SELECT name, phone FROM contacts WHERE name IN ('赵敏', '孙悦') ORDER BY id") == [
        ("赵敏", "13912345678"),
        ("孙悦", "13500001234"),
    ]


async def test_a_place_after_a_visit_is_its_check_in(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina = column(page, 101)
    await say(lina, "今天下午去了华信,跟王总聊了ERP二期")
    await expect(last(lina)).to_contain_text("拜访")
    await _share(lina, "place", latitude="31.2304", longitude="121.4737")
    await expect(last(lina)).to_contain_text("签到")
    await _tap(last(lina), "记为客户位置")
    await expect(last(lina)).to_contain_text("客户位置已记")
    await say(lina, "今天又去了华信,见了王总")
    await expect(last(lina)).to_contain_text("拜访")
    await _share(lina, "place", latitude="31.2320", longitude="121.4750")
    await expect(last(lina)).to_contain_text("📍距客户 217 米")
    await page.wait_for_timeout(600)
    await page.screenshot(path=picture("check-in.png"))
    await say(lina, "华信的拜访")
    await expect(last(lina)).to_contain_text("📍距客户 217 米")
    assert chat.rows("SELECT count(*) FROM check_ins WHERE visit_id IS NOT NULL") == [(2,)]


async def test_a_photo_of_a_card_is_read_and_confirmed(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    lina = column(page, 101)
    sample = next(each for each in SAMPLES if each.name == "a poor photo")
    photo = FilePayload(name="card.jpg", mimeType="image/jpeg", buffer=sample.jpeg())
    await lina.get_by_test_id("picker").set_input_files(photo)
    await expect(last(lina)).to_contain_text("zhaomin@huaxin.example.com", timeout=60_000)
    await page.wait_for_timeout(600)
    await page.screenshot(path=picture("business-card.png"))
    await _tap(last(lina), "上海华信科技有限公司")
    await expect(last(lina)).to_contain_text("新联系人")
    assert chat.rows("SELECT title FROM contacts WHERE name = '赵敏'") == [("采购经理",)]


async def test_our_name_and_a_few_letters_in_a_group(
    page: Page, chat: LocalChat, picture: Callable[[str], Path]
) -> None:
    await chat.set_clock(FRIDAY)
    room = page.locator("[data-testid=column][data-chat^='-']").first
    name = (await page.locator("#brand small").inner_text()).strip()
    await room.get_by_test_id("input").fill(f"{name} 华信")
    option = room.get_by_test_id("option").first
    await expect(option).to_contain_text("上海华信科技有限公司", timeout=10_000)
    await page.screenshot(path=picture("inline.png"))
    await option.click()
    shown = room.get_by_test_id("message").last
    await expect(shown).to_contain_text("由李娜跟进")
    await expect(shown).not_to_contain_text("王建国")
    await shown.get_by_test_id("button").first.click()
    speaker = int(await room.get_by_test_id("speaker").input_value())
    await expect(last(column(page, speaker))).to_contain_text("王建国")
    await page.wait_for_timeout(600)
    await page.screenshot(path=picture("inline-opened.png"))
