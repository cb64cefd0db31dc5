"""A sheet is read by a child process of bounded memory and time: whatever the file is, it ends that process alone."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from sys import intern
from typing import Any

from crm.imports import Sheet, SheetRow
from crm.sheet_errors import SHEET_REFUSALS, SheetBroken, SheetTooSlow

DEADLINE = 90.0  # seconds, of the clock on the wall
HOUSE = Path(__file__).parents[1]
LONGEST_LINE = 2**20  # bytes of one row as the child tells it
AT_ONCE = 500  # rows between two moments at which others have their turn
Progress = Callable[[int], Awaitable[None]]


async def _nobody(_rows: int) -> None:
    """Nobody wants to hear how far it is."""


async def read_sheet(path: Path, name: str, progress: Progress = _nobody, deadline: float = DEADLINE) -> Sheet:
    """The rows of the file as cleaned. Raises what crm.sheet_errors names; the child is gone by then."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "jobs.sheet_child", os.path.abspath(path), name),  # noqa: PTH100, ASYNC240 - looks at no disk
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LONGEST_LINE,
        cwd=HOUSE,
        env=None if os.name == "nt" else {},  # it needs no secret, so that it has none
    )
    try:
        async with asyncio.timeout(deadline):
            sheet = await _listen(child, name, progress)
            if await child.wait() or sheet is None:
                raise SheetTooSlow(name=name)
            return sheet
    except TimeoutError as late:
        raise SheetTooSlow(name=name) from late
    except ValueError as garbled:
        raise SheetBroken(name=name) from garbled
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _listen(child: asyncio.subprocess.Process, name: str, progress: Progress) -> Sheet | None:
    """What the child tells, None where it ended before it began."""
    sheet: Sheet | None = None
    async for line in child.stdout or _nothing():
        told = json.loads(line)
        if isinstance(told, dict):
            refusal = SHEET_REFUSALS.get(told["refused"], SheetBroken)
            raise refusal(**told["facts"])
        if sheet is None:
            sheet = Sheet(tuple((head, field) for head, field in told), [])
            continue
        sheet.rows.append(_row(told))
        if len(sheet.rows) % AT_ONCE == 0:
            await progress(len(sheet.rows))
            await asyncio.sleep(0)
    return sheet


async def _nothing() -> AsyncIterator[bytes]:
    for line in list[bytes]():
        yield line


def _row(told: list[Any]) -> SheetRow:
    line, fields, *keys = told
    # A hundred thousand rows name the same fields, towns and trades: each word is kept once.
    return SheetRow(line, {intern(field): intern(value) for field, value in fields.items()}, *map(intern, keys))
