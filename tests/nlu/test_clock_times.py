"""Clock times as settings tell them, alone and as a stretch."""

from __future__ import annotations

import re

import pytest

from nlu.clock_times import CLOCK, STRETCH, clock_of, stretch_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("17:30", "17:30"),
        ("7:30", "07:30"),
        ("25:00", "25:00"),
        ("24:00", "00:00"),
        ("8点", "08:00"),
        ("晚上10点", "22:00"),
        ("晚上十点半", "22:30"),
        ("晚上12点", "00:00"),
        ("半夜2点", "02:00"),
        ("凌晨12点", "00:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("下午5点一刻", "17:15"),
        ("下午3点20分", "15:20"),
        ("十一点三刻", "11:45"),
        ("10pm", "22:00"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("7:30 a.m.", "07:30"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
    ],
)
def test_a_clock_time_is_read(text: str, told: str) -> None:
    assert re.fullmatch(CLOCK, text)
    assert str(clock_of(text)) == told


@pytest.mark.parametrize(("text", "is_open"), [("8点", True), ("5:30", True), ("08:00", False), ("下午5点", False)])
def test_an_hour_without_its_half_of_the_day_may_be_twelve_hours_later(text: str, is_open: bool) -> None:
    assert clock_of(text).is_open is is_open


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("22:00-7:30", ("22:00", "07:30")),
        ("晚上10点到早上7点半", ("22:00", "07:30")),
        ("9 to 6", ("09:00", "06:00")),
        ("10pm and 7:30am", ("22:00", "07:30")),
    ],
)
def test_a_stretch_has_two_ends(text: str, ends: tuple[str, str]) -> None:
    assert re.fullmatch(STRETCH, text)
    first, last = stretch_of(text)
    assert (str(first), str(last)) == ends
