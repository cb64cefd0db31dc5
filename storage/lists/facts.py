"""Conditions on what is written of a customer or of a person there: place, industry, source, staff, birthday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from crm.industries import words_of
from crm.places import openings, outer, places
from storage.staff import LeastStaff, MostStaff
from storage.tables import contacts, customers


def place(values: Sequence[Any]) -> ColumnElement[bool]:
    """In any of some places."""
    return or_(*(_at(str(value)) for value in values))


def _at(said: str) -> ColumnElement[bool]:
    """By the region; where it says no more than the province, or nothing, by address or name. A place that nobody knows
    (西湖区) stands somewhere in region or address.
    """
    if said not in places():
        return or_(_holds(customers.c.region, said.lower()), _holds(customers.c.address, said.lower()))
    inner = openings(said)
    rough = or_(customers.c.region == "", func.lower(customers.c.region).in_(outer(said)))
    told = or_(
        _opens(customers.c.address, inner), _opens(customers.c.name, inner), _holds(customers.c.address, f"{said}市")
    )
    return or_(_opens(customers.c.region, inner), and_(rough, told))


def _opens(column: ColumnElement[str], words: Iterable[str]) -> ColumnElement[bool]:
    """Holds where a text begins with one of the words: compared by their lengths, of which there are few."""
    by_length: dict[int, list[str]] = {}
    for word in sorted(words):
        by_length.setdefault(len(word), []).append(word)
    lower = func.lower(column)
    return or_(*(func.substr(lower, 1, length).in_(same) for length, same in sorted(by_length.items())))


def industry(values: Sequence[Any]) -> ColumnElement[bool]:
    """Of any of some industries, by its name where nothing is written of that."""
    words = {word for value in values for word in words_of(str(value))}
    holds = [_holds(customers.c.industry, word) for word in sorted(words)]
    named = [_holds(customers.c.name, word) for word in sorted(words)]
    return or_(*holds, and_(customers.c.industry == "", or_(*named)))


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return func.lower(column).contains(word, autoescape=True)


def source(values: Sequence[Any]) -> ColumnElement[bool]:
    """Come from any of some sources."""
    return or_(*(_holds(customers.c.source, str(value).lower()) for value in values))


def size(values: Sequence[Any]) -> ColumnElement[bool]:
    """By the numbers of staff told: 201-500 is at least 200 and at most 500; one number alone must lie within."""
    low, high = values
    least, most = LeastStaff(customers.c.size), MostStaff(customers.c.size)
    if low is not None and low == high:
        return func.coalesce(and_(least <= low, most >= low), false())
    holds = [least >= low] if low is not None else []
    return func.coalesce(and_(*holds, *([most <= high] if high is not None else [])), false())


def birthday(values: Sequence[Any]) -> ColumnElement[bool]:
    """Between two days as MM-DD; a stretch over New Year has its first day behind its last."""
    first, last = values
    told = contacts.c.birthday
    day = func.substr(told, func.length(told) - 4)
    within = and_(day >= first, day <= last) if first <= last else or_(day >= first, day <= last)
    return and_(told != "", within)
