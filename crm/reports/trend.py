"""The trend: what was won week by week or month by month, the running period last, against its target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crm.reports.attainment import Goal
from crm.reports.figures import Figures

KINDS = ("week", "month")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """One period from `since` to `until` and what was won in it; `is_open` while it runs."""

    since: date
    until: date
    won: Figures
    is_open: bool


@dataclass(frozen=True)
class TrendReport:
    """Periods of a kind from the oldest to the newest; `goal` is what shall be won in the newest."""

    kind: str
    periods: tuple[Period, ...]
    goal: Goal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was won in any of them."""
        return not any(period.won.count for period in self.periods)


def spans_before(kind: str, today: date, count: int) -> list[tuple[date, date]]:
    """The first and last days of so many weeks or months up to the one of today, the oldest first."""
    return [span_back(kind, today, back) for back in reversed(range(count))]


def span_back(kind: str, today: date, back: int) -> tuple[date, date]:
    """The first and last day of a day, a week (from Monday) or a month, so many of them before today's."""
    if kind == "day":
        return today - _DAY * back, today - _DAY * back
    if kind == "week":
        monday = today - _DAY * (today.weekday() + 7 * back)
        return monday, monday + 6 * _DAY
    place = today.year * 12 + today.month - 1 - back
    after = place + 1
    return date(place // 12, place % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - _DAY
