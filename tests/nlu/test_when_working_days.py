"""Times told in working days, at a stated moment: Friday, 20 November 2026, 10:00 in Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from crm.calendar import Calendar
from tests.nlu.test_when import told, whens


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("三个工作日内给方案", "..2026-11-25"),
        ("5个工作日后寄出", "2026-11-27"),
        ("下个工作日发合同", "2026-11-23"),
        ("send it within 3 working days", "..2026-11-25"),
    ],
)
def test_working_days_leave_weekends_out(text: str, day: str) -> None:
    assert told(text) == day


def test_working_days_leave_the_long_holidays_out() -> None:
    before_october = datetime(2026, 9, 29, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert told("三个工作日内答复", before_october) == "..2026-10-09"


def test_weekends_worked_for_a_holiday_count_as_working_days() -> None:
    before_october = datetime(2026, 9, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert told("三个工作日内答复", before_october) == "..2026-10-10"
    assert told("国庆后两个工作日内", before_october) == "..2026-10-09"


def test_a_deadline_by_working_days_not_yet_published_says_so() -> None:
    year_end = datetime(2026, 12, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert [when.provisional for when in whens("五个工作日内给方案", year_end)] == [True]
    assert [when.provisional for when in whens("一个工作日内给方案,元旦前签", year_end)] == [False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三个工作日内给方案", "..2026-11-26"),
        ("send within three working days", "..2026-11-26"),
        ("three working days from Monday", "2026-11-27"),
        ("下周一后第一个工作日", "2026-11-25"),
        ("下周最后两个工作日", "2026-11-27..2026-11-29"),
        ("未来两个工作日", "2026-11-21..2026-11-25"),
    ],
)
def test_working_days_are_those_of_the_calendar_that_is_given(text: str, expected: str) -> None:
    calendar = Calendar({date(2026, 11, 24): False, date(2026, 11, 28): True})
    assert told(text, calendar=calendar) == expected
