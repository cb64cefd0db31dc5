"""The one number routine."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.numerals import bounds, digits, english, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("廿二", 22),
        ("两千零六", 2006),
        ("三万五", 35_000),
        ("一万零五", 10_005),
        ("1万2", 12_000),
        ("1万600", 10_600),
        ("25万6千", 256_000),
        ("4.78万亿", Decimal("4780000000000")),
        ("10万万", 1_000_000_000),
        ("柒拾陆万捌仟", 768_000),
        ("1,250,000", 1_250_000),
        ("三点五", Decimal("3.5")),
        ("二零二六", 2026),
    ],
)
def test_an_exact_numeral_is_read(text: str, value: Decimal) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "万科", "abc", "三x", "点"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三五十万", 300_000, 500_000),
        ("十七八万", 170_000, 180_000),
        ("两三千", 2_000, 3_000),
        ("十几万", 100_000, None),
        ("三十来万", 300_000, None),
        ("几百万", 1_000_000, None),
        ("1.2个亿", 120_000_000, None),
        ("五百余万", 5_000_000, None),
    ],
)
def test_a_vague_numeral_has_bounds(text: str, low: int, high: int | None) -> None:
    assert bounds(text) == (Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("text", "value"),
    [("forty-five", 45), ("two thousand and twenty", 2020), ("a hundred", 100), ("2.5", Decimal("2.5"))],
)
def test_english_number_words_are_read(text: str, value: Decimal) -> None:
    assert english(text) == value


def test_digits_said_one_by_one_are_put_together() -> None:
    assert digits("幺三九零零零零一二三四") == "13900001234"


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿点几多来个半0123456789,.", max_size=40))
def test_no_run_of_numerals_is_too_odd(text: str) -> None:
    bounds(text)
    number(text)
