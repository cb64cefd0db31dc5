"""What finds names that are one slip of the pen away. Put in order when first asked: most messages never ask."""

from __future__ import annotations

from nlu.index import Index, value_of
from nlu.phrases import NEAR, WEAK, Parts, near_keys


class Slips:
    """The customers by what their stems and short names share with whatever is one slip away."""

    def __init__(self) -> None:
        self._index = Index(WEAK)
        self._left: dict[int, tuple[str, ...]] = {}  # by number the stem, the name behind the town, the short names

    def put(self, parts: Parts, number: int) -> None:
        """Know a customer, from the next question on."""
        self._left[number] = _told(parts)

    def drop(self, parts: Parts, number: int) -> None:
        """Know a customer no more."""
        if self._left.pop(number, None) is None:
            keys = _keys(_told(parts))
            self._index.remove(keys, [value_of(NEAR, number)] * len(keys))

    def find(self, key: str) -> tuple[int, ...]:
        """The numbers of the customers that share a key."""
        if self._left:
            self._take_in()
        return tuple(number for _, numbers in self._index.find(key) for number in numbers)

    def settle(self) -> None:
        """Do now what the first question would wait for."""
        self._take_in()
        self._index.settle()

    def _take_in(self) -> None:
        keys: list[str] = []
        values: list[int] = []
        for number, told in self._left.items():
            value, before = value_of(NEAR, number), len(keys)
            keys += _keys(told)
            values += [value] * (len(keys) - before)
        self._left.clear()
        self._index.add(keys, values)


def _told(parts: Parts) -> tuple[str, ...]:
    shape = parts.shape
    return (shape.stem, shape.rest, *parts.others[: parts.called])


def _keys(told: tuple[str, ...]) -> list[str]:
    stem, rest, *called = told
    found = [key for name in {stem, *called} if len(name) > 2 for key in near_keys(name)]
    if len(rest) > max(3, len(stem)):
        found.append(f"~{rest[0]}{rest[-1]}")
    return found
