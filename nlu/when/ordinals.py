"""The nth weekday, week, day, working day or month of something longer, and of what follows a day."""

from __future__ import annotations

from datetime import date, datetime

from crm.calendar import Calendar
from nlu.when import Said
from nlu.when.calendar import DAY, add_months, monday, month_end, nth_week, nth_weekday
from nlu.when.periods import Period, month, quarter, year_of


def nth(said: Said, now: datetime, tense: int, calendar: Calendar) -> Period | None:
    """Of the month, quarter or year said (else of the present month); negative counts from the end."""
    whole = _whole(said, now, tense or (1 if "weekday" in said else 0))
    count, unit = said["nth"], said.get("nth_of", "weekday")
    if unit == "weekday":
        day = _weekday_within(said, whole, count)
        return Period(day, day) if day else None
    if unit == "week":
        start = _nth_week(whole, count)
        return Period(start, start + 6 * DAY)
    if unit == "month":
        start = add_months(whole.first, count - 1) if count > 0 else add_months(whole.last.replace(day=1), count + 1)
        return Period(start, month_end(start.year, start.month))
    if unit == "workday":
        day = calendar.after(whole.first - DAY if count > 0 else whole.last + DAY, count)
    else:
        day = whole.first + DAY * (count - 1) if count > 0 else whole.last + DAY * (count + 1)
    return Period(day, day) if whole.first <= day <= whole.last else None


def nth_after(said: Said, on: date, calendar: Calendar) -> Period | None:
    """The nth weekday or day after a day."""
    if "weekday" in said:
        day = on + DAY * ((said["weekday"] - on.weekday() - 1) % 7 + 1 + 7 * (said["nth"] - 1))
        day += 7 * DAY if said["nth"] < 0 and day + 7 * DAY < on else 0 * DAY
    elif said.get("nth_of") == "workday":
        day = calendar.after(on, said["nth"])
    elif said.get("nth_of") == "day":
        day = on + DAY * said["nth"]
    else:
        return None
    return Period(day, day)


def _weekday_within(said: Said, whole: Period, count: int) -> date | None:
    """Of a month; of a longer time counted from its first or last day."""
    if (whole.last - whole.first).days <= 31:
        return nth_weekday(whole.first.year, whole.first.month, said["weekday"], count)
    weekday = int(said["weekday"])
    if count < 0:
        return whole.last - DAY * ((whole.last.weekday() - weekday) % 7 - 7 * (count + 1))
    return whole.first + DAY * ((weekday - whole.first.weekday()) % 7 + 7 * (count - 1))


def _nth_week(whole: Period, count: int) -> date:
    """A year's weeks are ISO weeks; a month's begin with its first Monday."""
    if count < 0:
        return monday(whole.last)
    if (whole.last - whole.first).days > 300:
        return monday(date(whole.first.year, 1, 4)) + 7 * DAY * (count - 1)
    return nth_week(whole.first.year, whole.first.month, count)


def _whole(said: Said, now: datetime, tense: int) -> Period:
    """The month, quarter or year around what is said; the present month where none is."""
    rest = {part: value for part, value in said.items() if part not in ("nth", "nth_of", "weekday", "day", "piece")}
    if rest.keys() & {"month", "month_by", "month_step"}:
        found = month(rest, now, tense)
        if found:
            return found
    if rest.keys() & {"quarter", "quarter_by"}:
        return quarter(rest, now, tense)
    if rest.keys() & {"year", "year_by"}:
        return Period(date(year_of(rest, now), 1, 1), date(year_of(rest, now), 12, 31))
    return Period(now.date().replace(day=1), month_end(now.year, now.month))
