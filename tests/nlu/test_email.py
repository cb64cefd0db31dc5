"""E-mail addresses, written and spoken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nlu.finders.email import find
from nlu.normalise import normalise

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("邮箱是Lin.Tao@example.com。", "lin.tao@example.com"),
        ("写给 a_b+1@mail.example.cn 吧", "a_b+1@mail.example.cn"),
        ("发到lin点tao艾特example点com", "lin.tao@example.com"),
    ],
)
def test_an_address_is_found(text: str, address: str) -> None:
    assert [found.value for found in find(normalise(text), NOW)] == [address]


@pytest.mark.parametrize("text", ["@小李 看一下", "lin@office", "a@b.c", "5@8"])
def test_what_is_no_address_is_left_alone(text: str) -> None:
    assert find(normalise(text), NOW) == []
