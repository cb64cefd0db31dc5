"""An index of phrases that finds, in one pass over a text, every place where one of them stands. Additions are live."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry", bound=Hashable)


class Phrases(Generic[Entry]):
    """Phrases with what they stand for; a gate of each phrase's first two characters keeps a scan short."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[Entry, None]] = {}
        self._lengths: dict[str, dict[int, int]] = {}  # first two characters -> length -> how many phrases

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._entries

    def get(self, phrase: str) -> tuple[Entry, ...]:
        """What a phrase stands for; nothing for one that is not here."""
        return tuple(self._entries.get(phrase, ()))

    def add(self, phrase: str, entry: Entry) -> None:
        """Let a phrase of two characters or more stand for an entry too."""
        if len(phrase) < 2:
            return
        if phrase not in self._entries:
            self._entries[phrase] = {}
            lengths = self._lengths.setdefault(phrase[:2], {})
            lengths[len(phrase)] = lengths.get(len(phrase), 0) + 1
        self._entries[phrase][entry] = None

    def remove(self, phrase: str, entry: Entry) -> None:
        """Let a phrase no longer stand for an entry; silent where it never did."""
        entries = self._entries.get(phrase)
        if entries is None:
            return
        entries.pop(entry, None)
        if entries:
            return
        del self._entries[phrase]
        lengths = self._lengths[phrase[:2]]
        lengths[len(phrase)] -= 1
        if not lengths[len(phrase)]:
            del lengths[len(phrase)]
        if not lengths:
            del self._lengths[phrase[:2]]

    def scan(self, text: str) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """(start, end, entries) of every phrase in a text, at each place the longest first; Latin at word edges."""
        for start in range(len(text) - 1):
            lengths = self._lengths.get(text[start : start + 2])
            if not lengths:
                continue
            for length in sorted(lengths, reverse=True):
                end = start + length
                entries = self._entries.get(text[start:end]) if end <= len(text) else None
                if entries and _at_edges(text, start, end):
                    yield start, end, tuple(entries)


def _at_edges(text: str, start: int, end: int) -> bool:
    """Whether [start, end) cuts no Latin word or number in two."""
    before = start > 0 and _joined(text[start - 1], text[start])
    return not before and not (end < len(text) and _joined(text[end - 1], text[end]))


def _joined(left: str, right: str) -> bool:
    both_letters = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    return both_letters or (left.isdigit() and right.isdigit() and left.isascii() and right.isascii())
