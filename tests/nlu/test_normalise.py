"""A text in one spelling, and the way back to what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("五千 二百 三十一 万", "五千二百三十一万"),
        ("百 分 之 五", "百分之五"),
        ("周三 十点", "周三 十点"),
        ("三百万 五月签", "三百万 五月签"),
        ("$45，600美元", "$45, 600美元"),
        ("1,200，300", "1,200,300"),
    ],
)
def test_numbers_are_closed_up_and_neighbours_kept_apart(text: str, plain: str) -> None:
    assert normalise(text).plain == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("报价２５万，含税", "报价25万,含税"),
        ("下禮拜三去拜訪聯合電子", "下礼拜三去拜访联合电子"),
        ("預算 50 萬 左右", "预算 50万 左右"),
        ("下午 3 点", "下午 3点"),
        ("周二 十点见", "周二 十点见"),
        ("③5万元的那单", "③5万元的那单"),
        ("零\u200b宽", "零宽"),
        ("Kevin 今天 call 了", "Kevin 今天 call 了"),
    ],
)
def test_a_text_is_spelt_one_way(written: str, plain: str) -> None:
    assert normalise(written).plain == plain


@pytest.mark.parametrize(
    ("written", "part", "original"), [("報價 ２5 萬", "25万", "２5 萬"), ("使用者無法登入", "无法", "無法")]
)
def test_a_span_leads_back_to_what_was_written(written: str, part: str, original: str) -> None:
    text = normalise(written)
    start = text.plain.index(part)
    first, last = text.span(start, start + len(part))
    assert text.original[first:last] == original


def test_what_taiwan_says_otherwise_is_spelt_as_elsewhere() -> None:
    assert normalise("使用者無法登入").plain == "使用者无法登录"
    assert normalise("幫我看這週行程").plain == "帮我看这周行程"


@given(st.text())
def test_every_text_is_taken_and_mapped(written: str) -> None:
    text = normalise(written)
    assert len(text.origin) == len(text.plain)
    assert all(one <= other for one, other in zip(text.origin, text.origin[1:], strict=False))
    assert text.span(0, len(text.plain))[1] <= len(written)


def test_an_empty_text_has_an_empty_span() -> None:
    assert normalise("").span(0, 0) == (0, 0)


def test_a_lone_surrogate_is_kept() -> None:
    assert normalise("報\ud800價").plain == "报\ud800价"
