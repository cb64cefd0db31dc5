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
        parts = (f"(?P<{word.name}>{_unnamed(word.pattern)})" for word in words)
        self.pattern = re.compile("|".join(parts), re.IGNORECASE)

    def atoms(self, plain: str) -> list[Atom]:
        """The atoms of a text in order, none overlapping."""
        found: list[Atom] = []
        place = 0
        while match := self.pattern.search(plain, place):
            name = match.lastgroup or ""
            pattern, read = self.words[name]
            parts = pattern.match(plain, match.start())
            said = read(parts) if parts else None
            if parts is None or said is None:
                place = match.start() + 1
                continue
            found.append(Atom(match.start(), parts.end(), said, name))
            place = parts.end()
        return found


def _unnamed(pattern: str) -> str:
    """The pattern without inner groups, so that the outer group is the one that `lastgroup` names."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
