"""`genjin calendar`: the days worked, or not, otherwise than published: printed, and taken as a file."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import Failed, opened, read_settings
from bot.commands.policies import admin_named
from crm.calendar import is_provisional
from crm.policy import Actor
from storage.ledger import open_ledger
from storage.working_time import settle_day, settled_days

FIELDS = ["day", "working", "name"]
WORKING = {"yes": True, "no": False}
LONGEST = 100  # characters of a name
Days = dict[date, tuple[bool, str]]


def calendar(
    file: Annotated[Path | None, typer.Argument(help="A CSV file as this prints it; without one it prints.")] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="The admin whom the log names; default: the first.")] = "",
) -> None:
    """Print the settled days, or check a file and write all that differs, or nothing."""
    typer.echo(asyncio.run(_show() if file is None else _load(wanted_of(file), by)))


async def _show() -> str:
    async with opened(read_settings()) as store, store.reading()() as session:
        days = await settled_days(session)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows([day.day.isoformat(), "yes" if day.is_working else "no", day.name] for day in days)
    return out.getvalue().rstrip()


def wanted_of(file: Path) -> Days:
    """The days of a file: worked or not, and why. Failed with every fault, a line each."""
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Failed(f"{file}: {error}") from error
    if not rows or rows[0] != FIELDS:
        raise Failed(f"{file}: the first line is {','.join(FIELDS)}")
    found: Days = {}
    problems = [f"line {line}: {problem}" for line, row in enumerate(rows[1:], 2) for problem in _take(row, found)]
    if problems:
        raise Failed("\n".join(f"{file}: {problem}" for problem in problems))
    return found


def _take(row: list[str], found: Days) -> Iterator[str]:
    """Put a row among those found, or say what is wrong with it. An empty line says nothing."""
    if not row:
        return
    if len(row) != len(FIELDS):
        yield f"{len(row)} fields, not {len(FIELDS)}"
        return
    told, working, name = (cell.strip() for cell in row)
    day = _day(told)
    if day is None:
        yield f"day {told!r} is none, such as 2026-12-31"
    elif day in found:
        yield f"{told} stands twice"
    if working not in WORKING:
        yield f"working {working!r} is neither yes nor no"
    if len(name) > LONGEST:
        yield f"the name is longer than {LONGEST} characters"
    if day is not None:
        found[day] = (WORKING.get(working, False), name)


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


async def _load(wanted: Days, by: str) -> str:
    done = []
    async with opened(read_settings()) as store, open_ledger(store, datetime.now(UTC)) as ledger:
        ledger.actor = Actor(await admin_named(ledger.session, by))
        for day, (is_working, name) in wanted.items():
            if await settle_day(ledger, day, is_working=is_working, name=name):
                rule = " (not published yet)" if is_provisional(day) else ""
                done.append(f"{day}: {'worked' if is_working else 'off'}{rule}")
        await ledger.commit()
    return "\n".join(done) or "nothing to change"
