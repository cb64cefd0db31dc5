"""Clock times: which hour of the day was meant, and the moment it gives on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from nlu.when import Said
from nlu.when.calendar import DAY
from nlu.when.periods import Period

AFTERNOON = frozenset({"afternoon", "evening", "night", "noon"})


def with_clock(said: Said, days: Period, now: datetime) -> Period | None:
    hour = hour_of_day(said)
    if hour is None:
        return days
    at = _moment(days.first, hour, said["minute"], now)
    until = _moment(days.first, hour + said["hour_to"] - said["hour"], 59, now) if "hour_to" in said else None
    if "to" in said:
        last = hour_of_day({**said, "hour": said["to"][0]}) or 0
        until = _moment(
            days.first, last if (last, said["to"][1]) > (hour, said["minute"]) else last + 12, said["to"][1], now
        )
    return replace(days, first=at.date(), last=at.date(), at=at, until_at=until)


def _moment(on: date, hour: int, minute: int, now: datetime) -> datetime:
    """A clock time of a day; hour 24 and above is the next day's."""
    return datetime.combine(on + DAY * (hour // 24), time(hour % 24, minute), now.tzinfo)


def hour_of_day(said: Said) -> int | None:
    """The hour in 0..24 that was meant: 下午3点 is 15, 晚上12点 is 24, a bare 3点 is 15 as offices talk."""
    hour, part = said["hour"], said.get("part")
    if said.get("exact") and not (part in AFTERNOON and 0 < hour < 12 and said.get("bare")):
        return int(hour)
    if part == "noon":
        return int(hour + 12 if hour < 4 else hour)
    if part == "night":
        return int(hour + 12 if 6 <= hour <= 12 else hour)
    if part in ("afternoon", "evening"):
        return int(hour + 12 if hour < 12 else 24 if part == "evening" else 12)
    if part in ("dawn", "morning"):
        return 0 if hour == 12 and part == "dawn" else int(hour)
    return int(hour + 12 if 1 <= hour <= 6 else hour)
