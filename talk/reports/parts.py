"""What the lines of several reports are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP
from typing import Any

from crm.money import Money
from crm.reports.figures import Figures
from talk.message import Count, Phrase

Facts = dict[str, Any]
Section = tuple[Any, Sequence[Any]]
MOST_PEOPLE = 8  # lines by person; of a review fewer
MOST_IN_REVIEW = 5
MOST_DEALS = 3  # that are named in a line, or told with their reasons
MOST_NAMES = 10
LONGEST = 16  # characters of a name within a line


def sums_told(figures: Figures) -> list[Any]:
    """How many, the amounts, and how many have none yet."""
    without = Phrase("deals_without_amount", {"n": figures.without}) if figures.without else None
    return [Count(figures.count, "count_deals"), *figures.sums, without]


def weighted_told(figures: Figures) -> Any:
    """The weighted amounts, None where there are none."""
    return Phrase("part_weighted", {"sums": whole(figures.weighted)}) if figures.weighted else None


def whole(sums: Iterable[Money]) -> list[Money]:
    """Amounts in whole yuan, dollars …: of what is weighted nobody wants the fen."""
    return [Money.of(money.major.to_integral_value(ROUND_HALF_UP), money.currency) for money in sums]


def names_told(names: Sequence[str]) -> list[Any]:
    """Names in one line, the first of them where they are many."""
    more = [Phrase("and_more", {"n": len(names) - MOST_NAMES})] if len(names) > MOST_NAMES else []
    return [[*names[:MOST_NAMES], *more]] if names else []


def capped(lines: list[Any], most: int) -> list[Any]:
    """The first lines, and how many there are more."""
    more = len(lines) - most
    return [*lines[:most], Phrase("and_more", {"n": more})] if more > 1 else lines


def short(name: str) -> str:
    """A name within a line."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def main_currency(sums: Sequence[Money]) -> str:
    """The currency that most is in, "" of nothing."""
    return max(sums, key=lambda money: money.major).currency if sums else ""
