"""Atoms: the smallest words of time. Every language's rules go into one alternation, so a text is scanned once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nlu.when import Said

Read = Callable[["re.Match[str]"], Said | None]


@dataclass(frozen=True)
class Word:
    """A kind of atom: its pattern, with named parts, and what such a match says (None: it is no time after all)."""

    name: str
    pattern: str
    read: Read


@dataclass(frozen=True)
class Atom:
    """What one word says, and where it stands."""

    start: int
    end: int
    said: Said
    rule: str


class Scanner:
    """All words of all languages as one pattern; where two fit, the word listed first wins."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = {word.name: (re.compile(word.pattern, re.IGNORECASE), word.read) for word in words}
        self.names = list(self.words)
        parts = (f"(?P<{word.name}>{_unnamed(word.pattern)})" for word in words)
        self.pattern = re.compile("|".join(parts), re.IGNORECASE)

    def atoms(self, plain: str) -> list[Atom]:
        """The atoms of a text in order, none overlapping."""
        found: list[Atom] = []
        place = 0
        while match := self.pattern.search(plain, place):
            atom = self._atom(plain, match.start(), match.lastgroup or "")
            if atom:
                found.append(atom)
            place = atom.end if atom else match.start() + 1
        return found

    def _atom(self, plain: str, start: int, first: str) -> Atom | None:
        """What the first word that fits makes of the place; where it declines, the words listed after it are asked."""
        for name in self.names[self.names.index(first) :]:
            pattern, read = self.words[name]
            parts = pattern.match(plain, start)
            said = read(parts) if parts else None
            if parts and said is not None:
                return Atom(start, parts.end(), said, name)
        return None


def _unnamed(pattern: str) -> str:
    """The pattern without inner groups, so that the outer group is the one that `lastgroup` names."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
