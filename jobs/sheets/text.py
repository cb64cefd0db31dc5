"""A CSV file as rows of text: which encoding and delimiter it has is told by its content.

It is decoded line by line: as text in one piece it would be four times as large.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import TextIO

from crm.file_kinds import texts_of
from crm.sheet_errors import LineTooLong, SheetHasNul, SheetTooLarge, UnknownEncoding
from jobs.sheets.scan import MOST_COLUMNS, MOST_ROWS

DELIMITERS = ",;\t"
LONGEST_LINE = 64 * 1024  # characters
LONGEST_CELL = 32 * 1024
MOST_LINES = 2**20  # empty ones among them: as many as a spreadsheet program writes out
_SAMPLE = 20  # lines that tell the delimiter


def encoding_of(data: bytes, name: str) -> str:
    """UTF-8 and UTF-16 by their marks, else UTF-8, else GB18030. SheetHasNul, UnknownEncoding."""
    is_wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not is_wide and b"\0" in data:
        raise SheetHasNul(name=name)
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]:
        with suppress(UnicodeDecodeError):
            for _ in texts_of(data, encoding):
                pass
            return encoding
    raise UnknownEncoding(name=name)


def rows_of(data: bytes, encoding: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line in the file, cells) of each row that holds anything. LineTooLong, SheetHasNul, SheetTooLarge."""
    csv.field_size_limit(LONGEST_CELL)
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    delimiter = delimiter_of(stream.read(LONGEST_LINE))
    stream.seek(0)
    reader = csv.reader(_lines(stream, name), delimiter=delimiter)
    while True:
        try:
            line = reader.line_num + 1
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise LineTooLong(name=name, line=reader.line_num) from error
        if len(row) > MOST_COLUMNS:
            raise SheetTooLarge(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
        if any(cell.strip() for cell in row):
            yield line, row


def delimiter_of(text: str) -> str:
    """The delimiter that parts the first lines into the most cells, of as many in each as can be."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    return max(DELIMITERS, key=lambda one: _parts(lines, one))


def _parts(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines have the usual number of cells, where that is more than one, and that number."""
    try:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return (0, 0)
    usual = max(counts, key=counts.count, default=1)
    return (counts.count(usual) if usual > 1 else 0, usual)


def _lines(stream: TextIO, name: str) -> Iterator[str]:
    for number in count(1):
        line = stream.readline(LONGEST_LINE + 1)
        if not line:
            return
        if len(line) > LONGEST_LINE:
            raise LineTooLong(name=name, line=number)
        if "\0" in line:
            raise SheetHasNul(name=name)
        if number > MOST_LINES:
            raise SheetTooLarge(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
        yield line
