"""Atoms: the smallest words of time, found in one walk over the text.

A walk looks only at places where some word may begin. Each such place is tried with one alternation of just the words
that may begin so: with its character, or where a Latin word stands, with the letters that open it. Most words of a text
open no time and cost a look into a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from string import ascii_letters, digits

from nlu.names import same_length_lower
from nlu.when import Said

Read = Callable[["re.Match[str]"], Said | None]
LATIN = ascii_letters + digits


@dataclass(frozen=True)
class Word:
    """A kind of atom: its pattern, with named parts, and what such a match says (None: it is no time after all).

    Its name begins with d_ where it is written in digits and signs, z_ in Chinese, e_ in English. `starts` are the
    characters that it can begin with; `opens` the openings of Latin words that its pattern does not spell out.
    """

    name: str
    pattern: str
    read: Read
    starts: str = LATIN
    opens: tuple[str, ...] = ()

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Its pattern by itself."""
        return re.compile(self.pattern, re.IGNORECASE)


@dataclass(frozen=True)
class Alternation:
    """The words that may begin in one way, in order; compiled when a text has such a place: together they take long."""

    words: tuple[Word, ...]

    @cached_property
    def names(self) -> list[str]:
        """The words' names in order."""
        return [word.name for word in self.words]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """One pattern of all; for text in lower case, which is twice as quick as to ignore case."""
        return re.compile("|".join(f"(?P<{word.name}>{_lower(_unnamed(word.pattern))})" for word in self.words))


@dataclass(frozen=True)
class Atom:
    """What one word says, and where it stands."""

    start: int
    end: int
    said: Said
    rule: str


OPENING = 3  # letters of a Latin word that tell which words may begin with it
# What follows a number: something that makes it none of a time's, or the script that its words are in.
FOLLOWED = re.compile(
    r"(?<!\d)\d++(?:[.,]\d++)*+\+? ?"
    r"(?:(?P<nothing>[万亿元块%折台套]|[kw](?![A-Za-z]))|(?P<chinese>[\u3400-\u9fff])|(?P<english>[A-Za-z]))"
)
OTHERS = {"chinese": "e_", "english": "z_"}  # how the names of the words in the other script begin


class Scanner:
    """All words of all languages; where two fit a place, the word listed first wins."""

    def __init__(self, words: Iterable[Word]) -> None:
        listed = list(words)
        self.words = {word.name: word for word in listed}
        self.by_start = _alternations(_by_character(listed) | _by_opening(listed))
        han = "".join(sorted(start for start in self.by_start if not start.isascii()))
        self.places = re.compile(rf"(?<![0-9])[0-9]|(?<![a-z])[a-z]{{1,{OPENING}}}|[{han}]")

    def atoms(self, plain: str) -> list[Atom]:
        """The atoms of a text in order, none overlapping."""
        found: list[Atom] = []
        place, low = 0, same_length_lower(plain)
        while candidate := self.places.search(low, place):
            start = candidate.start()
            atom = self._atom(plain, low, start, candidate[0])
            while atom:
                found.append(atom)
                start = atom.end
                first = plain[start : start + 1]
                atom = self._atom(plain, low, start, first) if first.isdecimal() else None  # 2026-11-2510:30
            place = max(start, candidate.start() + 1)
        return found

    def _atom(self, plain: str, low: str, start: int, opening: str) -> Atom | None:
        """What the first word that fits makes of the place; where it declines, the words listed after it are asked."""
        if opening in digits and (followed := FOLLOWED.match(plain, start)):
            opening += followed.lastgroup or ""
        fitting = self.by_start.get(opening)
        if fitting is None:
            return None
        match = fitting.compiled.match(low, start)
        if match is None:
            return None
        for name in fitting.names[fitting.names.index(match.lastgroup or "") :]:
            word = self.words[name]
            parts = word.compiled.match(plain, start)
            said = word.read(parts) if parts else None
            if parts and said is not None:
                return Atom(start, parts.end(), said, name)
        return None


def _by_character(words: list[Word]) -> dict[str, list[Word]]:
    """The words that may begin with a digit or a Chinese character, by that character; a digit also with its script."""
    chars = {char for word in words for char in word.starts} - set(ascii_letters)
    fitting = {char: [word for word in words if char in word.starts] for char in chars}
    for digit in digits:
        for script, others in OTHERS.items():
            fitting[digit + script] = [word for word in fitting.get(digit, ()) if not word.name.startswith(others)]
    return fitting


def _by_opening(words: list[Word]) -> dict[str, list[Word]]:
    """The words that may begin with a Latin word, by its first letters: all, where any pattern spells these out."""
    latin = [word for word in words if not set(ascii_letters).isdisjoint(word.starts)]
    return dict.fromkeys({start for word in latin for start in (*_openings(word.pattern), *word.opens)}, latin)


def _openings(pattern: str) -> set[str]:
    """The first letters of every run of letters that a pattern spells out; the last of `hrs?` may be missing."""
    runs = [(run[1].lower(), bool(run[2])) for run in LETTERS.finditer(NO_LETTERS.sub(" ", pattern))]
    shorter = {run[:-1][:OPENING] for run, is_optional in runs if is_optional and len(run) > 1}
    return shorter | {run[:OPENING] for run, _ in runs}


NO_LETTERS = re.compile(r"\(\?P<\w+>|\\[A-Za-z]|\[[^\]]*\]")
LETTERS = re.compile(r"([A-Za-z]+)(\?)?")


def _alternations(by_start: dict[str, list[Word]]) -> dict[str, Alternation]:
    """For each start the alternation of the words that begin so; one for all starts of the same words."""
    known: dict[tuple[str, ...], Alternation] = {}
    for fitting in by_start.values():
        known.setdefault(tuple(word.name for word in fitting), Alternation(tuple(fitting)))
    return {start: known[tuple(word.name for word in fitting)] for start, fitting in by_start.items()}


def _lower(pattern: str) -> str:
    """The pattern with its letters in lower case, those of its own signs (\\B, (?P<…>) left alone."""
    return re.sub(r"\\.|\(\?P<|[A-Z]", lambda sign: sign[0] if len(sign[0]) > 1 else sign[0].lower(), pattern)


def _unnamed(pattern: str) -> str:
    """The pattern without inner groups, so that the outer group is the one that `lastgroup` names."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
