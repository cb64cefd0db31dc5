"""Chinese working days, as published and by rule, and the lunar calendar below them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crm.calendar import PUBLISHED, is_provisional, is_working_day
from crm.lunar import from_lunar, qingming


@pytest.mark.parametrize(
    ("on", "is_worked"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday worked for the holiday before
        (date(2026, 2, 14), True),
        (date(2020, 1, 31), False),  # the spring festival that was made longer
        (date(2004, 1, 17), True),
    ],
)
def test_a_published_day_is_known_as_published(on: date, is_worked: bool) -> None:
    assert is_working_day(on) == is_worked
    assert not is_provisional(on)


@pytest.mark.parametrize(
    ("on", "is_worked"),
    [
        (date(2027, 1, 1), False),
        (date(2027, 2, 5), False),  # the lunar year's last day
        (date(2027, 2, 8), False),
        (date(2027, 4, 5), False),  # Qingming
        (date(2027, 5, 3), False),
        (date(2027, 6, 9), False),  # the fifth of the fifth moon
        (date(2027, 9, 15), False),  # the full moon of the eighth
        (date(2027, 10, 7), False),
        (date(2027, 10, 9), False),  # a Saturday: whether it is worked is not known yet
        (date(2027, 11, 22), True),
    ],
)
def test_a_day_beyond_the_published_years_is_by_rule(on: date, is_worked: bool) -> None:
    assert is_working_day(on) == is_worked
    assert is_provisional(on)


@pytest.mark.parametrize(
    ("on", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 3, date(2026, 11, 25)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        (date(2026, 10, 12), -2, date(2026, 10, 9)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2026, 12, 30), 2, date(2027, 1, 4)),
    ],
)
def test_working_days_are_counted_with_the_weekends_worked(on: date, count: int, expected: date) -> None:
    assert PUBLISHED.after(on, count) == expected


def test_every_published_year_has_its_days() -> None:
    for year in range(2004, 2027):
        days = [date(year, 1, 1) + timedelta(days=later) for later in range(365)]
        assert 240 <= sum(map(is_working_day, days)) <= 262, year


def test_a_count_beyond_all_use_comes_to_an_end() -> None:
    assert PUBLISHED.after(date(2026, 1, 1), 10**9) < date(2040, 1, 1)


def test_the_table_is_what_the_library_says() -> None:
    library = pytest.importorskip("chinese_calendar")
    for year in range(2004, 2027):
        for later in range(365):
            on = date(year, 1, 1) + timedelta(days=later)
            assert is_working_day(on) == library.is_workday(on), on


def test_the_lunar_table_has_ends() -> None:
    assert from_lunar(2026, 1, 1) == date(2026, 2, 17)
    assert from_lunar(1949, 1, 1) is None
    assert from_lunar(2101, 1, 1) is None


def test_a_leap_month_moves_the_months_behind_it() -> None:
    assert from_lunar(2025, 6, 1) == date(2025, 6, 25)
    assert from_lunar(2025, 7, 1) == date(2025, 8, 23)


def test_qingming_is_the_fourth_or_fifth_of_april() -> None:
    assert [qingming(year).day for year in (2024, 2025, 2026, 2027)] == [4, 4, 5, 5]
