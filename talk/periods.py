"""How a period is written: by the name it has for the reader today, and by its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from babel.dates import format_date

from talk.forms import LOCALES, Reader, written_day
from talk.message import Span

_DAY = timedelta(days=1)


def span_key(span: Span) -> str:
    """The key of the words around the days: open at either end, or closed."""
    if span.since is None or span.until is None:
        return "span_until" if span.since is None else "span_since"
    return "span_closed"


def written_span(span: Span, reader: Reader) -> str:
    """11月9日–15日, 10月28日–11月3日; 9–15 Nov, 28 Oct–3 Nov. One day, or an open span's end, as days are written."""
    if span.since is None or span.until is None or span.since == span.until:
        only = span.until or span.since
        return written_day(only, reader) if only else ""
    first, last = span.since, span.until
    if reader.language == "zh":
        year = f"{first.year}年" if first.year != reader.today.year else ""
        again = f"{last.year}年" if last.year != first.year else ""
        month = f"{last.month}月" if (last.year, last.month) != (first.year, first.month) else ""
        return f"{year}{first.month}月{first.day}日–{again}{month}{last.day}日"
    year = f" {last.year}" if last.year != reader.today.year or first.year != last.year else ""
    before = f" {first.year}" if first.year != last.year else ""
    month = f" {_month(first)}" if (first.year, first.month) != (last.year, last.month) else ""
    return f"{first.day}{month}{before}–{last.day} {_month(last)}{year}"


def period_name(span: Span, today: date) -> str:
    """The key of what a period is called (period_last_week, period_this_month …), "" where it has no name."""
    if span.since is None or span.until is None or span.since == span.until:
        return ""
    for unit, (first, longest) in _STARTS.items():
        this = first(today)
        after = first(this + longest)
        named = {"last": (first(this - _DAY), this), "this": (this, after), "next": (after, first(after + longest))}
        for which, (start, end) in named.items():
            if (span.since, span.until) == (start, end - _DAY):
                return f"period_{which}_{unit}"
    return ""


def _month(on: date) -> str:
    return format_date(on, "MMM", locale=LOCALES["en"])


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _first_of_month(on: date) -> date:
    return on.replace(day=1)


def _first_of_quarter(on: date) -> date:
    return date(on.year, on.month - (on.month - 1) % 3, 1)


def _first_of_year(on: date) -> date:
    return date(on.year, 1, 1)


# How each kind of period begins, and a time that leads from its beginning into the next one.
_STARTS: dict[str, tuple[Callable[[date], date], timedelta]] = {
    "week": (_monday, timedelta(days=7)),
    "month": (_first_of_month, timedelta(days=31)),
    "quarter": (_first_of_quarter, timedelta(days=92)),
    "year": (_first_of_year, timedelta(days=366)),
}
