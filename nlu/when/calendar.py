"""Calendar arithmetic: months and weeks added, holidays of a year, and the lunar calendar from a table."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from nlu.value_words import value_words

DAY = timedelta(days=1)
HOLIDAYS = value_words()["holiday"]

MOST_WORKDAYS = 2_000
DAYS_OFF = {  # where the days off begin, counted from the holiday, and how many they are
    "元旦": (0, 1), "春节": (-1, 8), "清明": (0, 1), "五一": (0, 3), "端午": (0, 1), "中秋": (0, 1), "国庆": (0, 7),
}  # fmt: skip


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
    """The nth such weekday of a month (-1 the last); None where the month has no such one."""
    if nth < 0:
        last = month_end(year, month)
        return last - DAY * ((last.weekday() - weekday) % 7)
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
    return _computed(HOLIDAYS["computed"][name], year)


def workday_after(on: date, count: int) -> date:
    """The day so many Chinese working days after (before, where negative) a day: Monday to Friday, holidays left out.

    Days off that are moved and weekends worked for them are published a year at a time and not known here.
    """
    step = DAY if count > 0 else -DAY
    for _ in range(min(abs(count), MOST_WORKDAYS)):
        on += step
        while on.weekday() > 4 or on in _days_off(on.year):
            on += step
    return on


@lru_cache(maxsize=8)
def _days_off(year: int) -> frozenset[date]:
    """The statutory holidays of a year, with the days that always go with them."""
    begins = {name: holiday(name, year) for name in DAYS_OFF}
    return frozenset(
        first + DAY * (later + offset)
        for name, (offset, length) in DAYS_OFF.items()
        if (first := begins[name]) is not None
        for later in range(length)
    )


def _computed(name: str, year: int) -> date | None:
    if name == "qingming":
        return _qingming(year)
    if name == "black friday":
        thanksgiving = nth_weekday(year, 11, 3, 4)
        return thanksgiving + DAY if thanksgiving else None
    return _easter(year) - (2 * DAY if name == "good friday" else 0 * DAY)


def _qingming(year: int) -> date:
    """The usual short formula for the sun's longitude of 15 degrees, right for 1901 to 2099."""
    century, part = divmod(year, 100)
    return date(year, 4, int(part * 0.2422 + (4.81 if century == 20 else 5.59)) - part // 4)


def _easter(year: int) -> date:
    """Gauss's rule as given anonymously in Nature, 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    sunday = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + sunday - 7 * ((a + 11 * h + 22 * sunday) // 451) + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=1)
def _lunar_years() -> tuple[int, list[tuple[date, int, int]]]:
    """The first year of the table, and of each: its first day, its leap month (0 none), and its months' bits."""
    table = value_words()["lunar"]
    first = table["first"]
    years = []
    for place, code in enumerate(table["years"].split()):
        starts = date(first + place, int(code[0], 16), int(code[1:3]))
        years.append((starts, int(code[3], 16), int(code[4:], 16)))
    return first, years


def from_lunar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar one (no leap months); None outside the table."""
    first, years = _lunar_years()
    if not 0 <= year - first < len(years):
        return None
    starts, leap, bits = years[year - first]
    months = 13 if leap else 12
    before = month - 1 + (1 if 0 < leap < month else 0)
    days = sum(30 if bits >> (months - 1 - place) & 1 else 29 for place in range(before))
    return starts + DAY * (days + day - 1)
