"""Holidays, and words of time found alike by the walk and by trying every place."""

from __future__ import annotations

import re
from datetime import date

import pytest

from nlu.when.atoms import OPENING
from nlu.when.calendar import add_months, holiday, nth_weekday
from nlu.when.words import SCANNER


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("春节", 2026, date(2026, 2, 17)),
        ("除夕", 2027, date(2027, 2, 5)),
        ("端午", 2025, date(2025, 5, 31)),
        ("中秋", 2026, date(2026, 9, 25)),
        ("清明", 2026, date(2026, 4, 5)),
        ("easter", 2026, date(2026, 4, 5)),
        ("thanksgiving", 2026, date(2026, 11, 26)),
        ("black friday", 2026, date(2026, 11, 27)),
        ("国庆", 2026, date(2026, 10, 1)),
    ],
)
def test_a_holiday_falls_on_its_day(name: str, year: int, expected: date) -> None:
    assert holiday(name, year) == expected


def test_months_are_added_to_the_last_day_where_there_is_no_such_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 3, 31), -13) == date(2025, 2, 28)


def test_a_month_may_lack_a_fifth_weekday() -> None:
    assert nth_weekday(2026, 11, 0, 5) == date(2026, 11, 30)
    assert nth_weekday(2026, 11, 1, 5) is None


@pytest.mark.parametrize(
    "text",
    [
        "明天下午三点半到四点,下下周一前,25号上午,去年十月第一个周二,再过三天,十一后,农历腊月初八,国庆前一天",
        "2026-11-25 15:30,11/25,12.3前,Q3,上半年,月底,最近两周,半小时内,周五下班前,早9点,七八点,全天,昨跑三家",
        "next Wed at 3pm, Nov 25, the 25th, in two weeks, end of next month, EOM, half past three, 8-9am, this morning",
    ],
)
def test_every_word_is_found_where_its_first_character_says(text: str) -> None:
    for word in SCANNER.words.values():
        for match in word.compiled.finditer(text):
            start = match.start()
            if text[start - 1 : start].isalpha() and text[start - 1 : start].isascii():
                continue  # no word begins within another
            letters = re.match(rf"[a-z]{{1,{OPENING}}}", text[start:].lower())
            fitting = SCANNER.by_start.get(letters[0] if letters else text[start])
            assert fitting is not None and word.name in fitting.names, (word.pattern, match[0])
