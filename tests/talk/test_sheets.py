"""Tables leave as files in which no text is ever a formula, and numbers and days are what they were."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from talk.sheets import Sheet, to_csv, to_xlsx

RISKY = ("=1+1", "+86 138", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x","y")')
MOMENT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
ROW = ("上海华信", 12, Decimal("800000.50"), date(2026, 11, 20), MOMENT, None, "http://x")
SHEET = Sheet("客户", ("a", "b", "c", "d", "e", "f", "g"), [ROW, (*RISKY,)])


def _csv(sheet: Sheet) -> list[list[str]]:
    data = to_csv(sheet)
    assert data.startswith("﻿".encode())
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_has_no_cell_that_begins_like_a_formula() -> None:
    rows = _csv(SHEET)
    assert rows[2] == [f"'{text}" for text in RISKY]
    assert rows[1] == ["上海华信", "12", "800000.50", "2026-11-20", "2026-11-20 18:30", "", "http://x"]


def test_a_number_below_nothing_stays_a_number_in_a_csv() -> None:
    assert _csv(Sheet("x", ("a",), [(-5,)]))[1] == ["-5"]


def test_a_workbook_holds_text_as_text_and_numbers_and_days_as_such() -> None:
    data = to_xlsx(SHEET)
    told = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert told[2] == list(RISKY)
    assert told[1][:4] == ["上海华信", 12.0, 800000.5, date(2026, 11, 20)]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in "".join(parts.namelist()) + sheet


@pytest.mark.parametrize("text", ["x" * 40_000, "a\x00b\x1fc", "第一行\n第二行"])
def test_odd_text_makes_a_file_that_opens(text: str) -> None:
    sheet = Sheet("a/b:[c]" * 9, ("h",), [(text,)])
    told = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(sheet))).get_sheet_by_index(0).to_python()
    assert str(told[1][0])[:1] == text[:1]
    assert _csv(sheet)[1][0][:1] == text[:1]
