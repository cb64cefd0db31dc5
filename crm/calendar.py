"""Working time: Chinese working days as published, by rule beyond (marked provisional), and a person's hours in their
zone. How many working days something is late is computed here and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from importlib.resources import files

from crm.errors import InvalidHours
from crm.lunar import DAY, from_lunar, qingming

MOST_WORKING_DAYS = 2_000  # a longer way is not counted out
# Of the statutory holidays with a fixed day, in the solar and in the lunar calendar: month and day, where the days off
# begin, counted from it, and how many they are.
SOLAR = ((1, 1, 0, 1), (5, 1, 0, 3), (10, 1, 0, 7))
LUNAR = ((1, 1, -1, 8), (5, 5, 0, 1), (8, 15, 0, 1))


@dataclass(eq=False)
class CalendarDay:
    """A day that an admin settled otherwise than it is published: worked, or off; `name` says why."""

    day: date
    is_working: bool
    name: str = ""
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(frozen=True)
class Hours:
    """A stretch of the day from one clock time up to another, over midnight where the second is the earlier."""

    since: time
    until: time

    @staticmethod
    @lru_cache(maxsize=256)
    def read(text: str) -> Hours:
        """The hours of `21:00-08:00`. Raises InvalidHours."""
        ends = [read_time(part) for part in text.split("-")]
        if len(ends) != 2 or ends[0] == ends[1]:
            raise InvalidHours(value=text)
        return Hours(*ends)

    def __str__(self) -> str:
        return f"{self.since:%H:%M}-{self.until:%H:%M}"

    def hold(self, at: time) -> bool:
        """Whether a clock time lies within."""
        if self.since < self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until


def read_time(text: str) -> time:
    """The clock time of `17:30`. Raises InvalidHours for 25:00 and whatever else is none."""
    try:
        hour, minute = (int(part) for part in text.strip().split(":"))
        return time(hour, minute)
    except ValueError:
        raise InvalidHours(value=text.strip()) from None


@dataclass(frozen=True)
class Calendar:
    """The company's working days: as published, but for the days that were settled otherwise (day -> worked or not)."""

    settled: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, on: date) -> bool:
        """Whether people work on a day."""
        return self.settled[on] if on in self.settled else is_working_day(on)

    def after(self, on: date, count: int) -> date:
        """The day so many working days after a day (before it, where negative), at most two thousand of them."""
        step = DAY if count > 0 else -DAY
        for _ in range(min(abs(count), MOST_WORKING_DAYS)):
            on += step
            while not self.is_working_day(on):
                on += step
        return on

    def between(self, first: date, last: date) -> int:
        """How many working days have passed since `first` on `last`: the days after the one, up to the other."""
        days = min((last - first).days, MOST_WORKING_DAYS * 2)
        return sum(self.is_working_day(first + DAY * n) for n in range(1, days + 1))


PUBLISHED = Calendar()


def moment(on: date, at: time, zone: tzinfo) -> datetime:
    """A clock time of a day in a zone, the earlier where it comes twice; one that a clock skips comes an hour later."""
    return datetime.combine(on, at, zone).astimezone(UTC)


def out_of_quiet(at: datetime, quiet: Hours, zone: tzinfo) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into."""
    local = at.astimezone(zone)
    if not quiet.hold(local.time()):
        return at
    is_next = quiet.since > quiet.until and local.time() >= quiet.since
    return moment(local.date() + timedelta(days=is_next), quiet.until, zone)


def is_working_day(on: date) -> bool:
    """Whether people work on a day in China: the weekends worked for a holiday count, the days off do not."""
    year = _published().get(on.year)
    if year is None:
        return on.weekday() < 5 and on not in _days_off(on.year)
    off, worked = year
    return on in worked or (on.weekday() < 5 and on not in off)


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
