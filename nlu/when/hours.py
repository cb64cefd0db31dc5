"""Clock times: which hour of the day was meant, and the moment it gives on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from nlu.when import Said
from nlu.when.calendar import DAY
from nlu.when.periods import Period

# The hours before noon by which a part of the day means those after it; without a part, what offices talk of.
LATE = {
    "noon": range(4),
    "afternoon": range(12),
    "evening": range(12),
    "night": range(6, 12),
    "dawn": range(0),
    "morning": range(0),
}
MIDNIGHT = frozenset({(0, "evening"), (12, "evening"), (12, "night")})


def with_clock(said: Said, days: Period, now: datetime) -> Period | None:
    hour = hour_of_day(said)
    at = _moment(days.first, hour, said["minute"], now)
    until = _moment(days.first, hour + said["hour_to"] - said["hour"], 59, now) if "hour_to" in said else None
    if "to" in said:
        last = hour_of_day({**said, "hour": said["to"][0]})
        minute = said["to"][1]
        last = next(later for later in (last, last + 12, last + 24) if (later, minute) > (hour, said["minute"]))
        until = _moment(days.first, last, minute, now)
    return replace(days, first=at.date(), last=at.date(), at=at, until_at=until)


def _moment(on: date, hour: int, minute: int, now: datetime) -> datetime:
    """A clock time of a day; hour 24 and above is the next day's."""
    return datetime.combine(on + DAY * (hour // 24), time(hour % 24, minute), now.tzinfo)


def hour_of_day(said: Said) -> int:
    """The hour in 0..24 that was meant: 下午3点 is 15, 晚上12点 is 24, a bare 3点 is 15 as offices talk."""
    hour, part = int(said["hour"]), said.get("part", "")
    if (hour, part) in MIDNIGHT:
        return 24
    if said.get("exact") or hour >= 12:
        return 0 if (hour, part) == (12, "dawn") else hour
    return hour + 12 if hour in LATE.get(part, range(1, 7)) else hour
