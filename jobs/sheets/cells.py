"""The rows of a sheet as text, whatever kind of file it is: told by content, the name is only what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from crm.attachments import LARGEST
from crm.file_kinds import OLD_OFFICE, kind_of
from crm.sheet_errors import NotASheet, OldSheet, SheetBroken, SheetEmpty, SheetTooLarge
from jobs.sheets.scan import MOST_COLUMNS, MOST_ROWS, scan
from jobs.sheets.text import encoding_of, rows_of

Rows = Iterator[tuple[int, list[str]]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIDNIGHT = time()
NOT_TEXT = "xlsx"  # an extension under which text is nothing: it is looked through further down
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1f]")  # a NUL has words of its own
_MARKUP = re.compile(rb"\s*(?:<|#!)")


def sheets_of(path: Path, name: str) -> Iterator[tuple[str, Rows, bool]]:
    """(its name, its rows, whether all must be of one width) of each sheet. Raises what crm.sheet_errors names."""
    size = path.stat().st_size
    if size > LARGEST:
        raise SheetTooLarge(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
    if not size:
        raise SheetEmpty(name=name)
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04"):
        scan(data, name)
        if (kind := kind_of(data)) is None or kind.mime != _XLSX:
            raise NotASheet(name=name)
        del data
        yield from _of_xlsx(path, name)
    else:
        yield "", _of_text(data, name), True


def _of_text(data: bytes, name: str) -> Rows:
    kind = kind_of(data, NOT_TEXT)
    if kind is OLD_OFFICE:
        raise OldSheet(name=name)
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if kind is not None or (not is_wide and (_MARKUP.match(data) or _CONTROL.search(data))):
        raise NotASheet(name=name)
    return _bounded(rows_of(data, encoding_of(data, name), name), name)


def _of_xlsx(path: Path, name: str) -> Iterator[tuple[str, Rows, bool]]:
    import python_calamine as calamine  # noqa: PLC0415 - only where a file has been looked at, in a child process

    try:
        book = calamine.CalamineWorkbook.from_path(path)
        for told in book.sheets_metadata:
            if told.typ == calamine.SheetTypeEnum.WorkSheet and told.visible == calamine.SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_name(told.name)
                yield told.name, _bounded(_cells(sheet), name), False
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise SheetBroken(name=name) from error


def _cells(sheet: Any) -> Rows:
    """Formulas count as the value that was last calculated; nothing is calculated here. A cell that was made of several
    below each other stands in each of their rows.
    """
    left = sheet.start[1] if sheet.start else 0  # rows begin with the first of the sheet, columns with the first used
    tall = {(top, column - left): last for (top, column), (last, _) in sheet.merged_cell_ranges or () if last > top}
    held: dict[int, tuple[str, int]] = {}
    for place, row in enumerate(sheet.iter_rows()):
        cells = [_text(value) for value in row]
        for column in [column for column, (_, last) in held.items() if last < place]:
            del held[column]
        cells = [cell or held.get(column, ("", 0))[0] for column, cell in enumerate(cells)] if held else cells
        if any(cells):
            yield place + 1, cells
        if tall:
            held |= {n: (cell, tall[place, n]) for n, cell in enumerate(cells) if (place, n) in tall}


def _bounded(rows: Rows, name: str) -> Rows:
    for count, (line, cells) in enumerate(rows, 1):
        if count > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise SheetTooLarge(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
        yield line, cells


def _text(value: Any) -> str:
    """A cell's value as a person reads it: a number without a fraction has no point."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, bool | int | timedelta) else ""
