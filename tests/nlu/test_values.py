"""Single values in plain form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from nlu.values import values

NOW = datetime.fromisoformat("2026-11-20T10:00+08:00")


@pytest.mark.parametrize(
    ("kind", "text", "form"),
    [
        ("date", "明天去", {"date": "2026-11-21"}),
        ("datetime", "明天下午三点", {"at": "2026-11-21T15:00"}),
        ("period", "下周", {"start": "2026-11-23", "end": "2026-11-29"}),
        ("date", "月底前", {"date": "2026-11-30"}),
        ("amount", "80-90万", {"amount": 800_000.0, "amount_max": 900_000.0, "currency": "CNY"}),
        ("percent", "赢率六成", {"percent": 60.0}),
        ("phone", "手机139 0000 0123", {"phone": "13900000123"}),
        ("email", "Lin@Example.com", {"email": "lin@example.com"}),
    ],
)
def test_a_value_is_printed_plainly(kind: str, text: str, form: dict[str, Any]) -> None:
    assert values(text, kind, NOW, "zh") == [form]


def test_values_come_in_the_order_of_the_text() -> None:
    assert [value["date"] for value in values("周一拜访,周三演示", "date", NOW, "zh")] == ["2026-11-23", "2026-11-25"]


def test_just_now_is_no_value() -> None:
    assert values("刚打完电话", "date", NOW, "zh") == []
