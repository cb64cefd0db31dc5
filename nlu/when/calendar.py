"""Calendar arithmetic: months and weeks added, and the holidays of a year by the names that people give them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from crm.lunar import from_lunar, qingming
from nlu.value_words import value_words

DAY = timedelta(days=1)
HOLIDAYS = value_words()["holiday"]
NAMES = [name for group in ("fixed", "weekday", "lunar", "easter", "computed") for name in HOLIDAYS[group]]


@lru_cache(maxsize=1024)
def add_months(on: date, months: int) -> date:
    """The same day so many months on, or the month's last day where it has no such day. Years are kept in 1..9999."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def monday(on: date) -> date:
    """The Monday of the day's week."""
    return on - DAY * on.weekday()


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month (-1 the last, -2 the one before); None where the month has no such one."""
    if nth < 0:
        last = month_end(year, month)
        found = last - DAY * ((last.weekday() - weekday) % 7 - 7 * (nth + 1))
        return found if found.month == month else None
    first = date(year, month, 1)
    found = first + DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def nth_week(year: int, month: int, nth: int) -> date:
    """The Monday of a month's nth week: weeks belong to the month in which their Monday lies."""
    return date(year, month, 1) + DAY * ((-date(year, month, 1).weekday()) % 7 + 7 * (nth - 1))


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday in a year; None where the lunar table ends."""
    if name in HOLIDAYS["fixed"]:
        return date(year, *HOLIDAYS["fixed"][name])
    if name in HOLIDAYS["weekday"]:
        return nth_weekday(year, *HOLIDAYS["weekday"][name])
    if name in HOLIDAYS["lunar"]:
        month, day = HOLIDAYS["lunar"][name]
        return from_lunar(year, month, day)
    if name in HOLIDAYS["easter"]:
        return _easter(year) + DAY * int(HOLIDAYS["easter"][name])
    return _computed(HOLIDAYS["computed"][name], year)


def _computed(name: str, year: int) -> date | None:
    if name == "qingming":
        return qingming(year)
    thanksgiving = nth_weekday(year, 11, 3, 4)
    return thanksgiving + DAY * int(name.removeprefix("thanksgiving ")) if thanksgiving else None


def _easter(year: int) -> date:
    """Gauss's rule as given anonymously in Nature, 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    sunday = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + sunday - 7 * ((a + 11 * h + 22 * sunday) // 451) + 114, 31)
    return date(year, month, day + 1)
