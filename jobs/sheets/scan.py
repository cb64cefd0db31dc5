"""An xlsx file looked at before it is opened: how far it unpacks, what its parts declare, where its cells stand.

The parts are unpacked in slices of a megabyte, never whole, so that looking costs no memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from crm.sheet_errors import FarCell, NotASheet, SheetBroken, SheetHasDoctype, SheetUnpacksTooFar, TooManySheets

MOST_UNPACKED = 150 * 2**20  # what 150,000 rows of 13 columns come to
MOST_TIMES = 100  # as large as it is packed; what people write comes to 30
FROM = 4 * 2**20  # unpacked; below, whatever a part holds does no harm
MOST_PARTS = 2_000
MOST_SHEETS = 30
MOST_ROWS = 150_000
MOST_COLUMNS = 100
MOST_CELLS = 3_000_000  # up to the last row and column: those between are kept too, empty as they are
_SLICE = 2**20
_OVERLAP = 64  # what is looked for may lie across two slices
_PARTS = (".xml", ".rels", ".vml")
_OTHERWISE = ("xl/workbook.bin", "content.xml")  # what the reader would take for a workbook of another kind
_DECLARES = re.compile(rb"<![A-Za-z]")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")  # no office program writes its parts in UTF-16
_IS_SHEET = b"sheetData"  # the reader finds a sheet wherever its workbook says that it stands
_TAG = re.compile(rb"<(?:\w+:)?(c|row)[\s/>]")
_LINE = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{0,7}([0-9]{1,20})")
_COLUMN = re.compile(rb"r\s*=\s*[\"']([A-Za-z]{1,7})[0-9]")


def scan(data: bytes, name: str) -> None:
    """Refuse what is not to be opened. NotASheet, SheetBroken, SheetUnpacksTooFar, SheetHasDoctype, FarCell,
    TooManySheets.
    """
    if data.count(b"PK\x01\x02") > MOST_PARTS:  # before the table of contents becomes objects
        raise SheetUnpacksTooFar(name=name, most=MOST_UNPACKED // 2**20)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_contents(parts, name)
            for part in parts:
                _check_part(archive, part, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise SheetBroken(name=name) from error


def _check_contents(parts: list[zipfile.ZipInfo], name: str) -> None:
    """By the table of contents alone. A part that unpacks to more than is told there is read no further than that."""
    names = [part.filename.lower() for part in parts]
    if any(other in names for other in _OTHERWISE):
        raise NotASheet(name=name)
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(map(_is_bomb, parts)):
        raise SheetUnpacksTooFar(name=name, most=MOST_UNPACKED // 2**20)
    sheets = sum(each.startswith("xl/worksheets/") and each.endswith(".xml") for each in names)
    if sheets > MOST_SHEETS:
        raise TooManySheets(name=name, count=sheets, most=MOST_SHEETS)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(FROM, MOST_TIMES * part.compress_size)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    is_markup, reach = part.filename.lower().endswith(_PARTS), None
    for slice_, is_first in _slices(archive, part):
        is_sheet = reach is not None or _IS_SHEET in slice_
        if not is_markup:
            if is_sheet:
                raise SheetBroken(name=name)
            continue
        if is_first and slice_[:2] in _WIDE:
            raise SheetBroken(name=name)
        if _DECLARES.search(slice_):
            raise SheetHasDoctype(name=name)
        if is_sheet:
            reach = reach or _Reach()
            reach.grow(slice_, 0 if is_first else _OVERLAP)
            reach.check(name)


class _Reach:
    """How far the cells of a sheet reach, whether they say where they stand or are only counted."""

    def __init__(self) -> None:
        self.rows = self.columns = self._counted = self._cells = 0

    def grow(self, slice_: bytes, start: int) -> None:
        """Take in more of the sheet; what stands before `start` was there already."""
        tags = _TAG.findall(slice_, start)
        self._counted += tags.count(b"row")
        self._cells += len(tags)
        runs = b"".join(tags).split(b"row")
        columns = (_number(letters) for letters in set(_COLUMN.findall(slice_)))
        self.rows = max(self.rows, self._counted, *map(int, set(_LINE.findall(slice_))), 0)
        self.columns = max(self.columns, *map(len, runs), *columns)

    def check(self, name: str) -> None:
        """FarCell."""
        cells = max(self.rows * self.columns, self._cells)
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS or cells > MOST_CELLS:
            cell = f"{_letters(self.columns)}{self.rows}"
            raise FarCell(name=name, cell=cell, rows=MOST_ROWS, columns=MOST_COLUMNS, cells=MOST_CELLS)


def _number(letters: bytes) -> int:
    """The number of a column: A is 1."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found


def _letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _slices(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bool]]:
    """The part in slices, each with the end of the one before; and whether it is the first."""
    before = b""
    with archive.open(part) as stream:
        while slice_ := stream.read(_SLICE):
            yield before + slice_, not before
            before = slice_[-_OVERLAP:]
