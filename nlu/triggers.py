"""Where the lexicon's words stand in a text: one pass finds those of all groups."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import NamedTuple

from nlu.lexicon import groups

NONE: tuple[int, ...] = ()
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


class Vocabulary(NamedTuple):
    """Plain words with their groups, the lengths to try by the first two characters, and the words with a gap."""

    groups: dict[str, tuple[bool, tuple[str, ...]]]  # and whether a Latin letter begins or ends the word
    lengths: dict[str, tuple[int, ...]]
    single: frozenset[str]  # words of one character
    gapped: tuple[Gapped, ...]


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
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
    return Vocabulary(
        {word: (_letter(word[0]) or _letter(word[-1]), tuple(in_groups)) for word, in_groups in of.items()},
        {opening: tuple(sorted(seen, reverse=True)) for opening, seen in lengths.items()},
        frozenset(word for word in of if len(word) == 1),
        tuple(Gapped(group, tuple(heads[group]), re.compile("|".join(seen))) for group, seen in gapped.items()),
    )


def find(folded: str) -> list[Word]:
    """Every word of the lexicon in a folded text, in order; of one group the longest at each place."""
    of, lengths, single, gapped = _vocabulary()
    found: list[Word] = []
    covered: dict[str, int] = {}
    alone, length = (1,), len(folded)
    for start, pair in enumerate(map(add, folded, folded[1:] + "\n")):
        sizes = lengths.get(pair) or (alone if pair[0] in single else NONE)
        for size in sizes:
            end = start + size
            known = of.get(folded[start:end])
            if known and end <= length and not (known[0] and _is_cut(folded, start, end)):
                for group in known[1]:
                    if covered.get(group, 0) < end:
                        covered[group] = end
                        found.append(Word(group, start, end))
    plain = len(found)
    for group, heads, pattern in gapped:
        for head in heads:
            if head in folded:
                found.extend(Word(group, hit.start(), hit.end()) for hit in pattern.finditer(folded))
                break
    return found if len(found) == plain else sorted(found, key=_place)


def _place(word: Word) -> tuple[int, int]:
    return word.start, -word.end


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a Latin word goes on at either end."""
    cut_before = start > 0 and _letter(text[start]) and _letter(text[start - 1])
    return cut_before or (end < len(text) and _letter(text[end - 1]) and _letter(text[end]))


def _letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
