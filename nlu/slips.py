"""What finds names that are one slip of the pen away. Put in order when first asked: most messages never ask."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.index import Index, value_of
from nlu.phrases import NEAR, WEAK, Parts, near_keys

_LEAST = 3  # characters of a name that has keys of its own


class Slips:
    """The customers by what their stems and short names share with whatever is one slip away."""

    def __init__(self) -> None:
        self._index = Index(WEAK)
        self._names: list[str] = []  # whose keys wait to be made, and below the customers' numbers
        self._numbers: list[int] = []

    def put(self, parts: Parts, numbers: Sequence[int]) -> None:
        """Know customers, from the next question on."""
        names, own = _names(parts, numbers)
        self._names += names
        self._numbers += own

    def drop(self, parts: Parts, numbers: Sequence[int]) -> None:
        """Know customers no more."""
        self._take_in()
        self._index.remove(*_phrases(*_names(parts, numbers)))

    def find(self, key: str) -> tuple[int, ...]:
        """The numbers of the customers that share a key."""
        self._take_in()
        return tuple(number for _, numbers in self._index.find(key) for number in numbers)

    def settle(self) -> None:
        """Do now what the first question would wait for."""
        self._take_in()
        self._index.settle()

    def _take_in(self) -> None:
        if self._names:
            self._index.add(*_phrases(self._names, self._numbers))
            self._names, self._numbers = [], []


def _names(parts: Parts, numbers: Sequence[int]) -> tuple[list[str], list[int]]:
    """Stems and short names long enough, and marked by a ~ what is left of a name with its trade."""
    stems = [shape[2][: shape[3][0]] for shape in parts.shapes]
    told = [(stem, number) for stem, number in zip(stems, numbers, strict=True) if len(stem) >= _LEAST]
    told += [
        (name, numbers[place])
        for name, place in zip(parts.called, parts.called_of, strict=True)
        if len(name) >= _LEAST and name != stems[place]
    ]
    told += [
        (f"~{shape[2]}", number)
        for shape, stem, number in zip(parts.shapes, stems, numbers, strict=True)
        if len(shape[2]) > max(_LEAST, len(stem))
    ]
    return [name for name, _ in told], [number for _, number in told]


def _phrases(names: Sequence[str], numbers: Sequence[int]) -> tuple[list[str], list[int]]:
    keys: list[str] = []
    values: list[int] = []
    for name, number in zip(names, numbers, strict=True):
        own = (f"~{name[1]}{name[-1]}",) if name[0] == "~" else near_keys(name)
        keys += own
        values += [value_of(NEAR, number)] * len(own)
    return keys, values
