"""The child process that reads a sheet: bounded in memory and time before it looks at a byte, and alone with it.

Its answer goes to standard output, a line of JSON each: the columns, then the rows as cleaned, or a refusal at last.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from crm.errors import CrmError
from crm.sheet_errors import NoHeads, SheetEmpty, SheetTooSlow, WidthChanges
from jobs.sheets.cells import Rows, sheets_of

MEMORY = 640 * 2**20  # bytes of address space; what is really used is far less
SECONDS = 60  # of computing
Row = tuple[int, list[str]]
SEEN = 6  # cells that a refusal quotes


def bound() -> None:
    """Take this process's means away, where the system can: it may write no file and open few."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, ceiling = resource.getrlimit(what)
        limit = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (limit, limit))


def answer(path: Path, name: str, out: IO[str]) -> None:
    """Write what the sheet tells, or why it tells nothing."""
    try:
        for line in lines_of(path, name):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    except CrmError as refusal:
        out.write(json.dumps({"refused": refusal.key, "facts": refusal.facts}, ensure_ascii=False) + "\n")
    except MemoryError:
        out.write(json.dumps({"refused": SheetTooSlow.key, "facts": {"name": name}}, ensure_ascii=False) + "\n")


def lines_of(path: Path, name: str) -> Iterator[Any]:
    """The columns of the first sheet with heads, then its rows. Raises what crm.sheet_errors names."""
    seen: list[str] = []
    for _, rows, is_even in sheets_of(path, name):
        first = _first(rows)
        if not first:
            continue
        seen = seen or [cell for _, cells in first for cell in cells if cell.strip()][:SEEN]
        lines = _told(first, rows, name if is_even else "")
        if lines is not None:
            yield from _with_some(lines, name)
            return
    if not seen:
        raise SheetEmpty(name=name)
    raise NoHeads(name=name, seen=[cell[:40] for cell in seen])


def _first(rows: Rows) -> list[Row]:
    from nlu.sheets.heads import AMONG, LOOKED_AT  # noqa: PLC0415 - words are loaded once there is a row to look at

    return [*islice(rows, AMONG + LOOKED_AT)]


def _told(first: list[Row], rest: Rows, even: str) -> Iterator[Any] | None:
    """None where no row is one of heads. `even`: the file's name where all its rows must be of one width."""
    from nlu.sheets.heads import columns_of  # noqa: PLC0415

    found = columns_of([cells for _, cells in first])
    return None if found is None else _rows(first, rest, found, even)


def _rows(first: list[Row], rest: Rows, found: Any, even: str) -> Iterator[Any]:
    from nlu.sheets.clean import row_of  # noqa: PLC0415

    place, heads, columns, manner = found
    above = None
    yield [[" ".join(head.split())[:40], columns.get(number, "")] for number, head in enumerate(heads) if head.strip()]
    for line, cells in (row for part in (first[place + 1 :], rest) for row in part):
        if even and len(cells) != len(heads) and any(cell.strip() for cell in cells[len(heads) :] or [even]):
            raise WidthChanges(name=even, line=line, count=len(cells), wanted=len(heads))
        above = row = row_of(line, cells, columns, above, manner)
        if row is not None:
            yield [row.line, row.told, row.full, row.core, row.cuts, row.fault, row.value]


def _with_some(lines: Iterator[Any], name: str) -> Iterator[Any]:
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - how many there were is what is asked
        yield line
    if count < 2:
        raise SheetEmpty(name=name)


if __name__ == "__main__":
    bound()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    answer(Path(sys.argv[1]), sys.argv[2], sys.stdout)
