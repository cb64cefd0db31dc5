"""A compact index from phrases to numbered things: eight bytes an entry, additions live, nothing but hashes kept.

Whoever finds a number here looks the thing up and compares: a phrase is held to its first eight characters.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

PREFIX = 8  # characters of a phrase that are looked at
NUMBER_BITS, KIND_BITS = 24, 4
VALUE_BITS = NUMBER_BITS + KIND_BITS
_NUMBERS = (1 << NUMBER_BITS) - 1
_HASH = -1 << VALUE_BITS  # the bits of a hash that are kept
_BUCKETS = 1 << 11  # few enough that their ends stay at hand while many phrases are added
_BUCKET = _BUCKETS - 1
_BIT = (0, 0, *(1 << length for length in range(PREFIX - 1)))  # by a phrase's length
_GATES = (1 << 20) - 1
_MIX = 641
_CACHED = 16384
_MANY_AT_ONCE = 256  # phrases: fewer are put in order one by one, of more whole buckets are sorted when asked
MANY = 8  # things that share a phrase of a weak kind: more, and it tells nothing
_LENGTHS = tuple(tuple(n + 2 for n in range(PREFIX - 2, -1, -1) if mask >> n & 1) for mask in range(1 << PREFIX - 1))

_ASCII, _HAN = 127, "\u3400"
_WORD = re.compile(r"[a-z0-9]+")
_LETTER = re.compile(r"[a-z0-9]")
_MOST_WORDS, _GAP = 4, 3  # words of a phrase, and how far apart they stand

Found = tuple[tuple[int, tuple[int, ...]], ...]  # kinds with the numbers of the things


def value_of(kind: int, number: int) -> int:
    """What a phrase of a kind stands for, as the index keeps it."""
    return kind << NUMBER_BITS | number


class Index:
    """Phrases by hash, in buckets that are sorted when first looked into.

    A gate, one byte for every two characters that phrases begin with, tells their lengths: most places of a text are
    passed over with one look.
    """

    def __init__(self, weak: int) -> None:
        """Kinds from `weak` on tell nothing where more than MANY share a phrase."""
        self._weak = weak
        self._gate = bytearray(_GATES + 1)
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        self._unsorted = bytearray(_BUCKETS)
        self._found: dict[str, Found] = {}
        self._written: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add(self, keys: Sequence[str], values: Sequence[int]) -> None:
        """Let phrases of two to PREFIX characters stand for things: a value is what `value_of` makes of each."""
        gate, buckets, unsorted = self._gate, self._buckets, self._unsorted
        is_many = len(keys) > _MANY_AT_ONCE
        if is_many:
            unsorted[:] = b"\1" * _BUCKETS
        for key, hashed, value in zip(keys, map(hash, keys), values, strict=True):
            bucket = hashed & _BUCKET
            if is_many or unsorted[bucket]:
                buckets[bucket].append(hashed & _HASH | value)
            else:
                insort(buckets[bucket], hashed & _HASH | value)
            gate[(ord(key[0]) * _MIX + ord(key[1])) & _GATES] |= _BIT[len(key)]
        self._forget()

    def settle(self) -> None:
        """Put all in order: after many additions, so that no message waits for it."""
        for bucket in range(_BUCKETS):
            self._sorted(bucket)

    def remove(self, keys: Sequence[str], values: Sequence[int]) -> None:
        """Let phrases stand for things no more; silent where they never did."""
        for hashed, value in zip(map(hash, keys), values, strict=True):
            held, entry = self._sorted(hashed & _BUCKET), hashed & _HASH | value
            place = bisect_left(held, entry)
            if place < len(held) and held[place] == entry:
                del held[place]
        self._forget()

    def _forget(self) -> None:
        if self._found or self._written:
            self._found.clear()
            self._written.clear()

    def find(self, phrase: str) -> Found:
        """The numbers of the things that a phrase stands for, kind by kind; of a kind too common to tell, none."""
        found = self._found.get(phrase)
        if found is None:
            if len(self._found) >= _CACHED:
                self._found.clear()
            found = self._found[phrase] = tuple(self._search(phrase[:PREFIX]))
        return found

    def _search(self, key: str) -> Iterator[tuple[int, tuple[int, ...]]]:
        hashed = hash(key)
        held = self._sorted(hashed & _BUCKET)
        low = hashed & _HASH
        place = bisect_left(held, low)
        while place < len(held) and (value := held[place] - low) >> VALUE_BITS == 0:
            kind = value >> NUMBER_BITS
            end = bisect_left(held, low + (kind + 1 << NUMBER_BITS), place)
            told = kind < self._weak or end - place <= MANY
            yield kind, tuple(value & _NUMBERS for value in held[place:end]) if told else ()
            place = end

    def _sorted(self, bucket: int) -> array[int]:
        if self._unsorted[bucket]:
            self._buckets[bucket] = array("q", sorted(self._buckets[bucket]))
            self._unsorted[bucket] = 0
        return self._buckets[bucket]

    def written(self, choices: tuple[str, ...]) -> tuple[str, ...]:
        """The phrases of strong kinds or full names that take one character of each of the choices."""
        found = self._written.get(choices)
        if found is None:
            if len(self._written) >= _CACHED:
                self._written.clear()
            found = self._written[choices] = tuple(self._choose(choices))
        return found

    def _choose(self, choices: tuple[str, ...]) -> Iterator[str]:
        gate, bit = self._gate, _BIT[len(choices)]
        for one in choices[0]:
            first = ord(one) * _MIX
            for other in choices[1]:
                if gate[(first + ord(other)) & _GATES] & bit:
                    phrases = (one + other + "".join(rest) for rest in product(*choices[2:]))
                    yield from (phrase for phrase in phrases if any(self._search(phrase)))

    def scan(self, text: str) -> Iterator[tuple[int, int, Found]]:
        """(start, end, found) of whatever begins a known phrase: first those that begin with a Chinese character."""
        gate, find, size = self._gate, self.find, len(text)
        codes = list(map(ord, text))
        for start, (one, other) in enumerate(pairwise(codes)):
            if (one > _ASCII or other > _ASCII) and (mask := gate[(one * _MIX + other) & _GATES]):
                for length in _LENGTHS[mask]:
                    end = start + length
                    if end <= size and (found := find(text[start:end])):
                        yield start, end, found
        if not text.isascii() and not _LETTER.search(text):
            return
        yield from self._scan_words(text)

    def _scan_words(self, text: str) -> Iterator[tuple[int, int, Found]]:
        """Phrases of Latin words, which stand in the index run together, and those that go on in Chinese."""
        words = list(_WORD.finditer(text))
        for place, word in enumerate(words):
            start, joined, last = word.start(), "", word.start()
            for further in words[place : place + _MOST_WORDS]:
                if further.start() - last > _GAP or len(joined) >= PREFIX:
                    break
                joined, last = joined + further[0], further.end()
                if len(joined) > 1 and (found := self.find(joined)):
                    yield start, last, found
            if len(word[0]) > 1 and text[word.end() : word.end() + 1] > _HAN:
                mask = self._gate[(ord(word[0][0]) * _MIX + ord(word[0][1])) & _GATES]
                for length in _LENGTHS[mask]:
                    if length > len(word[0]) and (found := self.find(text[start : start + length])):
                        yield start, start + length, found


_NOBODY: set[int] = set()


class Few:
    """What few things share: the numbers of those that have it, forgotten once they are MANY."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int] | None] = {}

    def put(self, shared: str, number: int) -> None:
        """Let a thing have it."""
        held = self._numbers.get(shared, _NOBODY)
        if held is _NOBODY:
            self._numbers[shared] = {number}
        elif held is not None:
            held.add(number)
            if len(held) > MANY:
                self._numbers[shared] = None

    def drop(self, shared: str, number: int) -> None:
        """Let a thing have it no more."""
        if held := self._numbers.get(shared):
            held.discard(number)

    def get(self, shared: str) -> Iterable[int]:
        """Who has it; nobody where they are too many to tell."""
        return self._numbers.get(shared) or ()
