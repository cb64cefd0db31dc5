"""How well a name fits what is searched for. What the index finds is looked at here, so that a term too many in it, or
terms that come together from different names, show nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum

from storage.search.folded import Folded, digits, folded, heard, is_han, read
from storage.search.plan import How, parted
from storage.search.terms import TAIL, addresses, initials_of

SLIP_HAN, SLIP_LATIN, SLIPS_LATIN = 3, 5, 9  # characters from which on one slip is forgiven, and two of letters


class Fit(IntEnum):
    """How a name fits, the best first."""

    WHOLE = 0
    BEGINS = 1
    HOLDS = 2
    PARTS = 3
    SPELLED = 4
    INITIALS = 5
    HEARD = 6
    BLURRED = 7
    APART = 8
    SLIPPED = 9


class Said:
    """What is searched for, prepared once for many names."""

    def __init__(self, text: str) -> None:
        self.folded = folded(text)
        self.number = digits(text.strip())
        self.core = self.folded.core + "".join(self.folded.words)
        self.is_han = bool(self.folded.joined) and self.folded.joined == self.folded.han
        self.parts = [
            (token, folded(token).core if is_han(token) else "")
            for token in self.folded.tokens
            if is_han(token) or token in self.folded.words
        ]
        self.read = read(self.folded.core)
        self.heard = tuple(map(heard, self.read))
        joined = self.folded.joined
        self.letters = joined if len(joined) >= 2 and joined.isascii() and joined.isalpha() else ""
        self.spelled = parted(self.letters) if self.letters else []
        self.spelled_as_heard = [(tuple(map(heard, parts)), _begun(rest)) for parts, rest in self.spelled]

    def fits_name(self, name: str, how: How) -> Fit | None:
        """How a name fits, looked at in one way; None where it does not."""
        told = folded(name)
        if how is How.NAMED:
            return self._named(told)
        if how is How.HEARD:
            return self._sounds(read(told.core))
        if how is How.APART:
            return Fit.APART if self._is_apart(told) else None
        return Fit.SLIPPED if self._is_slip(told) else None

    def fits_person(self, name: str, title: str, phones: Iterable[str], how: How) -> Fit | None:
        """How somebody fits by name, form of address, title or number."""
        fit = self.fits_name(name, how)
        if how is not How.NAMED or fit is not None:
            return fit
        told = folded(name)
        if self.is_han and told.han[:1] == self.folded.joined[0] and self.folded.joined in addresses(told, title):
            return Fit.WHOLE
        if title and (by_title := self._said_in(folded(title))) is not None:
            return max(Fit.PARTS, by_title)
        fits = (self.fits_number(phone) for phone in phones)
        return min((fit for fit in fits if fit is not None), default=None)

    def fits_number(self, phone: str) -> Fit | None:
        """Whether a telephone number ends so, or is the end of what is searched for."""
        if len(self.number) < TAIL or not phone:
            return None
        known = digits(phone)
        is_end = known.endswith(self.number) or (len(known) > 2 * TAIL and self.number.endswith(known))
        return (Fit.WHOLE if known == self.number else Fit.HOLDS) if is_end else None

    def fits_tax_id(self, tax_id: str) -> Fit | None:
        """Whether a tax id begins so."""
        said = self.folded.joined
        if len(said) < 6 or not (known := folded(tax_id).joined).startswith(said):
            return None
        return Fit.WHOLE if known == said else Fit.BEGINS

    def _named(self, name: Folded) -> Fit | None:
        fit = self._said_in(name)
        if fit is None and self.letters:
            return self._is_spelled(name)
        return fit

    def _said_in(self, name: Folded) -> Fit | None:
        said = self.folded
        if self._is_plainly_not(name):
            return None
        core = name.core + "".join(name.words)
        if said.joined == name.joined or (self.core == core and len(self.core) > 1):
            return Fit.WHOLE
        if name.joined.startswith(said.joined):
            return Fit.BEGINS
        if self.is_han and said.joined in name.han:
            return Fit.HOLDS
        starts = (*name.words, "".join(name.words)) if name.words else ()
        for token, core in self.parts:
            if not (token in name.han or core in name.han if core else _begins(token, starts)):
                return None
        return Fit.HOLDS if len(self.parts) == 1 else Fit.PARTS

    def _is_plainly_not(self, name: Folded) -> bool:
        """Whether a look at the first part tells that a name does not hold it: so do most of those that are judged."""
        if not self.parts or not name.joined:
            return True
        core = self.parts[0][1]
        return core not in name.han if core else not name.words

    def _sounds(self, syllables: tuple[str, ...]) -> Fit | None:
        if not _within(self.heard, tuple(map(heard, syllables))):
            return None
        return Fit.HEARD if _within(self.read, syllables) else Fit.BLURRED

    def _is_spelled(self, name: Folded) -> Fit | None:
        syllables = read(name.core)
        if any(_spells(parts, rest, syllables) for parts, rest in self.spelled):
            return Fit.SPELLED
        if any(self.letters in letters for letters in initials_of(name)):
            return Fit.INITIALS
        as_heard = tuple(map(heard, syllables))
        is_heard = any(_spells(parts, rest, as_heard) for parts, rest in self.spelled_as_heard)
        return Fit.BLURRED if is_heard else None

    def _is_apart(self, name: Folded) -> bool:
        core = self.folded.core
        if not all(_begins(word, name.words) for word in self.folded.words):
            return False
        cuts = ((core[:cut], core[cut:]) for cut in range(2, len(core) - 1))
        if any(a in name.han and b in name.han for a, b in cuts):
            return True
        is_even = len(core) >= 6 and len(core) % 2 == 0
        return is_even and all(core[place : place + 2] in name.han for place in range(0, len(core), 2))

    def _is_slip(self, name: Folded) -> bool:
        core = self.folded.core
        if core and not self.folded.words:
            return len(core) >= SLIP_HAN and _is_near(core, name.core, 1, free_start=True, free_end=True)
        said = "".join(self.folded.words)
        if core or len(said) < SLIP_LATIN:
            return False
        allowed = 2 if len(said) >= SLIPS_LATIN else 1
        if any(_is_near(said, one, allowed, free_end=True) for one in _from_each_word(name, len(said) + allowed)):
            return True
        return any(_is_near(said, one, 1) for one in _readings(name, len(said)))


def _from_each_word(name: Folded, size: int) -> Iterator[str]:
    """A name's words run together from each of them on."""
    return ("".join(name.words[first:])[:size] for first in range(len(name.words)))


