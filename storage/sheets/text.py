"""A CSV file as rows of text: which encoding and delimiter it has is told by its content."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from crm.sheet_errors import LineTooLong, SheetHasNul, UnknownEncoding

DELIMITERS = ",;\t"
LONGEST_LINE = 64 * 1024  # characters
LONGEST_CELL = 32 * 1024
_SAMPLE = 20  # lines that tell the delimiter


def decoded(data: bytes, name: str) -> str:
    """The text. UTF-8 and UTF-16 by their marks, else UTF-8, else GB18030. SheetHasNul, UnknownEncoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise SheetHasNul(name=name)
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise SheetHasNul(name=name)
        return text
    raise UnknownEncoding(name=name)


def rows_of(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line in the file, cells) of each row that holds anything. LineTooLong."""
    _check_lines(text, name)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    while True:
        try:
            line = reader.line_num + 1
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise LineTooLong(name=name, line=reader.line_num) from error
        if any(cell.strip() for cell in row):
            yield line, row


def delimiter_of(text: str) -> str:
    """The delimiter that parts the first lines into the most cells, of as many in each as can be."""
    lines = [line for line in text[:LONGEST_LINE].splitlines()[:_SAMPLE] if line.strip()]
    return max(DELIMITERS, key=lambda one: _parts(lines, one))


def _parts(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines have the usual number of cells, where that is more than one, and that number."""
    try:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return (0, 0)
    usual = max(counts, key=counts.count, default=1)
    return (counts.count(usual) if usual > 1 else 0, usual)


def _check_lines(text: str, name: str) -> None:
    start = line = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line += 1
        if end - start > LONGEST_LINE:
            raise LineTooLong(name=name, line=line)
        start = end + 1
