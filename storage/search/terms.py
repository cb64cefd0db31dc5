"""What a customer is found by: short terms of its names, of its people and deals, of numbers, and who sees it.

A term is letters, figures and Han characters alone. A pair of characters stands as it is; else the first letter tells
the kind: w word, r the same backwards, p pair of syllables as heard, i initials, s pair with one character between,
h form of address (王总), d end of a telephone number, x tax id, o somebody who may see the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from storage.search.folded import Folded, digits, folded, heard, read

VERSION = 1  # of what the terms of a record are: another number makes every index anew
TAIL, WHOLE_TAIL = 4, 8  # last figures of a telephone number that are terms
REVERSED = 5  # letters of a word from which on a slip in its beginning is looked for
_ADDRESSED = ("总", "工", "董", "经理", "主任", "院长", "校长", "老师", "局长", "处长", "科长", "部长", "厂长", "所长")


@dataclass(frozen=True)
class Person:
    """Somebody who works at a customer."""

    id: int
    name: str
    title: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Sold:
    """A deal with a customer."""

    id: int
    name: str
    is_open: bool = True


@dataclass
class Account:
    """A customer with all that it is found by. `called` are short names with who learnt each (None: for all).

    `sharers` are (user, chat for whose sake or None); `sellers` own deals that let them see the customer.
    """

    id: int
    name: str
    owner_id: int
    phone: str = ""
    tax_id: str = ""
    called: list[tuple[str, int | None]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    deals: list[Sold] = field(default_factory=list)
    sharers: list[tuple[int, int | None]] = field(default_factory=list)
    sellers: list[int] = field(default_factory=list)


def terms_of(account: Account) -> set[str]:
    """Every term that a customer is found by."""
    found: set[str] = set()
    for name in (account.name, *(text for text, _ in account.called)):
        told = folded(name)
        found.update(_of_name(told), _apart(told))
    for person in account.people:
        told = folded(person.name)
        found.update(_of_name(told), pairs(folded(person.title).han), _of_words(folded(person.title)))
        found.update(f"h{address}" for address in addresses(told, person.title))
    for deal in account.deals:
        told = folded(deal.name)
        found.update(pairs(told.han), _of_words(told))
    for number in (account.phone, *(person.phone for person in account.people)):
        found.update(tails(digits(number)))
    if account.tax_id:
        found.add(f"x{folded(account.tax_id).joined}")
    seen_by = {account.owner_id, *account.sellers, *(user for user, _ in account.sharers)}
    return found | {owner_term(user) for user in seen_by}


def owner_term(user_id: int) -> str:
    """The term of the customers that a user looks after or shares."""
    return f"o{user_id}"


def pairs(han: str) -> Iterator[str]:
    """Each two characters that stand side by side."""
    return (han[place : place + 2] for place in range(len(han) - 1))


def sounds(han: str) -> Iterator[str]:
    """Each two syllables side by side, as heard."""
    syllables = [heard(syllable) for syllable in read(han)]
    return (f"p{a}{b}" for a, b in pairwise(syllables) if a and b)


def initials(letters: str) -> Iterator[str]:
    """Each two and three initials side by side."""
    return (f"i{letters[place : place + size]}" for size in (2, 3) for place in range(len(letters) - size + 1))


def tails(number: str) -> Iterator[str]:
    """The ends of a telephone number that name its holder."""
    if len(number) >= TAIL:
        yield f"d{number[-TAIL:]}"
        yield f"d{number[-WHOLE_TAIL:]}"


def addresses(name: Folded, title: str) -> Iterator[str]:
    """How somebody is addressed by surname and title: 王总 for a 总经理, 王经理 for a 采购经理."""
    if name.han:
        told = folded(title).han
        yield from (name.han[0] + form for form in _ADDRESSED if form in told)


def initials_of(name: Folded) -> list[str]:
    """The initials of what is Han in a name, and of its words."""
    of_words = "".join(word[0] for word in name.words if word[0].isascii())
    of_han = "".join(syllable[:1] or " " for syllable in read(name.core))
    return [*of_han.split(), of_words]


def _of_name(name: Folded) -> Iterator[str]:
    yield from pairs(name.han)
    yield from sounds(name.core)
    for letters in initials_of(name):
        yield from initials(letters)
    yield from _of_words(name)


def _of_words(name: Folded) -> Iterator[str]:
    words = name.words
    yield from (f"w{word}" for word in words)
    if len(words) > 1:
        yield f"w{''.join(words)}"


def _apart(name: Folded) -> Iterator[str]:
    """What a name with one slip of the pen still has."""
    core = name.core
    yield from (f"s{core[place]}{core[place + 2]}" for place in range(len(core) - 2))
    yield from (f"r{word[::-1]}" for word in name.words if len(word) >= REVERSED)


_UNSAFE = re.compile(r"[\W_]")


def as_text(terms: Iterable[str]) -> str:
    """Terms as one text, parted by blanks, in an order that is always the same."""
    return " ".join(sorted(_UNSAFE.sub("", term) for term in terms))
