"""Where the lexicon's words stand in a text: one pass finds those of all groups."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import NamedTuple

from nlu.lexicon import groups

GAP = "~"  # in the lexicon: up to six characters that end no clause


class Word(NamedTuple):
    """A word of the lexicon where it stands in a text, under one of its groups."""

    group: str
    start: int
    end: int


class Gapped(NamedTuple):
    """A group's words with a gap: one pattern for all."""

    group: str
    pattern: re.Pattern[str]


class Entry:
    """A word, or what words with a gap begin with: its groups, and the places of those with a gap among all."""

    __slots__ = ("gapped", "groups", "is_latin")

    def __init__(self, word: str) -> None:
        self.groups: tuple[str, ...] = ()
        self.gapped: tuple[int, ...] = ()
        self.is_latin = _letter(word[0]) or _letter(word[-1])


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[dict[str, Entry], dict[str, tuple[int, ...]], tuple[Gapped, ...]]:
    """What is looked up, the lengths to try by the first two characters, and the patterns with a gap."""
    known: dict[str, Entry] = {}
    gapped: list[Gapped] = []
    for group, entries in groups("say").items():
        patterns = []
        for said in dict.fromkeys(entries):
            word = said.split(GAP)[0]
            entry = known.setdefault(word, Entry(word))
            if word == said:
                entry.groups += (group,)
            else:
                patterns.append(re.escape(said).replace(re.escape(GAP), r"[^\s,。;!?]{0,6}?"))
                entry.gapped += (len(gapped),)
        if patterns:
            gapped.append(Gapped(group, re.compile("|".join(patterns))))
    lengths: dict[str, set[int]] = {}
    for word in known:
        lengths.setdefault(word[:2], {1} if word[0] in known else set()).add(len(word))
    ordered = {opening: tuple(sorted(seen, reverse=True)) for opening, seen in lengths.items()}
    return known, ordered, tuple(gapped)


def find(folded: str) -> list[Word]:
    """Every word of the lexicon in a folded text, in order; of one group the longest at each place."""
    known, lengths, gapped = _vocabulary()
    found: list[Word] = []
    covered: dict[str, int] = {}
    begun: set[int] = set()
    none: tuple[int, ...] = ()
    size = len(folded)
    for start, pair in enumerate(map(add, folded, folded[1:] + "\n")):
        for length in lengths.get(pair) or lengths.get(pair[0], none):
            end = start + length
            entry = known.get(folded[start:end])
            if entry is None or end > size:
                continue
            if entry.gapped:
                begun.update(entry.gapped)
            if entry.is_latin and not _whole(folded, start, end):
                continue
            for group in entry.groups:
                if covered.get(group, 0) < end:
                    covered[group] = end
                    found.append(Word(group, start, end))
    if not begun:
        return found
    for place in sorted(begun):
        group, pattern = gapped[place]
        found.extend(Word(group, hit.start(), hit.end()) for hit in pattern.finditer(folded))
    return sorted(found, key=_place)


def _place(word: Word) -> tuple[int, int]:
    return word.start, -word.end


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut at either end."""
    cut_before = start > 0 and _letter(text[start]) and _letter(text[start - 1])
    return not cut_before and not (end < len(text) and _letter(text[end - 1]) and _letter(text[end]))


def _letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
