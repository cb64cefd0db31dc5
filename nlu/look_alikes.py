"""Known customers whose name looks or sounds like a name that nobody knows: likely the same firm, written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crm import pinyin
from nlu.company_forms import Shape, shape_of, stems_of
from nlu.known import KnownCustomer
from nlu.names import Names, fold
from nlu.phrases import CALLED, key_of, near_keys
from nlu.phrases import NEAR as NEAR_KEY
from nlu.rule import Key

SAME, SOUNDS, NEAR = 3, 2, 1  # one distinctive part, one sound of it, one slip of the pen
MOST = 200  # customers that are compared
LEAST, LONGEST = 2, 4  # characters of a name that is compared by its sound
_BLURS = ((re.compile(r"([zcs])h"), r"\1"), (re.compile(r"([aei]n)g(?![aeiou])"), r"\1"))


@dataclass(frozen=True)
class Alike:
    """A known customer and how strongly its name is like the one said: SAME, SOUNDS or NEAR."""

    key: Key
    strength: int


@dataclass(frozen=True)
class _Outline:
    """What is left of a name as it is shortened, the most telling part last, and how that sounds."""

    stems: tuple[str, ...]
    sounds: frozenset[str]


def look_alikes(said: str, names: Names) -> list[Alike]:
    """The customers whose name is like the words said, the likeliest first."""
    folded = fold(said)
    outline = _outline(folded)
    if not outline.stems:
        return []
    likely = {number for stem in (folded, *outline.stems) for number in islice(_likely(stem, names), MOST)}
    found = [
        Alike(customer.key, strength)
        for customer in map(names.customers.at, sorted(likely))
        if (strength := _strength(outline, customer))
    ]
    return sorted(found, key=lambda alike: -alike.strength)


def meant_by_slip(said: str, names: Names) -> tuple[Key, ...]:
    """The customers that a folded name which nobody bears may mean, misheard or mistyped: the stem sounds so, or is one
    slip away, and what more is said (place, trade) is theirs.
    """
    shape = shape_of(said)
    stem = shape.stem
    numbers = dict.fromkeys(islice(_sounding(stem, names), MOST))
    if not numbers:
        near = dict.fromkeys(islice(_near(stem, names), MOST))
        numbers = {number: None for number in near if _is_one_slip(stem, names.customers.at(number))}
    return tuple(names.customers.key(number) for number in numbers if _agrees(shape, names.customers.shape(number)))


def _is_one_slip(said: str, customer: KnownCustomer) -> bool:
    stem = shape_of(fold(customer.name)).stem
    return any(_is_slip(said, known) for known in (stem, *map(fold, customer.short_names)))


def _agrees(said: Shape, known: Shape) -> bool:
    trade = said.rest[said.cuts[0] :]
    is_there = not said.town or not known.town or said.short_town == known.short_town
    return is_there and known.rest[known.cuts[0] :].startswith(trade)


def _likely(stem: str, names: Names) -> Iterator[int]:
    """The numbers of customers worth comparing."""
    for _, _, found in names.index.scan(stem):
        for kind, numbers in found:
            yield from numbers if kind < NEAR_KEY else ()
    yield from _sounding(stem, names)
    yield from _near(stem, names)


def _sounding(name: str, names: Names) -> Iterator[int]:
    """The customers whose stem or recorded short name sounds so."""
    if LEAST <= len(name) <= LONGEST and not name.isascii():
        written: Iterable[str] = names.index.written(pinyin.sounding_like(name)) if pinyin.syllables(name) else ()
    else:
        written = (phrase for syllables in pinyin.spelled(name)[:4] for phrase in names.index.written(syllables))
    for phrase in written:
        for kind, numbers in names.index.find(phrase):
            yield from numbers if kind <= CALLED else ()


def _near(name: str, names: Names) -> Iterator[int]:
    """The customers whose stem or recorded short name may be one slip of the pen away."""
    keys = near_keys(name) or ((f"<{name}", f">{name}", f"~{name}") if len(name) == LEAST else ())
    for key in keys:
        yield from names.slips.find(key)
    for place in range(len(name) - 1 if len(name) > LEAST else 0):
        swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        for kind, numbers in names.index.find(key_of(swapped)):
            yield from numbers if kind <= CALLED else ()


def _strength(said: _Outline, customer: KnownCustomer) -> int:
    return max(_compared(said, _outline(fold(name))) for name in (customer.name, *customer.short_names))


def _compared(said: _Outline, known: _Outline) -> int:
    if not known.stems:
        return 0
    if not set(said.stems).isdisjoint(known.stems) or _opens(said, known) or _opens(known, said):
        return SAME
    if not said.sounds.isdisjoint(known.sounds):
        return SOUNDS
    pairs = ((said.stems[0], known.stems[0]), (said.stems[-1], known.stems[-1]))
    return NEAR if any(_is_slip(one, other) for one, other in pairs) else 0


def _opens(longer: _Outline, shorter: _Outline) -> bool:
    """Whether a name goes on where another ends: 东方医院滨江院区."""
    return any(longer.stems[0].startswith(stem) and len(stem) >= _shortest(stem) for stem in shorter.stems)


def _shortest(name: str) -> int:
    """From how many characters on a name is told by a part of it."""
    return 5 if name.isascii() else 3


@lru_cache(maxsize=65536)
def _outline(folded: str) -> _Outline:
    stems = stems_of(folded)
    return _Outline(stems, frozenset(_sound(stem) for stem in stems))


def _sound(stem: str) -> str:
    """A stem as a hurried ear hears it: 华信 and 华星 are one, and so are chen lan and 晨岚."""
    heard = "".join(pinyin.blurred(syllable) for syllable in pinyin.syllables(stem))
    if heard:
        return heard
    heard = "".join(char for char in stem if char.isalnum())
    for told, blurred in _BLURS:
        heard = told.sub(blurred, heard)
    return heard


def _is_slip(one: str, other: str) -> bool:
    """Whether two names of three characters (Latin: five letters) or more differ by one that is put in, left out, wrong
    or swapped with the next.
    """
    if (
        max(len(one), len(other)) < _shortest(one)
        or min(len(one), len(other)) < LEAST
        or abs(len(one) - len(other)) > 1
    ):
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    is_swapped = left[2:] == right[2:] and left[:2] == right[:2][::-1]
    return left[1:] in (right, right[1:]) or left == right[1:] or is_swapped
