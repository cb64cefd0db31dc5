"""The page in a real browser, with a bot of a few lines behind it."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, async_playwright, expect
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update

from sandbox import Sandbox
from tests.sandbox.conftest import LINA, ROOM, WANG
from tests.sandbox.pictures import png

CHROMIUM = shutil.which("chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
KEYS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("好", callback_data="yes"), InlineKeyboardButton("警告", callback_data="alert")]]
)

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true", reason="no chromium on this machine: the page is NOT tested"
)


async def _echo(bot: Bot) -> None:
    """Say everything back, with buttons; an edited message changes the answer, a press closes it."""
    answers: dict[int, int] = {}
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20):
            offset = update.update_id + 1
            await _handle(bot, update, answers)


async def _handle(bot: Bot, update: Update, answers: dict[int, int]) -> None:
    if query := update.callback_query:
        await query.answer("收到", show_alert=query.data == "alert")
        await query.edit_message_text("已完成")
        return
    message = update.effective_message
    if not message or not (message.text or message.effective_attachment):
        return
    if update.edited_message:
        await bot.edit_message_text(
            f"改: {message.text}", message.chat_id, answers[message.message_id], reply_markup=KEYS
        )
        return
    await bot.send_chat_action(message.chat_id, "typing")
    text = (message.text or message.caption or "文件").replace("<", "&lt;")
    topic = message.message_thread_id if message.is_topic_message else None
    said = f"回: <b>{text}</b>"
    sent = await bot.send_message(message.chat_id, said, parse_mode="HTML", reply_markup=KEYS, message_thread_id=topic)
    answers[message.message_id] = sent.message_id


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless chromium."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser, sandbox: Sandbox, bot: Bot) -> AsyncIterator[Page]:
    """The page with the echo bot running; any script error or refused resource fails the test."""
    echo = asyncio.create_task(_echo(bot))
    opened = await browser.new_page(viewport={"width": 1440, "height": 900})
    complaints: list[Any] = []
    opened.on("pageerror", lambda error: complaints.append(error))  # noqa: PLW0108 - it takes no builtin
    opened.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    await opened.goto(sandbox.url)
    yield opened
    echo.cancel()
    await asyncio.gather(echo, return_exceptions=True)
    await opened.close()
    assert complaints == []


def _column(page: Page, chat: int) -> Locator:
    return page.locator(f"[data-testid=column][data-chat='{chat}']")


async def _say(column: Locator, text: str) -> None:
    await column.get_by_test_id("input").fill(text)
    await column.get_by_test_id("send").click()


async def test_a_newcomer_talks_presses_edits_and_moves_the_clock(page: Page, sandbox: Sandbox) -> None:
    await expect(page.get_by_test_id("column")).to_have_count(3)
    lina = _column(page, LINA)
    messages = lina.get_by_test_id("message")

    await _say(lina, "今天去了<b>华信</b>")
    await expect(messages.last.get_by_test_id("text")).to_have_text("回: 今天去了<b>华信</b>")
    await expect(messages.last.locator("strong")).to_have_text("今天去了<b>华信</b>")

    await messages.first.hover()
    await messages.first.get_by_test_id("edit").click()
    await _say(lina, "今天去了华兴")
    await expect(messages.first).to_contain_text("已编辑")
    await expect(messages.last.get_by_test_id("text")).to_have_text("改: 今天去了华兴")
    await expect(messages).to_have_count(2)

    await messages.last.get_by_test_id("button").first.click()
    await expect(lina.get_by_test_id("toast")).to_have_text("收到")
    await expect(messages.last.get_by_test_id("text")).to_have_text("已完成")
    await expect(messages.last.get_by_test_id("button")).to_have_count(0)

    await page.get_by_test_id("clock-morning").click()
    await expect(page.get_by_test_id("clock-time")).to_have_text(re.compile("08:30:0"))
    assert sandbox.clock.now().strftime("%H:%M") == "00:30"
    await page.get_by_test_id("clock-hour").click()
    await expect(page.get_by_test_id("clock-time")).to_have_text(re.compile("09:30:0"))
    await page.get_by_test_id("clock-reset").click()
    await expect(page.get_by_test_id("clock-off")).to_be_hidden()


async def test_a_group_has_several_voices_and_replies_are_quoted(page: Page, sandbox: Sandbox) -> None:
    room = _column(page, ROOM)
    await room.get_by_test_id("speaker").select_option(str(WANG))
    await _say(room, "@sandbox_bot 进展")
    last = room.get_by_test_id("message").last
    await expect(last).to_contain_text("回: @sandbox_bot 进展")
    await last.hover()
    await last.get_by_test_id("reply").click()
    await _say(room, "谢谢")
    await expect(room.get_by_test_id("quote")).to_contain_text("回: @sandbox_bot 进展")
    said = next(each for each in sandbox.messages(ROOM) if each["text"] == "谢谢")
    assert said["from"]["id"] == WANG
    assert said["reply_to_message"]["from"]["is_bot"]


async def test_a_picture_of_the_bot_is_shown_with_its_words_and_changes_in_place(page: Page, bot: Bot) -> None:
    lina = _column(page, LINA)
    sent = await bot.send_photo(
        LINA, png(1080, 840), caption="<b>漏斗</b> 3 单停滞", parse_mode="HTML", reply_markup=KEYS
    )
    card = lina.get_by_test_id("message").last
    shown = card.locator("img.photo")
    await expect(card).to_contain_text("漏斗 3 单停滞")
    await expect(card.get_by_test_id("button")).to_have_text(["好", "警告"])
    await expect(shown).to_have_attribute("alt", "漏斗 3 单停滞")
    assert await shown.evaluate("each => each.decode().then(() => each.naturalWidth)") == 1080
    await bot.edit_message_media(InputMediaPhoto(png(60, 40), "本周"), LINA, sent.message_id)
    await expect(shown).to_have_attribute("width", "60")
    await expect(card).to_contain_text("本周")
    text = await bot.send_message(LINA, "还没有图")
    await bot.edit_message_media(InputMediaPhoto(png(90, 60), "有图了"), LINA, text.message_id)
    await expect(lina.get_by_test_id("message").last.locator("img.photo")).to_have_attribute("width", "90")
    await expect(lina.get_by_test_id("message").last).not_to_contain_text("还没有图")


async def test_files_alerts_columns_calls_and_languages(page: Page, sandbox: Sandbox) -> None:
    lina = _column(page, LINA)
    picture: FilePayload = {"name": "图.png", "mimeType": "image/png", "buffer": png(60, 40)}
    await lina.get_by_test_id("picker").set_input_files([picture])
    await expect(lina.locator("img.photo")).to_be_visible()
    paper: FilePayload = {"name": "报价.txt", "mimeType": "text/plain", "buffer": b"x" * 1500}
    await lina.get_by_test_id("picker").set_input_files([paper])
    await expect(lina.get_by_test_id("file")).to_contain_text("报价.txt")
    await lina.get_by_test_id("attach").click()
    await lina.get_by_test_id("attach-location").click()
    await expect(lina.get_by_test_id("message")).to_have_count(6)

    await lina.get_by_test_id("message").last.get_by_test_id("button").nth(1).click()
    await expect(page.get_by_test_id("alert")).to_contain_text("收到")
    await page.get_by_test_id("alert").get_by_role("button").click()

    await page.get_by_test_id("calls-toggle").click()
    calls = page.get_by_test_id("calls").get_by_test_id("call")
    await expect(calls.first).to_have_attribute("data-method", "editMessageText")
    await calls.first.click()
    await expect(calls.first.locator("pre").first).to_contain_text("已完成")
    assert sandbox.token not in await page.content()

    await page.get_by_test_id("language").click()
    await expect(page.get_by_test_id("clock-day-forward")).to_have_text("+1 day")
    await _column(page, WANG).get_by_test_id("close").click()
    await expect(page.get_by_test_id("column")).to_have_count(2)
    sandbox.say(WANG, "你好")
    row = page.get_by_test_id("person").and_(page.locator(f"[data-chat='{WANG}']"))
    await expect(row.locator(".badge")).to_have_text("2")
    await row.click()
    await expect(_column(page, WANG).get_by_test_id("message")).to_have_count(2)


async def test_on_a_phone_there_is_one_column(browser: Browser, sandbox: Sandbox) -> None:
    sandbox.say(LINA, "一")
    phone = await browser.new_page(viewport={"width": 390, "height": 844})
    await phone.goto(sandbox.url)
    await expect(phone.get_by_test_id("column")).to_have_count(1)
    await phone.locator(f"[data-testid=person][data-chat='{WANG}']").click()
    await expect(_column(phone, WANG)).to_be_visible()
    await expect(phone.get_by_test_id("column")).to_have_count(1)
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await phone.close()


async def test_a_double_that_goes_and_comes_back_is_noticed(browser: Browser, sandbox: Sandbox) -> None:
    opened = await browser.new_page()
    await opened.goto(sandbox.url)
    await expect(opened.get_by_test_id("column")).to_have_count(3)
    await expect(opened.get_by_test_id("offline")).to_be_hidden()
    await sandbox.stop()
    await expect(opened.get_by_test_id("offline")).to_contain_text("重连")
    async with Sandbox(port=sandbox.port) as again:
        again.say(LINA, "回来了")
        await expect(opened.get_by_test_id("offline")).to_be_hidden(timeout=15_000)
        await expect(_column(opened, LINA).get_by_test_id("message")).to_have_count(1)
        await opened.close()
