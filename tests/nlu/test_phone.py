"""Telephone numbers, and digits that are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nlu.finders.phone import find
from nlu.normalise import normalise

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def numbers(text: str) -> list[str]:
    return [found.value for found in find(normalise(text), NOW)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("手机13900000123", "13900000123"),
        ("139 0000 0123 老刘", "13900000123"),
        ("139-0000-0123", "13900000123"),
        ("+86 139 0000 0123", "+8613900000123"),
        ("总机0571-55550000转802", "057155550000"),
        ("(021) 55550000", "02155550000"),
        ("热线400-800-0000", "4008000000"),
        ("his mobile is +46 70 000 0012", "+46700000012"),
        ("窗口 0900-000-815", "0900000815"),
        ("电话幺三九零零零零零一二三", "13900000123"),
        ("tel 2555 0000", "25550000"),
    ],
)
def test_a_number_is_found(text: str, number: str) -> None:
    assert numbers(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "订单号13900000123",
        "卡号6222 0000 0000 0000",
        "2026-11-20",
        "预算750000",
        "合同编号 2026-0571-55550000",
        "版本 10.2.33.4455",
        "一二三四五六七八九十",
        "14:00-16:00",
    ],
)
def test_other_digits_are_left_alone(text: str) -> None:
    assert numbers(text) == []
