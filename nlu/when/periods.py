"""Months, quarters, halves and years as days: what is told by number is placed nearest to now, as the tense allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from crm.lunar import from_lunar
from nlu.when import Said
from nlu.when.calendar import DAY, add_months, month_end

FARTHEST, CLOSE_BY = 270, 60  # days: a date that far off is not meant where its twin of another year is close by


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`; a clock time in `at` (and `until_at`) where one was said.

    `provisional` where working days were counted that are not published yet.
    """

    first: date
    last: date
    at: datetime | None = None
    until_at: datetime | None = None
    provisional: bool = False


def quarter_start(on: date) -> date:
    return date(on.year, on.month - (on.month - 1) % 3, 1)


def month(said: Said, now: datetime, tense: int) -> Period | None:
    """A month, or a day of one, by number or so many from the present."""
    if "lunar" in said:
        return _lunar(said, now, tense)
    if "month_by" in said:
        start = add_months(now.date().replace(day=1), said["month_by"] + 12 * said.get("year_by", 0))
        return in_month(said, start.year, start.month)
    if said.keys() & {"year", "year_by"}:
        return in_month(said, said.get("year") or now.year + said["year_by"], said["month"])
    found = [period for year in (-1, 0, 1, 2, 3, 4) if (period := in_month(said, now.year + year, said["month"]))]
    return _pick(found, now.date(), said.get("month_step", tense), said)


def _pick(periods: list[Period], today: date, tense: int, said: Said) -> Period | None:
    step = said.get("month_step", 0)
    if step > 0:
        ahead = sorted((one for one in periods if one.first > today), key=lambda one: one.first)
        return ahead[step - 1] if len(ahead) >= step else None
    nearest = min(periods, key=lambda one: _distance(one, today), default=None)
    if tense == 0 or nearest is None:
        return nearest
    if tense < 0:
        fitting = max((one for one in periods if one.first <= today), key=lambda one: one.first, default=nearest)
    else:
        fitting = min((one for one in periods if one.last >= today), key=lambda one: one.first, default=nearest)
    return fitting if _days_off(fitting, today) < FARTHEST or _days_off(nearest, today) > CLOSE_BY else nearest


def _days_off(one: Period, today: date) -> int:
    return max((one.first - today).days, (today - one.last).days)


def _distance(one: Period, today: date) -> int:
    """How far a period is away; what lies behind counts as a little farther."""
    if one.first <= today <= one.last:
        return 0
    ahead = (one.first - today).days
    return ahead * 2 if ahead > 0 else -(one.last - today).days * 3


def in_month(said: Said, year: int, month: int) -> Period | None:
    if "day" in said:
        day = valid_day(year, month, said["day"])
        last = valid_day(year, month, said["day_to"]) if "day_to" in said else day
        return Period(day, last) if day and last else None
    first, last = date(year, month, 1), month_end(year, said.get("month_to", month))
    if "half_month" in said:
        return Period(first, first + 14 * DAY) if said["half_month"] == 1 else Period(first + 15 * DAY, last)
    return piece_of(said, first, last)


def valid_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _lunar(said: Said, now: datetime, tense: int) -> Period | None:
    years = (
        [said["year"]]
        if "year" in said
        else [now.year + said["year_by"]]
        if "year_by" in said
        else [now.year, now.year + 1]
    )
    for year in years:
        first = from_lunar(year, said["month"], said.get("day", 1))
        after = first if "day" in said else from_lunar(year + said["month"] // 12, said["month"] % 12 + 1, 1)
        if first and after and (after >= now.date() or len(years) == 1):
            return Period(first, first if "day" in said else after - DAY)
    return None


def day_of_month(said: Said, now: datetime, tense: int) -> Period | None:
    """25号: this month's, the next month's where it is past; looking back the latest."""
    if "half_month" in said:
        return in_month(said, now.year, now.month)
    start = now.date().replace(day=1)
    found = [one for by in range(-2, 3) if (one := in_month(said, *_year_month(add_months(start, by))))]
    if tense < 0:
        return max((one for one in found if one.first <= now.date()), key=lambda one: one.first, default=None)
    return min((one for one in found if one.last >= now.date()), key=lambda one: one.first, default=None)


def _year_month(on: date) -> tuple[int, int]:
    return on.year, on.month


def quarter(said: Said, now: datetime, tense: int) -> Period:
    if "quarter_by" in said:
        start = add_months(quarter_start(now.date()), 3 * said["quarter_by"])
    else:
        start = date(year_of(said, now), 3 * said["quarter"] - 2, 1)
        start = _not_over(start, 3, said, now, tense)
    return piece_of(said, start, add_months(start, 3) - DAY)


def _not_over(start: date, months: int, said: Said, now: datetime, tense: int) -> date:
    """The start of a quarter or half that has no year: the next year's where it lies ahead and this year's is over."""
    has_year = not said.keys().isdisjoint(("year", "year_by"))
    is_over = tense > 0 and not has_year and add_months(start, months) <= now.date()
    return add_months(start, 12) if is_over else start


def half(said: Said, now: datetime, tense: int) -> Period:
    start = _not_over(date(year_of(said, now), 1 if said["half"] == 1 else 7, 1), 6, said, now, tense)
    return piece_of(said, start, add_months(start, 6) - DAY)


def from_january(said: Said, now: datetime, tense: int) -> Period:
    start = date(year_of(said, now), 1, 1)
    return Period(start, add_months(start, said["first"]) - DAY)


def year_of(said: Said, now: datetime) -> int:
    return int(said["year"] if "year" in said else now.year + said.get("year_by", 0))


def decade(said: Said, now: datetime, tense: int) -> Period:
    first = said["decade"] if "decade" in said else now.year - now.year % 10 + 10 * said["decade_by"]
    start = date(first, 1, 1)
    return Period(start, add_months(start, 120) - DAY)


def piece_of(said: Said, first: date, last: date) -> Period:
    """A part of a period: its last day, its first days, its middle, one of its halves or thirds."""
    piece, days = said.get("piece"), (last - first).days + 1
    if piece is None:
        return Period(first, last)
    if piece == "end":
        return Period(last, last)
    if days > 300:
        return Period(*_piece_of_year(piece, first.year))
    begin, end = PIECES_OF_WEEK[piece] if days <= 7 else PIECES[piece](days)
    return Period(first + DAY * begin, first + DAY * end)


def _piece_of_year(piece: str, year: int) -> tuple[date, date]:
    begin, end = PIECES_OF_YEAR[piece]
    return date(year, begin, 1), month_end(year, end)


# Where a piece begins and ends: in days from the first of a week, and of a month or quarter of so many days; in months.
PIECES_OF_WEEK = {"start": (0, 1), "half1": (0, 2), "half2": (3, 6)}
PIECES_OF_WEEK |= dict.fromkeys(("middle", "first10", "mid10", "last10"), (2, 3))
PIECES_OF_YEAR = {"start": (1, 2), "half1": (1, 6), "half2": (7, 12)}
PIECES_OF_YEAR |= dict.fromkeys(("middle", "first10", "mid10", "last10"), (5, 7))
PIECES: dict[str, Callable[[int], tuple[int, int]]] = {
    "start": lambda days: (0, 4),
    "half1": lambda days: (0, 14),
    "half2": lambda days: (15, days - 1),
    "first10": lambda days: (0, 9),
    "last10": lambda days: (20, days - 1),
    "middle": lambda days: (10, 19) if days < 60 else (days // 3, days * 2 // 3),
}
PIECES["mid10"] = PIECES["middle"]
