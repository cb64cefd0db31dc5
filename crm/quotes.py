"""Quotes, as a fact of a deal keeps them until they are records of their own: the sum and the discount."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm.money import Money

_SUM = re.compile(r"(?P<sum>\d+(?:\.\d+)?) (?P<currency>[A-Z]{3})")
_DISCOUNT = re.compile(r"-(?P<percent>\d+(?:\.\d+)?)%")


class Quote(NamedTuple):
    """What was offered; None where it was not told."""

    amount: Money | None
    discount: float | None


def kept_quote(amount: Money | None, discount: float | None) -> str:
    """The value of the fact quote_sent: "700000 CNY -20%", "" where nothing more is known than that it is out."""
    sums = [f"{amount.major} {amount.currency}"] if amount else []
    return " ".join([*sums, *([f"-{discount:g}%"] if discount else [])])


def quote_of(kept: str) -> Quote:
    """What `kept_quote` wrote."""
    told, off = _SUM.search(kept), _DISCOUNT.search(kept)
    amount = Money.of(told["sum"], told["currency"]) if told else None
    return Quote(amount, float(off["percent"]) if off else None)
