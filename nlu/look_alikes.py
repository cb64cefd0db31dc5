"""Known customers whose name looks or sounds like a name that nobody knows: likely the same firm, written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nlu import pinyin
from nlu.company_forms import stems_of
from nlu.known import KnownCustomer
from nlu.names import fold
from nlu.rule import Key

SAME, SOUNDS, NEAR = 3, 2, 1  # one distinctive part, one sound of it, one slip of the pen
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


def look_alikes(said: str, known: Iterable[KnownCustomer]) -> list[Alike]:
    """The customers whose name is like the words said, the likeliest first."""
    outline = _outline(fold(said))
    if not outline.stems:
        return []
    found = [Alike(customer.key, strength) for customer in known if (strength := _strength(outline, customer))]
    return sorted(found, key=lambda alike: -alike.strength)


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
    heard = pinyin.joined(stem) or "".join(char for char in stem if char.isalnum())
    for told, blurred in _BLURS:
        heard = told.sub(blurred, heard)
    return heard


def _is_slip(one: str, other: str) -> bool:
    """Whether two names of three characters (Latin: five letters) or more differ by one that is put in, left out, wrong
    or swapped with the next.
    """
    if min(len(one), len(other)) < _shortest(one) or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    is_swapped = left[2:] == right[2:] and left[:2] == right[:2][::-1]
    return left[1:] in (right, right[1:]) or left == right[1:] or is_swapped
