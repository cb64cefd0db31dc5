"""Shares and discounts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nlu.finders.percent import find
from nlu.normalise import normalise

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def shares(text: str) -> list[tuple[float, str]]:
    return [(found.value, found.rule) for found in find(normalise(text), NOW)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("赢率65%", 65),
        ("把握六成", 60),
        ("七八成把握", 70),
        ("三成五", 35),
        ("百分之六十", 60),
        ("百分之三点五", 3.5),
        ("千分之五", 0.5),
        ("60 percent likely", 60),
        ("five percent less", 5),
        ("对半开", 50),
        ("各付四分之一", 25),
        ("先付一半", 50),
        ("提高12个百分点", 12),
        ("先降5%", 5),
        ("五五开吧", 50),
        ("赢面上调到75", 75),
        ("首付三成", 30),
        ("把握50-60%", 50),
        ("六到七成把握", 60),
        ("负百分之五", -5),
        ("百 分 之 三 百四 十", 340),
        ("two thirds upfront", 200 / 3),
        ("pay half now", 50),
    ],
)
def test_a_share_is_found(text: str, value: float) -> None:
    assert [share for share, _ in shares(text)] == [value]


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("打85折", 15),
        ("八折拿走", 20),
        ("打八八折", 12),
        ("9.5折", 5),
        ("再让3个点", 3),
        ("打对折", 50),
        ("半价", 50),
        ("打三五折", 65),
        ("drop three points", 3),
    ],
)
def test_a_discount_is_what_comes_off(text: str, off: float) -> None:
    assert shares(text) == [(off, "discount")]


def test_two_shares_that_make_up_a_whole_are_told_by_the_word_behind() -> None:
    assert shares("利润三七开") == shares("同意三七付") == [(30, "split"), (70, "split")]


@pytest.mark.parametrize("text", ["付款三六一", "付款 3-6-1", "款 30/60/10", "terms 30/60/10"])
def test_instalments_that_make_up_a_whole_are_shares(text: str) -> None:
    assert shares(text) == [(30, "split"), (60, "split"), (10, "split")]


@pytest.mark.parametrize(
    "text",
    [
        "成交了",
        "三点开会",
        "一成不变吗",
        "已完成",
        "https://a.example/?q=30%25",
        "今天3/4去",
        "预算砍了一半",
        "三成功",
        "an hour and a half.",
        "the first half of it",
    ],
)
def test_what_is_no_share_is_left_alone(text: str) -> None:
    assert shares(text) == []
