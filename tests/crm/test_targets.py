"""Periods of targets: months and quarters, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from crm.errors import InvalidPeriod
from crm.targets import days_of, month_of, months_of, period_of, quarter_of


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_days_and_is_known_by_them(period: str, first: date, last: date) -> None:
    assert days_of(period) == (first, last)
    assert period_of(first, last) == period
    assert period in (month_of(last), quarter_of(last))


@pytest.mark.parametrize(
    "period", ["", "今年", "2026", "2026-13", "2026-0", "2026-Q5", "2026-Q0", "26-11", "0001-Q1", "2026-11 "]
)
def test_what_is_neither_a_month_nor_a_quarter_is_refused(period: str) -> None:
    with pytest.raises(InvalidPeriod):
        days_of(period)


def test_other_days_are_no_period() -> None:
    assert period_of(date(2026, 11, 1), date(2026, 11, 29)) == ""
    assert period_of(date(2026, 10, 1), date(2026, 11, 30)) == ""
    assert period_of(None, date(2026, 11, 30)) == ""
    assert period_of(date(2026, 11, 1), None) == ""


def test_a_quarter_has_three_months() -> None:
    assert months_of("2026-Q4") == ["2026-10", "2026-11", "2026-12"]
    assert months_of("2026-Q1") == ["2026-01", "2026-02", "2026-03"]
