"""Money in minor units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        (80_0000, "CNY", 80_000_000),
        ("0.1", "CNY", 10),
        (0.005, "USD", 1),
        (1000, "JPY", 1000),
        (1.2e8, "CNY", 12_000_000_000),
    ],
)
def test_money_is_made_from_major_units(amount: float | str, currency: str, minor: int) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


def test_major_units_come_back() -> None:
    assert Money(80_000_050).major == Decimal("800000.5")
    assert Money(1000, "JPY").major == 1000
