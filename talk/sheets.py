"""Tables as files: xlsx and CSV whose cells hold text as text, so that no spreadsheet takes any of it for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | date | datetime | None
LONGEST_CELL = 32_000  # characters; a spreadsheet takes 32,767
_WIDEST = 40
# What a spreadsheet may take for a formula, or a reader for the end of a cell; also in the width of Chinese letters.
_RISKY = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"


@dataclass(frozen=True)
class Sheet:
    """A table with its heads. Moments are aware and local to the reader; sums are in major units."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark that tells spreadsheets so; a text that begins like a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([_plain(cell) for cell in row] for row in (sheet.heads, *sheet.rows))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(sheet: Sheet) -> bytes:
    """A workbook of one sheet: text, numbers and dates, the heads frozen, and a filter on each."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - loaded when the first one is written

    out = io.BytesIO()
    with Workbook(out, _SAFE) as book:
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet.title)[:31] or None)
        forms: dict[type, Any] = {date: book.add_format({"num_format": "yyyy-mm-dd"})}
        forms[datetime] = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        bold = book.add_format({"bold": True})
        for column, head in enumerate(sheet.heads):
            page.write_string(0, column, head, bold)
            page.set_column(column, column, _width(sheet, column))
        for place, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                _put(page, place, column, cell, forms)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(sheet.rows), max(0, len(sheet.heads) - 1))
    return out.getvalue()


def _put(page: Any, row: int, column: int, cell: Cell, forms: dict[type, Any]) -> None:
    if isinstance(cell, datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), forms[datetime])
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), forms[date])  # noqa: DTZ001 - a day has no zone
    elif isinstance(cell, int | Decimal):
        page.write_number(row, column, cell)
    elif cell:
        page.write_string(row, column, _text(cell))


def _plain(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    text = _text(cell)
    return f"'{text}" if _RISKY.match(text) else text


def _text(cell: str) -> str:
    return _CONTROL.sub("", cell)[:LONGEST_CELL]


def _width(sheet: Sheet, column: int) -> int:
    """How wide a column is shown: as its first entries need; a Chinese letter is two wide."""
    shown = [sheet.heads[column], *(_plain(row[column]) for row in sheet.rows[:50])]
    return min(_WIDEST, 3 + max(sum(1 + (letter > "\u2e80") for letter in text) for text in shown))
