"""What is searched for as a plan: the ways in which a text may name something, the surest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice, pairwise

from crm import pinyin
from storage.search.folded import Folded, digits, folded, heard, is_han
from storage.search.terms import REVERSED, TAIL, WHOLE_TAIL, initials, pairs, sounds

Clause = tuple[str, ...]  # terms that must all be there; one with a * behind it begins so
_TAX_ID = re.compile(r"(?=\w*\d{4})[0-9a-z]{6,20}")
_SPELLINGS = 6  # ways to part letters into syllables that are tried
_SYLLABLES = 8  # at most in one spelling
_LETTERS = 40
_SLIPS = 24  # clauses that are tried for a slip of the pen


class How(IntEnum):
    """How a text names something, the surest first."""

    NAMED = 0
    HEARD = 1
    APART = 2
    SLIPPED = 3


@dataclass(frozen=True)
class Way:
    """One way to be found: any of the clauses."""

    how: How
    clauses: tuple[Clause, ...]


def plan(text: str) -> list[Way]:
    """The ways to find what a text names; none where it says too little. Pure, and short whatever the text."""
    said = folded(text)
    ways = [Way(How.NAMED, _named(said, digits(text.strip())))]
    if len(said.han) >= 2:
        ways.append(Way(How.HEARD, (tuple(sounds(said.core)),)))
        ways.append(Way(How.APART, tuple(_parts(said))))
    ways.append(Way(How.SLIPPED, tuple(_slips(said))))
    told = [Way(way.how, tuple(dict.fromkeys(clause for clause in way.clauses if clause))) for way in ways]
    return [way for way in told if way.clauses]


def _named(said: Folded, number: str) -> tuple[Clause, ...]:
    clauses: list[Clause] = [_all_of(said)]
    if len(number) >= TAIL:
        clauses.append((f"d{number[-(WHOLE_TAIL if len(number) >= WHOLE_TAIL else TAIL) :]}",))
    if len(said.joined) >= 2 and said.joined == said.han and len(said.han) <= 3:
        clauses.append((f"h{said.han}",))
    if _TAX_ID.fullmatch(said.joined):
        clauses.append((f"x{said.joined}*",))
    letters = said.joined
    if letters.isascii() and letters.isalpha() and len(letters) >= 2:
        clauses += spelled(letters)
        clauses.append(tuple(initials(letters))[-max(1, len(letters) - 2) :])
        clauses.append((f"w{letters}*",))
    return tuple(clauses)


def _all_of(said: Folded) -> Clause:
    """Every pair and every word that is said; a legal form only where nothing else is."""
    words = set(said.words)
    terms: list[str] = []
    for token in said.tokens:
        if is_han(token):
            core = folded(token).core
            terms += pairs(core)
        elif token in words and (len(token) > 1 or len(words) > 1):
            terms.append(f"w{token}*")
    return tuple(dict.fromkeys(terms))


def spelled(letters: str) -> list[Clause]:
    """The clauses of the ways to read letters as syllables; the last one may be unfinished."""
    found: list[Clause] = []
    for syllables, rest in islice(parted(letters), _SPELLINGS):
        heard_as = [heard(syllable) for syllable in syllables]
        clause = [f"p{a}{b}" for a, b in pairwise(heard_as)]
        if rest or len(syllables) == 1:
            begun = heard_as[-1] if heard_as else ""
            clause.append(f"p{begun}{_begun(rest)}*")
        found.append(tuple(clause))
    return found


def parted(letters: str) -> list[tuple[tuple[str, ...], str]]:
    """Letters as syllables, and what is left that only begins one; the fewest syllables first."""
    if len(letters) > _LETTERS:
        return []
    found = [(parts, "") for parts in pinyin.parted(letters, _SYLLABLES)]
    for size in range(1, min(4, len(letters) - 1)) if not found else ():
        if pinyin.begins(letters[-size:]):
            found += [(parts, letters[-size:]) for parts in pinyin.parted(letters[:-size], _SYLLABLES)]
    return sorted(found, key=lambda one: len(one[0]))


def _begun(rest: str) -> str:
    return rest[0] + rest[2:] if rest[:2] in ("zh", "ch", "sh") else rest


def _parts(said: Folded) -> list[Clause]:
    """What is said with something between: 上海华信 for 上海市华信, 华信软件 for 华信信息软件."""
    core, words = said.core, tuple(f"w{word}*" for word in said.words)
    every = list(pairs(core))
    found = [tuple(every[:gap] + every[gap + 1 :]) + words for gap in range(1, len(every) - 1)]
    if len(core) >= 6 and len(core) % 2 == 0:
        found.append(tuple(every[::2]) + words)
    return found[:_SLIPS]


def _slips(said: Folded) -> list[Clause]:
    """What a text still has of a name that it differs from by one character put in, left out, wrong or swapped."""
    core, found = said.core, list[Clause]()
    if 3 <= len(core) <= 16 and not said.words:
        for place in range(len(core)):
            head, tail = core[:place], core[place + 1 :]
            bridge = (f"s{head[-1]}{tail[0]}",) if head and tail else ()
            found.append((*pairs(head), *bridge, *pairs(tail)))  # a wrong one
            if head and tail:
                found.append((*pairs(head), head[-1] + tail[0], *pairs(tail)))  # one too many
        for place in range(1, len(core)):
            head, tail = core[:place], core[place:]
            found.append((*pairs(head), f"s{head[-1]}{tail[0]}", *pairs(tail)))  # one too few
            swapped = core[: place - 1] + core[place] + core[place - 1] + core[place + 1 :]
            found.append(tuple(pairs(swapped)))
    letters = "".join(said.words) if not said.han else ""
    if len(letters) >= REVERSED and letters.isalnum():
        half = len(letters) // 2
        found += [(f"w{letters[:half]}*",), (f"r{letters[: half - 1 : -1]}*",)]
        found += _misspelled(letters)
    return found


def _misspelled(letters: str) -> list[Clause]:
    """The syllables of letters of which two are swapped, or one is too many."""
    found: list[Clause] = []
    if letters.isascii() and letters.isalpha() and len(letters) <= 24:
        for place in range(len(letters)):
            head, tail = letters[:place], letters[place:]
            others = (head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:])
            found += [clause for other in others for clause in spelled(other)[:1] if not clause[-1].endswith("*")]
    return found[:_SLIPS]
