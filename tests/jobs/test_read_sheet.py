"""A sheet is read in a child process: what is wrong with it is said within a second, and this process does not grow."""

from __future__ import annotations

import asyncio
import io
import os
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from crm.errors import CrmError
from crm.imports import Sheet
from jobs.read_sheet import read_sheet

HEADS = ["客户名称", "联系人", "手机", "税号"]
ROW = ["临海鑫泰五金有限公司", "周敏", "138 1234 5678", ""]
A_SECOND = 3.0  # on a machine that runs other tests beside this one; alone it is far less than one
MORE = 100 * 2**20


def xlsx(*rows: list[Any], sheets: int = 1) -> bytes:
    """A workbook with the rows in its first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number in range(sheets):
            sheet = book.add_worksheet()
            for line, row in enumerate(rows if number == 0 else ()):
                sheet.write_row(line, 0, row)
    return out.getvalue()


def changed(book: bytes, part: str, change: Any) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def bomb(*, lies: bool) -> bytes:
    """A workbook whose sheet unpacks to a gigabyte; `lies`: its table of contents tells of a few bytes."""
    sheet = "xl/worksheets/sheet1.xml"
    packer, parts = zlib.compressobj(9, zlib.DEFLATED, -15), []
    block = b" " * 2**20
    parts = [packer.compress(block) for _ in range(1024)]
    packed = b"".join([*parts, packer.flush()])
    book, out = xlsx(HEADS, ROW), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != sheet:
                new.writestr(name, old.read(name))
        told = zipfile.ZipInfo(sheet)
        told.compress_type = zipfile.ZIP_STORED
        new.writestr(told, packed)
    data = bytearray(out.getvalue())
    _as_deflated(data, sheet.encode(), len(packed), 64 if lies else 2**30)
    return bytes(data)


def _as_deflated(data: bytearray, name: bytes, packed: int, size: int) -> None:
    """Let both entries of a stored part say that it is packed, and unpacks to `size`."""
    for mark, method, sizes, named in ((b"PK\x03\x04", 8, 18, 30), (b"PK\x01\x02", 10, 20, 46)):
        at = data.find(name, 0)
        while at >= 0 and data[at - named : at - named + 4] != mark:
            at = data.find(name, at + 1)
        start = at - named
        data[start + method : start + method + 2] = (8).to_bytes(2, "little")
        data[start + sizes : start + sizes + 8] = packed.to_bytes(4, "little") + size.to_bytes(4, "little")


def csv(*rows: list[str], delimiter: str = ",") -> str:
    """Rows as text."""
    return "\n".join(delimiter.join(row) for row in rows)


BOOK = xlsx(HEADS, ROW)
FIRST = "xl/worksheets/sheet1.xml"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
WIDE = b'<c r="XFD1"><v>1</v></c></row>'
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
BAD: dict[str, tuple[str, bytes, str]] = {
    "a far row": ("a.xlsx", changed(BOOK, FIRST, lambda part: part.replace(b"</sheetData>", FAR)), "far_cell"),
    "a far column": ("a.xlsx", changed(BOOK, FIRST, lambda part: part.replace(b"</row>", WIDE, 1)), "far_cell"),
    "a gigabyte inside": ("a.xlsx", bomb(lies=False), "sheet_unpacks_too_far"),
    "a gigabyte that nobody told of": ("a.xlsx", bomb(lies=True), "sheet_broken"),
    "a doctype": (
        "a.xlsx",
        changed(BOOK, FIRST, lambda part: part.replace(b"<worksheet", DOCTYPE)),
        "sheet_has_doctype",
    ),
    "300 sheets": ("a.xlsx", xlsx(HEADS, ROW, sheets=300), "too_many_sheets"),
    "half a file": ("a.xlsx", BOOK[: len(BOOK) // 2], "sheet_broken"),
    "an archive that is no sheet": ("a.xlsx", changed(BOOK, "none", bytes)[:-1] + b"x", "sheet_broken"),
    "a picture called a sheet": ("a.xlsx", PNG, "not_a_sheet"),
    "a page called a CSV": ("a.csv", b"<html><body>hello</body></html>", "not_a_sheet"),
    "a program called a CSV": ("a.csv", b"\x7fELF\x02\x01\x01" + bytes(range(256)), "not_a_sheet"),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old_sheet"),
    "an empty file": ("a.csv", b"", "sheet_empty"),
    "heads alone": ("a.csv", csv(HEADS).encode(), "sheet_empty"),
    "an empty workbook": ("a.xlsx", xlsx(), "sheet_empty"),
    "no heads": ("a.csv", csv(ROW, ROW, ROW).encode(), "no_heads"),
    "no customers": ("a.csv", csv(["品名", "数量"], ["服务器", "2"]).encode(), "no_heads"),
    "a row that is wider": ("a.csv", csv(HEADS, ROW, [*ROW, "上海", "x"]).encode(), "width_changes"),
    "a row that is narrower": ("a.csv", csv(HEADS, ROW, ROW[:2]).encode(), "width_changes"),
    "a NUL": ("a.csv", csv(HEADS, ["a\0b", *ROW[1:]]).encode(), "sheet_has_nul"),
    "a line without end": ("a.csv", csv(HEADS).encode() + b"\n" + b"x" * (19 * 2**20), "line_too_long"),
    "a quote without end": ("a.csv", (csv(HEADS) + '\n"' + "x,\n" * 2**20).encode(), "line_too_long"),
    "too many columns": ("a.csv", csv([*HEADS, *map(str, range(200))], ROW + [""] * 200).encode(), "sheet_too_large"),
    "no encoding": ("a.csv", csv(HEADS, ROW).encode("gb18030") + b"\xff\xff,,,", "unknown_encoding"),
}


async def _read(folder: Path, name: str, content: bytes) -> Sheet:
    path = folder / "content"
    path.write_bytes(content)
    return await read_sheet(path, name)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("what", BAD)
async def test_what_cannot_be_read_is_refused_at_once_with_the_reason(tmp_path: Path, what: str) -> None:
    name, content, reason = BAD[what]
    before, start = _resident(), time.monotonic()
    with pytest.raises(CrmError) as refusal:
        await _read(tmp_path, name, content)
    assert refusal.value.key == reason
    assert time.monotonic() - start < A_SECOND
    assert _resident() - before < MORE


async def test_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "content"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(CrmError) as refusal:
        await read_sheet(path, "a.csv")
    assert refusal.value.key == "sheet_too_large"


async def test_a_child_that_does_not_end_is_ended(tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(CrmError) as refusal:
        await read_sheet(_written(tmp_path, csv(HEADS, ROW).encode()), "a.csv", deadline=0.01)
    assert refusal.value.key == "sheet_too_slow"
    assert time.monotonic() - start < A_SECOND


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
