"""`genjin targets`: targets out of a CSV or TOML file, all of them or none."""

from __future__ import annotations

import asyncio
import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.opening import Failed, opened, read_settings
from bot.commands.policies import admin_named
from crm.errors import InvalidPeriod
from crm.money import Money, is_sum
from crm.policy import Actor
from crm.targets import MEASURES, MOST, SUMS, Target, days_of
from storage.ledger import Ledger, open_ledger
from storage.people_tables import teams, users
from storage.targets import settle_target

COLUMNS = ("who", "period", "measure", "value")
CURRENCY_LETTERS = 3


@dataclass(frozen=True)
class Row:
    """A line of the file, and where it stands in it."""

    place: str
    who: str
    period: str
    measure: str
    value: str


def targets(
    file: Annotated[Path, typer.Argument(help=f"CSV with the columns {', '.join(COLUMNS)}, or TOML with [[target]].")],
    by: Annotated[str, typer.Option(metavar="NAME", help="The admin whom the log names; default: the first.")] = "",
) -> None:
    """Set the targets of people and teams that a file tells, all or nothing."""
    typer.echo(asyncio.run(_load(file, _rows(file), by)))


def _rows(file: Path) -> list[Row]:
    """The file's lines. Failed where it cannot be read, is empty, or has other columns."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        rows = list(_of_toml(text) if file.suffix == ".toml" else _of_csv(text))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise Failed(f"{file}: {error}") from error
    except ValueError as error:
        raise Failed(f"{file}: {error}") from error
    if not rows:
        raise Failed(f"{file}: there is no target in it")
    return rows


def _of_csv(text: str) -> Iterator[Row]:
    lines = csv.DictReader(text.splitlines())
    found = tuple((name or "").strip() for name in lines.fieldnames or ())
    if sorted(found) != sorted(COLUMNS):
        raise ValueError(f"the columns are {', '.join(COLUMNS)}, not {', '.join(found) or 'none'}")
    lines.fieldnames = list(found)
    for told in lines:
        yield _row(f"line {lines.line_num}", told)


def _of_toml(text: str) -> Iterator[Row]:
    told = tomllib.loads(text)
    entries = told.get("target")
    if set(told) - {"target"} or not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise ValueError("each target is told under [[target]], and nothing else")
    for number, entry in enumerate(entries, 1):
        if set(entry) - set(COLUMNS):
            raise ValueError(f"target {number}: the keys are {', '.join(COLUMNS)}, not {', '.join(entry)}")
        yield _row(f"target {number}", entry)


def _row(place: str, told: Mapping[str, Any]) -> Row:
    return Row(place, *(str(told.get(name) if told.get(name) is not None else "").strip() for name in COLUMNS))


async def _load(file: Path, rows: list[Row], by: str) -> str:
    async with opened(read_settings()) as store, open_ledger(store, datetime.now(UTC)) as ledger:
        ledger.actor = Actor(await admin_named(ledger.session, by))
        wanted, problems = await _checked(ledger.session, rows)
        if problems:
            raise Failed("\n".join(f"{file}: {problem}" for problem in problems))
        return await _write(ledger, rows, wanted)


async def _write(ledger: Ledger, rows: list[Row], wanted: list[Target]) -> str:
    done = [
        f"{row.who}, {row.period}: {row.measure} {row.value}"
        for row, target in zip(rows, wanted, strict=True)
        if await settle_target(ledger, target) is not None
    ]
    await ledger.commit()
    return "\n".join(done) or "nothing to change"


async def _checked(session: AsyncSession, rows: list[Row]) -> tuple[list[Target], list[str]]:
    """The targets of the lines, and what is wrong with those that are none."""
    people = dict((await session.execute(select(users.c.name, users.c.id).where(users.c.is_active))).all())
    groups = dict((await session.execute(select(teams.c.name, teams.c.id))).all())
    found: list[Target] = []
    problems: list[str] = []
    seen: dict[tuple[str, str, str], str] = {}
    for row in rows:
        try:
            target = _target(row, people, groups)
        except ValueError as error:
            problems.append(f"{row.place}: {error}")
            continue
        before = seen.setdefault((row.who, row.period, row.measure), row.place)
        if before != row.place:
            problems.append(f"{row.place}: {row.who} has a target for {row.measure} in {row.period} in {before}")
        found.append(target)
    return found, problems


def _target(row: Row, people: Mapping[str, int], groups: Mapping[str, int]) -> Target:
    """The target of a line; ValueError says what is wrong with it."""
    user_id, team_id = people.get(row.who), groups.get(row.who)
    if (user_id is None) == (team_id is None):
        what = "is a user and a team" if user_id else "is no user and no team here"
        raise ValueError(f"{row.who or 'nobody'} {what}")
    try:
        days_of(row.period)
    except InvalidPeriod:
        raise ValueError(f"period {row.period!r}: write 2026-11 or 2026-Q4") from None
    if row.measure not in MEASURES:
        raise ValueError(f"there is no measure {row.measure!r}: it is one of {', '.join(MEASURES)}")
    value, currency = _value(row)
    return Target(row.period, row.measure, value, user_id, team_id, currency)


def _value(row: Row) -> tuple[int, str]:
    """Minor units and the currency of a sum, or a count."""
    number, _, currency = row.value.partition(" ")
    currency = currency.strip() or "CNY"
    try:
        value = Decimal(number.replace(",", ""))
        if row.measure in SUMS and len(currency) == CURRENCY_LETTERS and currency.isalpha() and currency.isupper():
            money = Money.of(value, currency)
            if is_sum(money):
                return money.minor, currency
        elif row.measure not in SUMS and number == row.value and value == int(value) and 0 < value <= MOST:
            return int(value), "CNY"
    except (InvalidOperation, ValueError, OverflowError):
        pass
    wanted = "an amount, such as 1000000 or 20000 USD" if row.measure in SUMS else f"a whole number up to {MOST:,}"
    raise ValueError(f"value {row.value!r}: {row.measure} is {wanted}")
