"""What was said becomes days and moments, with now and the tense of the clause: the last step, and the only one that
knows the date. Working days are those of the calendar that comes with the question.

Tense is -1 where the clause looks back (去了), 1 where it looks ahead (要, 前), 0 where nothing tells. Weeks start on
Monday. A bare weekday is this week's, or the next one if it is past; looking back it is the latest. A bare month or
day of month is the nearest that fits.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from crm.calendar import PUBLISHED, Calendar, is_provisional
from nlu.when import Said
from nlu.when.calendar import (
    DAY,
    HOLIDAYS,
    add_months,
    holiday,
    monday,
    month_end,
)
from nlu.when.hours import with_clock
from nlu.when.ordinals import nth, nth_after
from nlu.when.periods import (
    CLOSE_BY,
    FARTHEST,
    Period,
    day_of_month,
    decade,
    from_january,
    half,
    month,
    piece_of,
    quarter,
    quarter_start,
    valid_day,
    year_of,
)

FINE = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
FAR = 400_000  # units beyond which a duration is no duration


def resolve(said: Said, now: datetime, tense: int, calendar: Calendar = PUBLISHED) -> Period | None:
    """The days that were said; None where there are none such (30 February, year 12026)."""
    try:
        days = _days(said, now, tense, calendar)
    except (ValueError, OverflowError):
        return None
    if days is None:
        return None
    if isinstance(days, datetime):
        return Period(days.date(), days.date(), days)
    if "rest" in said:
        return _rest(days, now)
    if "week_around" in said:
        return Period(monday(days.first), monday(days.first) + 6 * DAY)
    return with_clock(said, days, now) if "hour" in said else days


def _rest(days: Period, now: datetime) -> Period:
    """What is left: of a day until midnight, of longer times from today on."""
    if days.first == days.last == now.date():
        return Period(days.first, days.last, now, datetime.combine(days.last, time(23, 59), now.tzinfo))
    return Period(max(days.first, now.date()), days.last) if days.last >= now.date() else days


def _days(said: Said, now: datetime, tense: int, calendar: Calendar) -> Period | datetime | None:
    """The rule for the coarsest thing said."""
    today = now.date()
    for part, rule in _RULES:
        if part in said:
            return rule(said, now, tense, calendar)
    return Period(today, today)


def _shifted(said: Said, now: datetime, tense: int, calendar: Calendar) -> Period | datetime | None:
    """Counted from now, or from a base; hours and minutes give a moment."""
    base = resolve(said["base"], now, tense, calendar) if "base" in said else None
    if "base" in said and base is None:
        return None
    start = (base.at or datetime.combine(base.first, time(), now.tzinfo)) if base else now
    if any(abs(count) > FAR for _, count in said["shift"]):
        return None
    if base and "beside" in said and base.at is None and base.first != base.last:
        unit, count = said["shift"][0]
        return _end_of(base, unit, count, calendar)
    moment = start
    for unit, count in said["shift"]:
        moment = _moved(moment, unit, count, calendar)
    if any(unit in FINE for unit, _ in said["shift"]):
        return moment.replace(second=0, microsecond=0)
    at = moment if base and base.at and "hour" not in said else None
    by_rule = said["shift"][0][0] == "workday" and (is_provisional(start.date()) or is_provisional(moment.date()))
    return Period(moment.date(), moment.date(), at, provisional=by_rule)


def _end_of(base: Period, unit: str, count: float, calendar: Calendar) -> Period | None:
    """下个月前三天, 今年最后两周: the first or the last so many of a longer time."""
    if unit in FINE:
        return None
    midnight = datetime.combine(base.first if count < 0 else base.last + DAY, time())
    edge = _moved(midnight, unit, -count, calendar).date()
    return Period(base.first, edge - DAY) if count < 0 else Period(edge, base.last)


def _moved(moment: datetime, unit: str, count: float, calendar: Calendar) -> datetime:
    if unit in FINE:
        return moment + FINE[unit] * count
    if unit == "workday":
        return datetime.combine(calendar.after(moment.date(), round(count)), moment.timetz())
    if unit in ("day", "week", "fortnight"):
        return moment + DAY * round(count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = count * MONTHS_IN[unit]
    on = add_months(moment.date(), int(months)) + DAY * round((months - int(months)) * 30)
    return datetime.combine(on, moment.timetz())


def _span(said: Said, now: datetime, tense: int, calendar: Calendar) -> Period | None:
    """The next three days, the last two quarters: days and weeks from today, whole months, quarters and years."""
    unit, count = said["span"]
    today = now.date()
    if count == 0 or abs(count) > FAR:
        return None
    if unit in FINE:
        first, last = sorted((now, _moved(now, unit, count, calendar)))
        return Period(first.date(), last.date(), first, last)
    if unit in ("quarter", "decade"):
        months = MONTHS_IN[unit]
        start = date(today.year - today.year % 10, 1, 1) if unit == "decade" else quarter_start(today)
        edge = add_months(start, months if count > 0 else int(count) * months)
        return Period(edge, add_months(edge, int(abs(count)) * months) - DAY)
    far = _moved(now, unit, count, calendar).date()
    return Period(min(today + DAY, far), far) if count > 0 else Period(far, max(today - DAY, far))


def _by_day(said: Said, now: datetime, tense: int) -> Period:
    today = add_months(now.date(), 12 * said.get("year_by", 0) + said.get("month_by", 0)) + 7 * DAY * said.get(
        "week_by", 0
    )
    first: int = said["day_by"]
    return Period(today + DAY * first, today + DAY * int(said.get("days_to", first)))


def _holiday(said: Said, now: datetime, tense: int) -> Period | None:
    """Of the year said, else the coming one; looking back the latest."""
    name = said["holiday"]
    if "year" in said or "year_by" in said:
        found = holiday(name, said.get("year") or now.year + said.get("year_by", 0))
    else:
        around = [day for year in (now.year - 1, now.year, now.year + 1) if (day := holiday(name, year))]
        found = _nearest(around, now.date(), said.get("nearest") or tense or 1, may_err="nearest" not in said)
    if found is None:
        return None
    if "weekend" in said:
        saturday = found - DAY * ((found.weekday() - 5) % 7) if found.weekday() != 4 else found + DAY
        return Period(saturday, saturday + DAY)
    return Period(found, found)


def _nearest(days: list[date], today: date, tense: int, *, may_err: bool) -> date | None:
    """The latest that is past or the first ahead; where that is a year back and another is close by, tense erred."""
    nearest = min(days, key=lambda day: abs((day - today).days), default=None)
    if nearest is None:
        return None
    past, ahead = [day for day in days if day <= today], [day for day in days if day >= today]
    fitting = max(past, default=nearest) if tense < 0 else min(ahead, default=nearest)
    is_far = (today - fitting).days > FARTHEST and abs((nearest - today).days) < CLOSE_BY
    return nearest if is_far and may_err else fitting


def _season(said: Said, now: datetime, tense: int) -> Period:
    first, last = HOLIDAYS["season"][said["season"]]
    year = said.get("year") or now.year + said.get("year_by", 0)
    over = 1 if last < first else 0
    if not said.keys() & {"year", "year_by"} and tense >= 0 and now.date() > month_end(year + over, last):
        year += 1
    return Period(date(year, first, 1), month_end(year + over, last))


def _week(said: Said, now: datetime, tense: int) -> Period:
    start = monday(now.date()) + 7 * DAY * said["week_by"]
    if "weekday" in said:
        day = start + DAY * said["weekday"]
        if said["week_by"] == 0 and day < now.date() and tense >= 0 and not said.get("headed"):
            day += 7 * DAY
        return _weekdays(said, day)
    if "weekend" in said:
        return Period(start + 5 * DAY, start + 6 * DAY)
    return piece_of(said, start, start + 6 * DAY)


def _weekday(said: Said, now: datetime, tense: int, calendar: Calendar) -> Period | None:
    """A weekday alone, of a month (第一个周二), or beside a day of month, which it then helps to place."""
    if "nth" in said:
        return _nth(said, now, tense, calendar)
    if "day" in said:
        return _day_on_weekday(said, now, tense)
    today = now.date()
    ahead = (said["weekday"] - today.weekday()) % 7
    tense = said.get("nearest", tense)
    if "nearest" in said:
        day = today + DAY * (ahead or 7) if tense > 0 else today - DAY * ((-ahead) % 7 or 7)
        day += 7 * DAY * (tense - 1 if tense > 0 else tense + 1)
        return Period(day, day)
    return _weekdays(said, today + DAY * ahead if tense >= 0 else today - DAY * ((-ahead) % 7))


def _weekdays(said: Said, day: date) -> Period:
    """A weekday's day, or the days up to `weekday_to`."""
    return Period(day, day + DAY * (said.get("weekday_to", said["weekday"]) - said["weekday"]))


