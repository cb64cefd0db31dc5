"""What each entry of the table is read as, told what was said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from crm.filters import Condition
from nlu.asking import days_told
from nlu.filters.marks import MONEY, PLACE, STAGE, TIER, WHEN, Mark
from nlu.filters.values import Told, period, stages_from
from nlu.filters.words import any_of, said
from nlu.numerals import english, number

Read = Callable[[Told], Iterable[Condition]]


def valued(name: str, mark: str, worth: Callable[[Mark], Any]) -> Read:
    """A reader of marks whose values are any of those told."""

    def read(told: Told) -> Iterable[Condition]:
        free = told.group("free")
        values = (free,) if free else tuple(dict.fromkeys(worth(one) for one in told.marks(mark)))
        return [Condition(name, values, told.has("no"))]

    return read


def place(told: Told) -> Iterable[Condition]:
    [read] = valued("place", PLACE, lambda mark: mark.value)(told)
    return [Condition("place", read.values, read.is_denied or told.has("off"))]


def tier(told: Told) -> Iterable[Condition]:
    tiers = tuple(dict.fromkeys(tier for mark in told.marks(TIER) for tier in mark.value))
    return [Condition("tier", tiers, told.has("no"))]


def silent(told: Told) -> Iterable[Condition]:
    days = days_told({name: told.group(name) for name in ("zh", "unit", "en", "span")})
    return [Condition("silent", (days,) if days else ())]


def contacted(told: Told) -> Iterable[Condition]:
    return [Condition("contacted", period(told, told.marks(WHEN)[0].value), told.has("no"))]


def never(told: Told) -> Iterable[Condition]:
    return [Condition("contacted", (None, None), is_denied=True)]


def of_table(name: str, table: str) -> Read:
    """A reader of words of a table, any of those told."""
    words = said(table)

    def read(told: Told) -> Iterable[Condition]:
        what = told.group("what")
        found = tuple(dict.fromkeys(words[word] for word in re.findall(any_of(table), what)))
        if told.has("no") or re.search(r"或| or ", what):
            return [Condition(name, found, told.has("no"))]
        return [Condition(name, (one,)) for one in found]

    return read


def amount(told: Told) -> Iterable[Condition]:
    amount = told.marks(MONEY)[0].value
    low, high = amount.low, amount.high or amount.low
    return [Condition("amount", (None if told.has("under") else low, None if told.has("over") else high))]


def dated(name: str) -> Read:
    def read(told: Told) -> Iterable[Condition]:
        return [Condition(name, period(told, told.marks(WHEN)[0].value))]

    return read


def ended(told: Told) -> Iterable[Condition]:
    """Deals that ended, and when."""
    outcome = Condition("outcome", ("lost" if told.has("lost") else "won",))
    times = told.marks(WHEN)
    return [outcome, *([Condition("closed", period(told, times[0].value))] if times else [])]


def late(told: Told) -> Iterable[Condition]:
    """Open deals whose expected day has passed."""
    return [Condition("outcome", ("open",)), Condition("closing", (None, told.today - timedelta(days=1)))]


def not_won(told: Told) -> Iterable[Condition]:
    """No deal was won, at all or within a period."""
    times = told.marks(WHEN)
    return [Condition("won", period(told, times[0].value) if times else (None, None), is_denied=True)]


def stage(told: Told) -> Iterable[Condition]:
    keys = [mark.value for mark in told.marks(STAGE)]
    return [Condition("stage", stages_from(told, keys), told.has("no"))]


def source(told: Told) -> Iterable[Condition]:
    return [Condition("source", (told.group("what") or told.group("free"),), told.has("no"))]


def missing(told: Told) -> Iterable[Condition]:
    fields = (value for read in of_table("filled", "field")(told) for value in read.values)
    return [Condition("filled", tuple(fields), is_denied=not told.has("yes"))]


def size(told: Told) -> Iterable[Condition]:
    """How many people work there: the least and the most of them."""
    low, high = _people(told.group("n")), _people(told.group("m") or told.group("n"))
    if not (low and high):
        return []
    return [Condition("size", (None if told.has("under") else low, None if told.has("over") else high))]


def _people(said_so: str) -> int:
    told = number(said_so) or english(said_so)
    return int(told or 0)
