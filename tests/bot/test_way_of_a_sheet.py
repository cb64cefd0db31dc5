"""A sheet from a person's phone into the records, over real HTTP, through the real house, which answers on."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
import xlsxwriter

from bot.demo import demo_people
from sandbox import Sandbox, Upload
from storage.engine import Store
from tests.bad_files import SHEETS, VCARDS
from tests.bot.conftest import Running
from tests.bot.test_way_of_a_file import LINA, OTHER, held, press, working

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STANDING = "SELECT count(*) FROM customers WHERE withdrawn_at IS NULL AND name LIKE '%鑫泰%'"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The double with the demo's people in it."""
    async with Sandbox(limits=False, people=demo_people().spec()) as double:
        yield double


async def card_with(sandbox: Sandbox, words: str) -> dict[str, Any]:
    """The newest message of the bot that holds the words: what it says by itself in the morning may stand below."""

    def look() -> dict[str, Any] | None:
        said = [each for each in sandbox.messages(LINA) if each["from"]["is_bot"]]
        return next((one for one in reversed(said) if words in (one.get("text") or one.get("caption", ""))), None)

    return await sandbox.until(look, 30)


def book(count: int) -> Upload:
    """A workbook with so many customers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, ["客户名称", "联系人", "手机"])
        for line in range(1, count + 1):
            page.write_row(line, 0, [f"鑫泰{line}号五金有限公司", "周敏", 13800000000 + line])
    return Upload("客户.xlsx", XLSX, out.getvalue())


async def test_a_sheet_is_shown_imported_and_put_back(sandbox: Sandbox, running: Running, demo_store: Store) -> None:
    async with working(running, demo_store):
        sandbox.send_file(LINA, book(300))
        shown = await card_with(sandbox, "新客户\uff1a300行")
        await held(demo_store, STANDING, [(0,)])
        press(sandbox, shown, "明细")
        await card_with(sandbox, "每一行会怎样")
        press(sandbox, shown, "导入 300行")
        await held(demo_store, STANDING, [(300,)])
        sandbox.say(LINA, "撤销")
        await card_with(sandbox, "已撤销")
        await held(demo_store, STANDING, [(0,)])


async def test_what_is_no_sheet_is_refused_and_the_bot_answers_on(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with working(running, demo_store):
        sandbox.send_file(LINA, Upload("客户.csv", "text/csv", "客户名称,电话\n鑫泰五金,1\n鑫泰五金,1,2\n".encode()))
        await card_with(sandbox, "第3行有 3 格")
        sandbox.say(LINA, "华信")
        await card_with(sandbox, "上海华信科技有限公司")


REASONS = {
    "one cell at the end of what is read": "CV149999",
    "a gigabyte inside": "解压后超过",
    "a doctype": "DOCTYPE",
    "300 sheets": "300 张工作表",
    "a workbook with a password": "密码",
    "a NUL": "这类文件不收",
    "an empty file": "空文件",
    "10,000 fields": "200 个字段",
    "a field without a value": "不是能读的",
    "a photo of 20 MB": "超过 20 MB",
}


async def test_harmful_files_are_refused_with_the_reason_and_others_are_answered_meanwhile(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with running(desk=None, store=demo_store):
        for what, reason in REASONS.items():
            name, content, _ = {**SHEETS, **VCARDS}[what]()
            name = f"{len(what)}{name}"
            sandbox.send_file(LINA, Upload(name, "application/octet-stream", content))
            sandbox.say(OTHER, "我的客户")
            await card_with(sandbox, reason)
        asked = [each for each in sandbox.messages(OTHER) if not each["from"]["is_bot"]]
        await sandbox.until(lambda: len(sandbox.messages(OTHER)) >= 2 * len(asked), 30)