def _readings(name: Folded, size: int) -> Iterator[str]:
    """The readings of neighbours in a name that are about as long."""
    syllables = read(name.core)
    for first in range(len(syllables)):
        told = ""
        for syllable in syllables[first:]:
            told += syllable
            if abs(len(told) - size) <= 1:
                yield told


def _begins(word: str, known: tuple[str, ...]) -> bool:
    return any(one.startswith(word) for one in known)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    size = len(part)
    return (
        1 < size <= len(whole) and all(part) and any(part == whole[n : n + size] for n in range(len(whole) - size + 1))
    )


def _spells(parts: tuple[str, ...], rest: str, syllables: tuple[str, ...]) -> bool:
    """Whether syllables stand side by side in a name, and one that begins as the rest does behind them."""
    size = len(parts)
    for place in range(len(syllables) - size + 1):
        if syllables[place : place + size] == parts:
            behind = syllables[place + size : place + size + 1]
            if not rest or (behind and behind[0].startswith(rest)):
                return True
    return False


def _begun(rest: str) -> str:
    return rest[0] + rest[2:] if rest[:2] in ("zh", "ch", "sh") else rest


def _is_near(one: str, other: str, allowed: int, *, free_start: bool = False, free_end: bool = False) -> bool:
    """Whether two texts are so few slips apart; most are told apart by what the other lacks."""
    if sum(char not in other for char in one) > allowed:
        return False
    return _aligned(one, other, free_start=free_start, free_end=free_end) <= allowed


def _aligned(one: str, other: str, *, free_start: bool = False, free_end: bool = False) -> int:
    """How many characters are put in, left out, wrong, or swapped with the next (optimal string alignment); with free
    ends of another text what stands before or behind is not counted.
    """
    older: list[int] = []
    before = [0] * (len(other) + 1) if free_start else list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        older, before = before, row
    return min(before) if free_end else before[-1]