def _day_on_weekday(said: Said, now: datetime, tense: int) -> Period | None:
    rest = {part: value for part, value in said.items() if part != "weekday"}
    if said.keys() & {"year", "month", "month_by", "year_by"}:
        candidates = [found for year in (0, 1, -1) if (found := _day_of(rest, now, tense, year))]
    else:
        today = now.date()
        starts = [add_months(today.replace(day=1), by) for step in range(13) for by in (step, -step)]
        candidates = [Period(day, day) for start in starts if (day := valid_day(start.year, start.month, said["day"]))]
    fitting = [found for found in candidates if found.first.weekday() == said["weekday"]]
    return next(iter(fitting or candidates), None)


def _day_of(said: Said, now: datetime, tense: int, year: int) -> Period | None:
    if said.keys() & {"year", "year_by"}:
        return month(said, now, tense) if year == 0 else None
    return month({**said, "year": now.year + year}, now, tense)


def _weekend(said: Said, now: datetime, tense: int) -> Period:
    start = monday(now.date()) + 5 * DAY
    if tense < 0 and start > now.date():
        start -= 7 * DAY
    return Period(start, start + DAY)


def _nth(said: Said, now: datetime, tense: int, calendar: Calendar) -> Period | None:
    """第三个周一; 元旦后第一个周一 is counted from a base."""
    if "base" not in said:
        return nth(said, now, tense, calendar)
    base = resolve(said["base"], now, tense, calendar)
    return nth_after(said, base.last, calendar) if base else None


