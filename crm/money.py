"""Money as the records keep it: integer minor units and an ISO currency. Nothing here converts between currencies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from crm.errors import InvalidValue

LARGEST_MINOR = 10**15  # ten trillion yuan: no deal has it, and every column holds it
MINOR_UNITS = {"JPY": 1, "KRW": 1, "VND": 1}  # currencies without a hundredth; every other one here has a hundred


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units (fen, cents) of an ISO 4217 currency: Money(80_000_00) is ¥80,000."""

    minor: int
    currency: str = "CNY"

    @classmethod
    def of(cls, amount: Decimal | int | float | str, currency: str = "CNY") -> Money:
        """Money from a number in major units (yuan, dollars), rounded half up to the minor unit."""
        units = Decimal(str(amount)) * MINOR_UNITS.get(currency, 100)
        return cls(int(units.to_integral_value(ROUND_HALF_UP)), currency)  # of a number however long

    @property
    def major(self) -> Decimal:
        """The amount in major units (yuan, dollars)."""
        return Decimal(self.minor) / MINOR_UNITS.get(self.currency, 100)


def is_sum(money: Money) -> bool:
    """Whether a deal may have such a sum: neither nothing nor more than there is."""
    return 0 < money.minor < LARGEST_MINOR


def check_sum(money: Money) -> None:
    """Refuse a sum that no deal has. Raises InvalidValue."""
    if not is_sum(money):
        raise InvalidValue(value=money)
