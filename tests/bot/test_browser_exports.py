"""A list taken out in the local chat: the file stands under the answer and is downloaded by a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.bot.browsing import column, last, needs_browser, say
from tests.bot.local_chat import LocalChat

pytestmark = needs_browser


async def test_a_list_is_exported_by_its_button_and_downloaded(
    page: Page, chat: LocalChat, picture: Callable[[str], Path], tmp_path: Path
) -> None:
    await chat.set_clock("2026-11-20T18:30:00+08:00")
    lina = column(page, 101)
    await say(lina, "我的客户")
    await last(lina).get_by_test_id("button").filter(has_text="导出").click()
    file = lina.get_by_test_id("file").last
    await expect(file).to_contain_text("客户-2026-11-20.xlsx")
    async with page.expect_download() as started:
        await file.click()
    download = await started.value
    target = tmp_path / "list.xlsx"
    await download.save_as(target)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "名称"
    assert len(rows) == 13
    await say(lina, "王总的名片")
    await expect(lina.get_by_test_id("file").last).to_contain_text("王建国.vcf")
    await page.wait_for_timeout(600)
    await page.screenshot(path=picture("exports.png"))
    kept = chat.rows("SELECT body FROM outbox WHERE kind = 'file' AND state = 'sent'")
    assert kept
    assert all('"made": ""' in body for (body,) in kept)