def _year(said: Said, now: datetime, tense: int, calendar: Calendar) -> Period | None:
    if "nth" in said:
        return _nth(said, now, tense, calendar)
    year = year_of(said, now)
    return piece_of(said, date(year, 1, 1), date(said.get("year_to", year), 12, 31))


def _piece(said: Said, now: datetime, tense: int) -> Period | None:
    """月底, 年初 alone: of the present month or year."""
    return resolve({**said, f"{said.get('of', 'month')}_by": 0}, now, tense)


Rule = Callable[[Said, datetime, int, Calendar], Period | datetime | None]


def _by_date(rule: Callable[[Said, datetime, int], Period | None]) -> Rule:
    """A rule that counts no working days."""
    return lambda said, now, tense, calendar: rule(said, now, tense)


_RULES: tuple[tuple[str, Rule], ...] = (
    ("shift", _shifted),
    ("span", _span),
    ("day_by", _by_date(_by_day)),
    ("holiday", _by_date(_holiday)),
    ("season", _by_date(_season)),
    ("week_by", _by_date(_week)),
    ("weekday", _weekday),
    ("weekend", _by_date(_weekend)),
    ("nth", _nth),
    ("month", _by_date(month)),
    ("month_by", _by_date(month)),
    ("day", _by_date(day_of_month)),
    ("half_month", _by_date(day_of_month)),
    ("quarter", _by_date(quarter)),
    ("quarter_by", _by_date(quarter)),
    ("half", _by_date(half)),
    ("first", _by_date(from_january)),
    ("year", _year),
    ("year_by", _year),
    ("decade_by", _by_date(decade)),
    ("decade", _by_date(decade)),
    ("piece", _by_date(_piece)),
)
