"""Where the lexicon's words stand in a text: one pass finds those of all groups."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlu.lexicon import groups

GAP = "~"  # in the lexicon: up to six characters that end no clause


class Word(NamedTuple):
    """A word of the lexicon where it stands in a text, under one of its groups."""

    group: str
    start: int
    end: int


class Gapped(NamedTuple):
    """A group's words with a gap: one pattern for all, and what each begins with, looked for first."""

    group: str
    heads: tuple[str, ...]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[int, ...]], tuple[Gapped, ...]]:
    """Plain words with their groups, the lengths to try by the first two characters, and the patterns with a gap."""
    of: dict[str, list[str]] = {}
    gapped: dict[str, list[str]] = {}
    heads: dict[str, dict[str, None]] = {}
    for group, entries in groups("say").items():
        for entry in dict.fromkeys(entries):
            if GAP in entry:
                heads.setdefault(group, {})[entry.split(GAP)[0]] = None
                gapped.setdefault(group, []).append(re.escape(entry).replace(re.escape(GAP), r"[^\s,。;!?]{0,6}?"))
            else:
                of.setdefault(entry, []).append(group)
    lengths: dict[str, set[int]] = {}
    for word in of:
        lengths.setdefault(word[:2], {1} if word[0] in of else set()).add(len(word))
    return (
        {word: tuple(in_groups) for word, in_groups in of.items()},
        {opening: tuple(sorted(seen, reverse=True)) for opening, seen in lengths.items()},
        tuple(Gapped(group, tuple(heads[group]), re.compile("|".join(seen))) for group, seen in gapped.items()),
    )


def find(folded: str) -> list[Word]:
    """Every word of the lexicon in a folded text, in order; of one group the longest at each place."""
    plain, lengths, gapped = _vocabulary()
    found: list[Word] = []
    covered: dict[str, int] = {}
    none: tuple[int, ...] = ()
    for start, first in enumerate(folded):
        for length in lengths.get(folded[start : start + 2]) or lengths.get(first, none):
            end = start + length
            for group in plain.get(folded[start:end], ()):
                if covered.get(group, 0) < end <= len(folded) and _whole(folded, start, end):
                    covered[group] = end
                    found.append(Word(group, start, end))
    for group, heads, pattern in gapped:
        if any(head in folded for head in heads):
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
