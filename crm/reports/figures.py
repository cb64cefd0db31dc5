"""Counts and sums of deals, weighted and not, and how they are added: a currency never with another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crm.money import Money


@dataclass(frozen=True)
class Bundle:
    """So many deals of one currency and one `rate` in percent; `known` of them have an amount, together `minor`."""

    currency: str
    rate: int
    count: int
    minor: int
    known: int


@dataclass(frozen=True)
class Figures:
    """How many deals, their amounts, the amounts weighted by their rates, and how many have no amount yet."""

    count: int = 0
    sums: tuple[Money, ...] = ()
    weighted: tuple[Money, ...] = ()
    without: int = 0


NOTHING = Figures()


def figures(bundles: Iterable[Bundle]) -> Figures:
    """The figures of bundles together. Weighted amounts are rounded once, half up, when everything is added."""
    count = known = 0
    minors: dict[str, int] = {}
    hundredths: dict[str, int] = {}
    for one in bundles:
        count, known = count + one.count, known + one.known
        if one.known:
            minors[one.currency] = minors.get(one.currency, 0) + one.minor
            hundredths[one.currency] = hundredths.get(one.currency, 0) + one.minor * one.rate
    weighted = {currency: (amount + 50) // 100 for currency, amount in hundredths.items()}
    return Figures(count, _monies(minors), _monies(weighted), count - known)


def added(*groups: Iterable[Money]) -> tuple[Money, ...]:
    """Amounts added up, a currency each."""
    minors: dict[str, int] = {}
    for group in groups:
        for money in group:
            minors[money.currency] = minors.get(money.currency, 0) + money.minor
    return _monies(minors)


def less(group: Iterable[Money], taken: Iterable[Money]) -> tuple[Money, ...]:
    """What is left when amounts are taken away, a currency each; nothing of a currency that stays the same."""
    negative = [Money(-money.minor, money.currency) for money in taken]
    return tuple(money for money in added(group, negative) if money.minor)


def of_currency(group: Iterable[Money], currency: str) -> Money:
    """The amount of a currency among amounts, nothing where there is none."""
    return next((money for money in group if money.currency == currency), Money(0, currency))


def share(part: int, whole: int) -> int:
    """How much of the whole a part is, in percent, rounded half up; `whole` is above 0."""
    return (part * 200 + whole) // (2 * whole)


def _monies(minors: dict[str, int]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sorted(minors.items()))
