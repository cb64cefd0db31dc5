"""Chinese working days: as published, year by year; beyond the published years by rule, and marked provisional."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files

from crm.lunar import DAY, from_lunar, qingming

MOST_WORKING_DAYS = 2_000  # a longer way is not counted out
# Of the statutory holidays with a fixed day, in the solar and in the lunar calendar: month and day, where the days off
# begin, counted from it, and how many they are.
SOLAR = ((1, 1, 0, 1), (5, 1, 0, 3), (10, 1, 0, 7))
LUNAR = ((1, 1, -1, 8), (5, 5, 0, 1), (8, 15, 0, 1))


def is_working_day(on: date) -> bool:
    """Whether people work on a day in China: the weekends worked for a holiday count, the days off do not."""
    year = _published().get(on.year)
    if year is None:
        return on.weekday() < 5 and on not in _days_off(on.year)
    off, worked = year
    return on in worked or (on.weekday() < 5 and on not in off)


def working_days_after(on: date, count: int) -> date:
    """The day so many working days after a day (before it, where negative), at most two thousand of them."""
    step = DAY if count > 0 else -DAY
    for _ in range(min(abs(count), MOST_WORKING_DAYS)):
        on += step
        while not is_working_day(on):
            on += step
    return on


def is_provisional(on: date) -> bool:
    """Whether a day's year is not published, so that its working days are by rule and may yet be moved."""
    return on.year not in _published()


@lru_cache(maxsize=1)
def _published() -> dict[int, tuple[frozenset[date], frozenset[date]]]:
    """The published years: their days off, and the weekends worked."""
    table = tomllib.loads(files("crm").joinpath("working_days.toml").read_text("utf-8"))
    return {
        int(year): (frozenset(_days(int(year), days["off"])), frozenset(_days(int(year), days["worked"])))
        for year, days in table.items()
    }


def _days(year: int, stretches: str) -> Iterator[date]:
    """The days of `0101-0103 0214`."""
    for stretch in stretches.split():
        ends = [date(year, int(end[:2]), int(end[2:])) for end in stretch.split("-")]
        for more in range((ends[-1] - ends[0]).days + 1):
            yield ends[0] + DAY * more


@lru_cache(maxsize=8)
def _days_off(year: int) -> frozenset[date]:
    """The statutory holidays of a year by rule, with the days that always go with them."""
    begins = [(date(year, month, day), offset, length) for month, day, offset, length in SOLAR]
    begins += [(first, offset, n) for month, day, offset, n in LUNAR if (first := from_lunar(year, month, day))]
    begins.append((qingming(year), 0, 1))
    return frozenset(first + DAY * (offset + later) for first, offset, length in begins for later in range(length))
