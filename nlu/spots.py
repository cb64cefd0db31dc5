"""Where known names stand in one text: what the index finds there, compared with all that each customer goes by.

Forms that many share (王总, a deal called 二期) count for the customers that the text names, or the chat is about.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from crm import pinyin
from nlu.company_forms import at_edges
from nlu.forms import FULL, GENERATED, RECORDED, Forms, Named, Spot
from nlu.index import PREFIX, Few, Found, Index
from nlu.lexicon import word_set, words
from nlu.phrases import CALLED, CONTACT, DEAL, DEAL_PART, GIVEN, NEAR, SPECIAL, STEM, USER, WEAK
from nlu.records import Records
from nlu.short_forms import nicknamed, title_endings

_HAN = "\u3400"
Hit = tuple[int, int, Found]
Titled = dict[str, list[int]]
_LETTER = re.compile(r"[a-z]")
_WORD = re.compile(r"[a-z]+")
_SHORTEST, _LONGEST = 5, 24  # letters of a Chinese company's name; fewer are rather a word
_SYLLABLE = 6  # letters at most
_LONGEST_TOWN = 8  # characters of a place before a name
GIVEN_UNTIL = 20_000  # customers: of more, a given name alone tells nobody who is at a customer not named
_FEW = 16  # customers named whose people are all looked through


class Known(Protocol):
    """What a search needs of the known names."""

    index: Index
    surnames: Few
    customers: Records

    def forms(self, number: int) -> Forms:
        """All that a customer goes by."""

    def user_forms(self, number: int) -> dict[str, Named]:
        """All that a colleague goes by."""


class Spots:
    """The search of one text."""

    def __init__(self, text: str, known: Known) -> None:
        self._text = text
        self._known = known
        self._firms: dict[tuple[int, int], dict[Named, int]] = {}  # with the customers' numbers
        self._spans: list[tuple[int, int]] = []  # of the firms, in order
        self._widest = 0  # characters that a firm's name takes
        self._others: dict[tuple[int, int], dict[Named, None]] = {}
        self._about: set[int] = set()

    def search(self, about: Iterable[int] = ()) -> dict[tuple[int, int], dict[Named, None]]:
        """What may be named where, with the numbers of the customers that the chat is about."""
        hits = list(self._known.index.scan(self._text))
        words = list(_WORD.finditer(self._text)) if _LETTER.search(self._text) else []
        self._find_firms(hits, words)
        self._about.update(about)
        titled = _titled_in(self._text)
        self._find_people_of_named(hits, titled, has_letters=bool(words))
        self._find_few(hits, titled, has_letters=bool(words))
        if words:
            self._find_people_spelled(words)
        for span, named in self._firms.items():
            self._others.setdefault(span, {}).update(dict.fromkeys(named))
        return self._others

    def firms(self) -> dict[tuple[int, int], dict[Named, int]]:
        """The customers alone, with their numbers."""
        hits = list(self._known.index.scan(self._text))
        self._find_firms(hits, list(_WORD.finditer(self._text)))
        return self._firms

    def _add(self, spots: Iterable[Spot]) -> None:
        for start, end, named in spots:
            self._others.setdefault((start, end), {})[named] = None

    def _find_firms(self, hits: Iterable[Hit], words: list[re.Match[str]]) -> None:
        """Customers by name, the longest spans only: what stands within a longer name is part of it."""
        ordered = [hit for hit in sorted(hits, key=lambda hit: hit[0] - hit[1]) if hit[2][0][0] < NEAR]
        for start, end, found in ordered:  # names around their stems first: they reach farthest
            if found[0][0] == STEM and not self._is_within(start, end):
                self._add_stems(found[0][1], start, end, is_recorded=len(found) > 1 and found[1][0] == CALLED)
        for start, end, found in ordered:
            if not self._is_within(start, end):
                for kind, numbers in found:
                    if kind == CALLED and end - start < PREFIX and not self._text[start:end].isascii():
                        self._add_called(numbers, start, end)
                    elif STEM < kind < NEAR:
                        self._add_looked_at(kind, numbers, start)
        self._find_firms_spelled(words)
        for span in [span for span in self._firms if self._is_within(*span)]:
            del self._firms[span]
        self._about.update(number for named in self._firms.values() for number in named.values())

    def _add_firm(self, start: int, end: int, named: Named, number: int) -> None:
        if (span := (start, end)) not in self._firms:
            self._firms[span] = {}
            insort(self._spans, span)
            self._widest = max(self._widest, end - start)
        self._firms[span][named] = number

    def _is_within(self, start: int, end: int) -> bool:
        """Whether a longer name of a firm holds the place; the spans before it are looked at from the nearest."""
        for one, other in reversed(self._spans[: bisect_right(self._spans, (start, len(self._text)))]):
            if start - one > self._widest:
                return False
            if end <= other and other - one > end - start:
                return True
        return False

    def _add_stems(self, numbers: Iterable[int], start: int, end: int, *, is_recorded: bool) -> None:
        """Names around a stem; where some are recorded by the stem alone, whoever only shares it is not meant."""
        text, customers = self._text, self._known.customers
        before, behind = text[max(0, start - _LONGEST_TOWN) : start], text[end : end + _LONGEST_TOWN]
        around, following, stem = before + behind, behind[:1], end - start
        towns, rests, branches = customers.towns, customers.rests, customers.branches
        for number in numbers:
            if is_recorded and rests[number][stem : stem + 1] != following and number not in branches:
                town = towns[number]
                if not town or town[0] not in around:
                    continue
            shape = customers.shape(number)
            if (span := shape.span_at(text, start)) is not None:
                key = customers.key(number)
                is_full = span[1] - span[0] == len(shape.full) and text.startswith(shape.full, span[0])
                named = Named("customer", key, key, FULL if is_full else GENERATED)
                self._add_firm(*span, named, number)

    def _add_called(self, numbers: Iterable[int], start: int, end: int) -> None:
        """Recorded short names that are short and in Chinese: without a look at the customer, but for its place."""
        text, customers = self._text, self._known.customers
        if not at_edges(text, start, end):
            return
        before = text[max(0, start - _LONGEST_TOWN) : start]
        for number in numbers:
            key, town = customers.key(number), customers.towns[number]
            self._add_firm(start, end, Named("customer", key, key, RECORDED), number)
            if town and town[0] in before and before.endswith(short := customers.shape(number).short_town):
                named = Named("customer", key, key, GENERATED)
                self._add_firm(start - len(short), end, named, number)

    def _add_looked_at(self, kind: int, numbers: Iterable[int], start: int) -> None:
        """What only a look at the customer tells."""
        for number in numbers:
            forms = self._known.forms(number)
            find = forms.by_special_form if kind == SPECIAL else forms.by_short_name
            for left, right, named in find(self._text, start):
                self._add_firm(left, right, named, number)

    def _find_firms_spelled(self, words: list[re.Match[str]]) -> None:
        """Chinese companies in Latin letters: chenlan, chen lan, chenlankeji."""
        for word in words:
            self._add_spelled(word[0], word.start(), word.end())
        for one, other in pairwise(words):
            if len(one[0]) <= _SYLLABLE and len(other[0]) <= _SYLLABLE and other.start() - one.end() == 1:
                self._add_spelled(one[0] + other[0], one.start(), other.end())

    def _add_spelled(self, letters: str, start: int, end: int) -> None:
        if not _SHORTEST <= len(letters) <= _LONGEST:
            return
        index = self._known.index
        for syllables in pinyin.spelled(letters):
            for size in range(2, len(syllables) + 1):
                for phrase in index.written(syllables[:size]):
                    for kind, numbers in index.find(phrase):
                        for number in numbers if kind <= CALLED else ():
                            forms = self._known.forms(number)
                            if forms.in_latin(letters):
                                named = Named("customer", forms.key, forms.key, GENERATED)
                                self._add_firm(start, end, named, number)

    def _find_people_of_named(self, hits: Iterable[Hit], titled: Titled, *, has_letters: bool) -> None:
        """People and deals of the customers that the text names, or the chat is about."""
        common, likely = {*titled}, set[int]()
        for start, end, found in hits:
            for kind, numbers in found:
                if WEAK <= kind < DEAL_PART:
                    likely.update(numbers)
                    if not numbers:
                        common.add(self._text[start:end])
        needles = [text.encode() for text in common]
        is_few = len(self._about) <= _FEW
        for number in self._about:
            if number in likely or (is_few and has_letters) or self._known.customers.may_hold(number, needles):
                forms = self._known.forms(number)
                self._add(forms.people_in(self._text, titled))
                self._add(forms.deals_in(self._text))
                if has_letters:
                    self._add(forms.people_in_latin(self._text))

    def _find_few(self, hits: Iterable[Hit], titled: Titled, *, has_letters: bool) -> None:
        """Colleagues; and people and deals of customers that are not named, where few share the form."""
        people, deals = {number for one in titled for number in self._known.surnames.get(one)}, set[int]()
        told = {CONTACT: people, DEAL: deals}
        if len(self._known.customers) <= GIVEN_UNTIL:
            told[GIVEN] = people
        for start, _, found in hits:
            for kind, numbers in found:
                if kind == USER:
                    self._add(self._colleagues(numbers, start))
                elif kind in told:
                    told[kind].update(numbers)
        if has_letters:
            for latin in _surnames_in(self._text):
                for surname in _spelled(latin):
                    people.update(self._known.surnames.get(surname))
        for number in sorted(deals - self._about):
            self._add(self._known.forms(number).deals_in(self._text))
        for number in sorted(people - self._about):
            self._add(self._known.forms(number).people_in(self._text, titled))
            if has_letters:
                self._add(self._known.forms(number).people_in_latin(self._text))

    def _colleagues(self, numbers: Iterable[int], start: int) -> Iterator[Spot]:
        for number in numbers:
            for form, named in self._known.user_forms(number).items():
                end = start + len(form)
                if self._text.startswith(form, start) and at_edges(self._text, start, end):
                    yield start, end, named

    def _find_people_spelled(self, words: list[re.Match[str]]) -> None:
        """Chinese people in Latin letters at customers that are not named: he jianming, jianming he."""
        for one, other in pairwise(words):
            for family, given in ((one[0], other[0]), (other[0], one[0])):
                surnames = "".join(name for name in _spelled(family) if name > _HAN and len(name) == 1)
                if surnames and other.start() - one.end() == 1:
                    alone = pinyin.one_syllable(given)
                    for syllables in (*pinyin.spelled(given), *([(alone,)] if alone else ())):
                        if len(syllables) <= 2:
                            self._add(self._called((surnames, *syllables)))

    def _called(self, choices: tuple[str, ...]) -> Iterator[Spot]:
        index = self._known.index
        for phrase in index.written(choices):
            for kind, numbers in index.find(phrase):
                for number in numbers if kind == CONTACT else ():
                    if number not in self._about:
                        yield from self._known.forms(number).people_in_latin(self._text)


def _titled_in(text: str) -> Titled:
    """Where surnames stand before what is said behind them, or behind 老, 小 and 阿."""
    found: Titled = {}
    for match in _titled().finditer(text):
        found.setdefault(match[0], []).append(match.start())
    for match in nicknamed().finditer(text):
        found.setdefault(match["surname"], []).append(match.start("surname"))
    return found


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    surnames = word_set("surname")
    short, double = "".join(s for s in surnames if len(s) == 1), "|".join(s for s in surnames if len(s) > 1)
    endings = {ending for _, said in title_endings() for ending in said}.union(words("courtesy"))
    return re.compile(rf"(?:{double}|[{short}])(?={'|'.join(sorted(endings))})")


_SALUTATIONS = "|".join(re.escape(said) for said in sorted(words("salutation"), key=len, reverse=True))
_SALUTED = re.compile(rf"\b(?:{_SALUTATIONS}|manager) ([a-z]{{2,12}})")
_ENTITLED = re.compile(r"\b([a-z]{2,7}) (?:gong|zong)\b")


def _surnames_in(text: str) -> Iterator[str]:
    """Latin letters that stand where a surname does: mr. he, he gong."""
    yield from _SALUTED.findall(text)
    if "gong" in text or "zong" in text:
        yield from _ENTITLED.findall(text)


def _spelled(latin: str) -> tuple[str, ...]:
    """The surnames that Latin letters may spell, as they are written."""
    return (latin, *_surnames_spelled().get(latin, ()))


@lru_cache(maxsize=1)
def _surnames_spelled() -> dict[str, list[str]]:
    """The surnames by their spelling."""
    found: dict[str, list[str]] = {}
    for surname in words("surname"):
        if latin := pinyin.joined(surname):
            found.setdefault(latin, []).append(surname)
    return found
