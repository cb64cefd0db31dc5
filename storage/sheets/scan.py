"""An xlsx file looked at before it is opened: how far it unpacks, what its parts declare, where its cells stand.

The parts are unpacked in slices of a megabyte, never whole, so that looking costs no memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from crm.sheet_errors import FarCell, SheetBroken, SheetHasDoctype, SheetUnpacksTooFar, TooManySheets

MOST_UNPACKED = 300 * 2**20
MOST_PARTS = 2_000
MOST_SHEETS = 30
MOST_ROWS = 150_000
MOST_COLUMNS = 100
_SLICE = 2**20
_OVERLAP = 64  # what is looked for may lie across two slices
_PARTS = (".xml", ".rels", ".vml")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")  # no office program writes its parts in UTF-16
_FAR_COLUMN = rb"(?:[A-Z]{3,7}|[D-Z][A-Z]|C[W-Z])[0-9]{1,9}"  # beyond CV, the hundredth
_FAR_ROW = rb"[A-Z]{0,7}(?:[0-9]{7,}|[2-9][0-9]{5}|1[5-9][0-9]{4})"  # from 150,000
_FAR = re.compile(rb"[ \t\n]r\s*=\s*[\"'](?:" + _FAR_COLUMN + rb"|" + _FAR_ROW + rb")[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")


def scan(path: Path, name: str) -> None:
    """Refuse what is not to be opened. SheetBroken, SheetUnpacksTooFar, SheetHasDoctype, FarCell, TooManySheets."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_contents(archive.infolist(), name)
            for part in archive.infolist():
                if part.filename.lower().endswith(_PARTS):
                    _check_part(archive, part, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise SheetBroken(name=name) from error


def _check_contents(parts: list[zipfile.ZipInfo], name: str) -> None:
    """By the table of contents alone: a part that unpacks to more than is told there is found out as it is read."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetUnpacksTooFar(name=name, most=MOST_UNPACKED // 2**20)
    sheets = sum(part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml") for part in parts)
    if sheets > MOST_SHEETS:
        raise TooManySheets(name=name, count=sheets, most=MOST_SHEETS)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    is_sheet, rows = part.filename.startswith("xl/worksheets/"), 0
    for slice_, is_first in _slices(archive, part):
        if is_first and slice_[:2] in _WIDE:
            raise SheetBroken(name=name)
        if _FORBIDDEN.search(slice_):
            raise SheetHasDoctype(name=name)
        if is_sheet:
            rows += len(_ROW.findall(slice_, _OVERLAP if not is_first else 0))
            _check_cells(slice_, rows, name)


def _check_cells(slice_: bytes, rows: int, name: str) -> None:
    far = _FAR.search(slice_)
    if far or rows > MOST_ROWS:
        cell = far[0].decode().split("=")[1].strip(" \"'") if far else str(rows)
        raise FarCell(name=name, cell=cell, rows=MOST_ROWS, columns=MOST_COLUMNS)


def _slices(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bool]]:
    """The part in slices, each with the end of the one before; and whether it is the first."""
    before = b""
    with archive.open(part) as stream:
        while slice_ := stream.read(_SLICE):
            yield before + slice_, not before
            before = slice_[-_OVERLAP:]
