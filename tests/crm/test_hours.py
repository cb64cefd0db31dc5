"""Hours of the day, and the moments that follow from them where a clock is turned."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm.calendar import Calendar, Hours, moment, out_of_quiet, read_time
from crm.errors import InvalidHours

QUIET = Hours.read("21:00-08:00")
SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


@pytest.mark.parametrize("told", ["25:00", "9", "9:60", "", "nine", "12:00:00", "-1:00"])
def test_what_is_no_clock_time_is_refused(told: str) -> None:
    with pytest.raises(InvalidHours):
        read_time(told)


@pytest.mark.parametrize("told", ["21:00", "21:00-25:00", "08:00-08:00", "1-2-3"])
def test_what_is_no_stretch_is_refused(told: str) -> None:
    with pytest.raises(InvalidHours):
        Hours.read(told)


@pytest.mark.parametrize(
    ("at", "held"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_hold_over_midnight(at: str, held: bool) -> None:
    assert QUIET.hold(read_time(at)) is held


def test_quiet_hours_in_the_middle_of_the_day_hold_then_alone() -> None:
    nap = Hours.read("12:00-13:30")
    assert [nap.hold(time(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]


def test_what_falls_into_the_quiet_waits_for_the_morning_of_the_same_night() -> None:
    late = datetime(2026, 11, 20, 23, 0, tzinfo=SHANGHAI)
    early = datetime(2026, 11, 21, 3, 0, tzinfo=SHANGHAI)
    morning = datetime(2026, 11, 21, 8, 0, tzinfo=SHANGHAI)
    assert out_of_quiet(late, QUIET, SHANGHAI) == out_of_quiet(early, QUIET, SHANGHAI) == morning
    assert out_of_quiet(morning, QUIET, SHANGHAI) == morning


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_a_morning_is_one_moment_on_the_days_on_which_clocks_are_turned(zone: ZoneInfo) -> None:
    for day in (date(2027, 3, 14), date(2027, 3, 28), date(2026, 10, 25), date(2026, 11, 1)):
        at = moment(day, time(9), zone)
        assert (at.astimezone(zone).date(), at.astimezone(zone).time()) == (day, time(9))
        assert moment(day + timedelta(days=1), time(9), zone) - at in (timedelta(hours=h) for h in (23, 24, 25))


def test_a_clock_time_that_is_skipped_or_comes_twice_is_one_moment() -> None:
    assert moment(date(2027, 3, 28), time(2, 30), BERLIN) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_end_of_the_quiet_is_by_the_clock_of_the_new_day() -> None:
    night = datetime(2027, 3, 27, 23, 0, tzinfo=BERLIN)
    assert out_of_quiet(night, QUIET, BERLIN) - night == timedelta(hours=8)


def test_a_day_that_was_settled_otherwise_counts_as_settled() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    plain, settled = Calendar(), Calendar({monday: False, date(2026, 11, 22): True})
    assert (plain.between(friday, monday), settled.between(friday, monday)) == (1, 1)
    assert plain.after(friday, 1) == monday
    assert settled.after(friday, 1) == date(2026, 11, 22)
    assert settled.after(friday, 2) == date(2026, 11, 24)


def test_no_working_day_has_passed_on_the_day_itself_or_before() -> None:
    day = date(2026, 11, 20)
    assert [Calendar().between(day, other) for other in (day, day - timedelta(days=3))] == [0, 0]
