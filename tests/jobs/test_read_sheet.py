"""A sheet is read in a child process: what is wrong with it is said soon, and neither process grows."""

from __future__ import annotations

import asyncio
import io
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter

from crm.errors import CrmError
from crm.imports import Sheet
from jobs.read_sheet import HOUSE, read_sheet
from tests.bad_files import HEADS, ROW, SHEETS, csv
from tests.memory import Memory

PATIENCE = 10.0  # seconds: what takes a second alone takes longer beside other tests, and what hangs takes for ever
MORE = 100  # MB


async def _read(folder: Path, name: str, content: bytes) -> Sheet:
    path = folder / "content"
    path.write_bytes(content)
    return await read_sheet(path, name)


@pytest.mark.parametrize("what", SHEETS)
async def test_what_cannot_be_read_is_refused_with_the_reason_and_in_little_memory(tmp_path: Path, what: str) -> None:
    name, content, reason = SHEETS[what]()
    with Memory() as memory:
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(CrmError) as refusal:
                await _read(tmp_path, name, content)
    assert refusal.value.key == reason
    assert memory.of_children < MORE
    assert memory.more < MORE


async def test_the_child_loads_no_more_than_it_reads_with() -> None:
    told = "import sys; import jobs.sheet_child; print(*sys.modules)"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", told, cwd=HOUSE, stdout=asyncio.subprocess.PIPE)
    loaded, _ = await child.communicate()
    assert not {"sqlalchemy", "asyncio", "structlog"} & set(loaded.decode().split())


async def test_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "content"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(CrmError) as refusal:
        await read_sheet(path, "a.csv")
    assert refusal.value.key == "sheet_too_large"


async def test_a_child_that_does_not_end_is_ended(tmp_path: Path) -> None:
    with pytest.raises(CrmError) as refusal:
        await read_sheet(_written(tmp_path, csv(HEADS, ROW).encode()), "a.csv", deadline=0.01)
    assert refusal.value.key == "sheet_too_slow"


async def test_others_have_their_turn_while_a_sheet_is_read(tmp_path: Path) -> None:
    rows = [[f"第{number}号精密机械有限公司", "王一", "13800000000", ""] for number in range(5_000)]
    reading = asyncio.ensure_future(read_sheet(_written(tmp_path, csv(HEADS, *rows).encode()), "a.csv"))
    longest, last = 0.0, time.monotonic()
    while not reading.done():
        await asyncio.sleep(0.005)
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    assert len((await reading).rows) == len(rows)
    assert longest < 0.5


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "content"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_encoding_and_delimiter_are_recognised(tmp_path: Path, encoding: str, delimiter: str) -> None:
    sheet = await _read(tmp_path, "a.csv", csv(HEADS, ROW, delimiter=delimiter).encode(encoding))
    assert [field for _, field in sheet.columns] == ["name", "contact", "contact_phone", "tax_id"]
    (row,) = sheet.rows
    assert row.told == {"name": ROW[0], "contact": "周敏", "contact_phone": "13812345678"}


async def test_merged_cells_stand_in_each_of_their_rows(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("C2:G2", "客户登记表")
        for cells, head in (("C3:C4", "序号"), ("D3:D4", "客户名称"), ("E3:F3", "联系人信息"), ("G3:G4", "行业")):
            sheet.merge_range(cells, head)
        sheet.write_row("E4", ["姓名", "联系方式"])
        sheet.merge_range("D5:D6", ROW[0])
        sheet.merge_range("G5:G6", "五金")
        sheet.write_row("E5", ["周敏", "13812345678"])
        sheet.write_row("E6", ["吴刚", "13912345678"])
        sheet.write_row("D8", ["大成模具厂", "郑洁", "13712345678"])
        sheet.write_row("C9", ["合计", 2])
    read = await _read(tmp_path, "a.xlsx", out.getvalue())
    assert [field for _, field in read.columns] == ["", "name", "contact", "contact_phone", "industry"]
    told = [(row.line, row.told["name"], row.told["contact"], row.told.get("industry")) for row in read.rows]
    assert told == [(5, ROW[0], "周敏", "五金"), (6, ROW[0], "吴刚", "五金"), (8, "大成模具厂", "郑洁", None)]


async def test_a_workbook_gives_values_and_never_formulas(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("封面").write(0, 0, "2026年客户名单")
        sheet = book.add_worksheet("客户")
        sheet.write(0, 0, "客户名单(导出)")
        sheet.write_row(2, 0, ["单位名称", "电话", "金额", "商机"])
        sheet.write_formula(3, 0, '="临海鑫泰"&"五金有限公司"', None, "临海鑫泰五金有限公司")
        sheet.write_number(3, 1, 13812345678)
        sheet.write_formula(3, 2, "=2*40000", None, 80000)
        sheet.write_string(3, 3, "=cmd|' /C calc'!A0")
    (row,) = (await _read(tmp_path, "a.xlsx", out.getvalue())).rows
    assert row.line == 4
    assert row.told == {
        "name": "临海鑫泰五金有限公司",
        "phone": "13812345678",
        "amount": "8000000",
        "deal": "=cmd|' /C calc'!A0",
    }
