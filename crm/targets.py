"""Targets: what a person or a team shall reach within a month or a quarter, and how such periods are named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from crm.errors import InvalidPeriod

MEASURES = ("won_amount", "won_deals", "new_deals", "visits", "new_customers")
SUMS = ("won_amount",)  # measures whose value is money; the others are counted
MOST = 1_000_000  # of what is counted
_PERIOD = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))")


@dataclass(eq=False)
class Target:
    """A target of a user or of a team: `period` is 2026-11 or 2026-Q4; `value` minor units for a sum, else a count."""

    period: str
    measure: str
    value: int
    user_id: int | None = None
    team_id: int | None = None
    currency: str = "CNY"
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


def month_of(on: date) -> str:
    """The month of a day: 2026-11."""
    return f"{on.year:04}-{on.month:02}"


def quarter_of(on: date) -> str:
    """The quarter of a day: 2026-Q4."""
    return f"{on.year:04}-Q{(on.month + 2) // 3}"


def months_of(quarter: str) -> list[str]:
    """The three months of a quarter. Raises InvalidPeriod."""
    first, _ = days_of(quarter)
    return [month_of(first.replace(month=first.month + more)) for more in range(3)]


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a month or a quarter. Raises InvalidPeriod."""
    told = _PERIOD.fullmatch(period)
    if told is None or not 2000 <= int(told[1]) <= 2999:
        raise InvalidPeriod(value=period)
    length = 1 if told[2] else 3
    month = int(told[2] or 3 * int(told[3]) - 2)
    first = date(int(told[1]), month, 1)
    after = date(first.year + (month + length > 12), (month + length - 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def period_of(since: date | None, until: date | None) -> str:
    """The name of the month or the quarter that the days from `since` to `until` are, "" where they are neither."""
    if since is None or until is None:
        return ""
    names = (month_of(since), quarter_of(since))
    return next((name for name in names if days_of(name) == (since, until)), "")
