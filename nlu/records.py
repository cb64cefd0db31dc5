"""Known customers by key, each packed into one string of bytes until somebody looks at it: a tenth of the memory."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nlu.company_forms import Shape
from nlu.known import KnownContact, KnownCustomer, KnownDeal
from nlu.rule import Key

_OPEN = 256  # customers kept unpacked


class Records(Mapping[Key, KnownCustomer]):
    """Customers by key and by number; numbers of those dropped are given anew."""

    def __init__(self) -> None:
        self._numbers: dict[Key, int] = {}
        self._keys: list[Key] = []
        # Names taken apart, as columns by number: a tuple each would keep the garbage collector busy.
        self.fulls: list[str] = []
        self.towns: list[str] = []
        self.rests: list[str] = []
        self.cuts: list[tuple[int, ...]] = []
        self.branches: dict[int, str] = {}
        self._same: dict[Any, Any] = {}
        self._packed: list[bytes] = []
        self._free: list[int] = []
        self._opened: dict[int, KnownCustomer] = {}

    def __getitem__(self, key: Key) -> KnownCustomer:
        return self.at(self._numbers[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def number(self, key: Key | None) -> int | None:
        """The number of a customer, None where it is not known."""
        return None if key is None else self._numbers.get(key)

    def at(self, number: int) -> KnownCustomer:
        """The customer of a number."""
        known = self._opened.get(number)
        if known is None:
            if len(self._opened) >= _OPEN:
                del self._opened[next(iter(self._opened))]  # the oldest
            known = self._opened[number] = _unpacked(self._packed[number])
        return known

    def put(self, customer: KnownCustomer, shape: Shape) -> int:
        """Keep a customer that is not here yet, with its name taken apart; its number."""
        full, town, rest, cuts, branch = shape
        # Few places and few lengths there are: one object of each is kept.
        town, cuts = self._same.setdefault(town, town), self._same.setdefault(cuts, cuts)
        if self._free:
            number = self._free.pop()
            self._keys[number], self._packed[number] = customer.key, _pack(customer)
            self.fulls[number], self.towns[number] = full, town
            self.rests[number], self.cuts[number] = rest, cuts
        else:
            number = len(self._keys)
            self._keys.append(customer.key)
            self._packed.append(_pack(customer))
            self.fulls.append(full)
            self.towns.append(town)
            self.rests.append(rest)
            self.cuts.append(cuts)
        if branch:
            self.branches[number] = branch
        self._numbers[customer.key] = number
        return number

    def key(self, number: int) -> Key:
        """The key of a customer by its number."""
        return self._keys[number]

    def shape(self, number: int) -> Shape:
        """The name of a customer, taken apart."""
        branch = self.branches.get(number, "")
        return Shape(self.fulls[number], self.towns[number], self.rests[number], self.cuts[number], branch)

    def may_hold(self, number: int, texts: Iterable[bytes]) -> bool:
        """Whether one of some words, in UTF-8, stands anywhere in what is kept of a customer."""
        packed = self._packed[number]
        return any(text in packed for text in texts)

    def drop(self, key: Key) -> None:
        """Keep a customer no more."""
        number = self._numbers.pop(key)
        self._packed[number] = b""  # the rest stays until the number is given anew
        self.branches.pop(number, None)
        self._opened.pop(number, None)
        self._free.append(number)


def _pack(customer: KnownCustomer) -> bytes:
    return marshal.dumps(
        (
            customer.key,
            customer.name,
            customer.short_names,
            tuple([(c.key, c.name, c.title, c.short_names) for c in customer.contacts]),
            tuple([(d.key, d.name, d.stage, d.is_open) for d in customer.deals]),
            customer.owner,
            customer.learnt,
        ),
        2,  # without references: shorter for strings that occur once
    )


def _unpacked(packed: bytes) -> KnownCustomer:
    key, name, short_names, contacts, deals, owner, learnt = marshal.loads(packed)  # noqa: S302  packed here, by this process
    people = tuple([KnownContact(*contact) for contact in contacts])
    return KnownCustomer(key, name, short_names, people, tuple([KnownDeal(*d) for d in deals]), owner, learnt)
