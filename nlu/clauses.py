"""A text cut up: lines and listed items (blocks), sentences, clauses; and under which heading each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from nlu import headings
from nlu.blocks import BRACKET, Block, blocks
from nlu.headings import NONE, Heading
from nlu.rule import Find, Mention
from nlu.triggers import Word
from nlu.turns import Searched, turns

RUN = re.compile(r"[。!?;…~～,.|｜—–☀-➿️\U0001F000-\U0001FAFF \t-]+")  # where a sentence or a clause may end
ENDS = frozenset("。!?;…~～")
PAUSES = re.compile(r"[,|｜—☀-➿️\U0001F000-\U0001FAFF]")
SHORTENED = ("mr", "ms", "dr", "mrs", "prof", "vs", "no")  # a full stop behind these ends nothing
FIELD = re.compile(r"[^::\n]{1,18}[::]")
TITLE = 16  # a line that is no longer may be a heading, in Latin script twice as much
MOST_NAMES = 24  # characters of names before a blank that go with what follows
BRIEF = 6  # characters before a blank that are fewer go with what follows
OF_CONTENT = frozenset({"customer", "deal", "person", "money"})  # a title that holds one tells something itself
NAMED = frozenset({"customer", "person", "user", "deal"})
HAN = re.compile("[一-鿿]")
NOT, BLANK, CLAUSE, SENTENCE = range(4)


@dataclass(eq=False)
class Clause:
    """A clause: [start, end) of the plain text, where it belongs, and what was found in it."""

    text: str
    start: int
    end: int
    sentence: int
    block: int
    listed: bool
    heading: Heading = NONE
    finds: list[Find] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    customer: Mention | None = None
    place: int = 0  # how many clauses stand before it
    judged: dict[str, bool] = field(default_factory=dict, init=False)  # what was once decided about it
    deals: dict[bool, Mention | None] = field(
        default_factory=dict, init=False
    )  # the deal once settled, filled in or not
    cues: tuple[str, ...] | None = field(default=None, init=False)  # what the ranker looks at, once it was asked
    moods: list[str] | None = field(default=None, init=False)  # and of them how it is meant
    only: str | None = field(default=None, init=False)  # what it names, if nothing else
    weighed: int | None = field(default=None, init=False)  # and what it made of them
    asking: int | None = field(default=None, init=False)  # the same of a question, whatever its topic
    denials: list[int] | None = field(default=None, init=False)  # where its "not" end
    introduced: Sequence[Any] | None = field(default=None, init=False)  # the newcomers, once they were looked for

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups of the lexicon that have a word in the clause."""
        return frozenset(word.group for word in self.words)

    def has(self, *groups: str) -> bool:
        """Whether a word of one of the groups stands in the clause."""
        return not self.groups.isdisjoint(groups)

    def word(self, *groups: str) -> Word | None:
        """The first word of one of the groups."""
        if self.groups.isdisjoint(groups):
            return None
        return next(word for word in self.words if word.group in groups)

    @cached_property
    def kinds(self) -> dict[str, list[Find]]:
        """What was found, by kind."""
        by_kind: dict[str, list[Find]] = {}
        for find in self.finds:
            by_kind.setdefault(find.kind, []).append(find)
        return by_kind

    @cached_property
    def own_words(self) -> str:
        """What it says without the names of competitors, of which deals' names may hold a part."""
        text = self.text
        for find in self.all("competitor"):
            text = text.replace(find.text, " ")
        return text

    @cached_property
    def colleagues(self) -> frozenset[int]:
        """Where colleagues' names begin."""
        return frozenset(find.start for find in self.all("user"))

    def all(self, *kinds: str) -> Sequence[Find]:
        """Everything found of some kinds, in order."""
        if len(kinds) == 1:
            return self.kinds.get(kinds[0], ())
        if self.kinds.keys().isdisjoint(kinds):
            return ()
        return [find for find in self.finds if find.kind in kinds]

    def first(self, kind: str) -> Find | None:
        """The first thing found of a kind."""
        return self.kinds[kind][0] if kind in self.kinds else None


class Places(NamedTuple):
    """Where finds stand: the places within them, the end and start of each time, the starts of names."""

    inside: set[int]
    times: dict[int, int]
    named: set[int]

    def only_time(self, text: str, last: int, first: int) -> bool:
        """Whether a piece is nothing but a time."""
        return first in self.times and (self.times[first] == last or not text[last : self.times[first]].strip())

    def only_names(self, text: str, last: int, first: int, after: int) -> bool:
        """Whether a short piece is nothing but names, and what follows it begins with none."""
        if after in self.named or first - last > MOST_NAMES:
            return False
        return all(at in self.inside or at in self.named or text[at] == " " for at in range(last, first))


def cut(folded: str, finds: Sequence[Find], now: datetime) -> list[Clause]:
    """The clauses of a folded text, in order. No cut falls within anything found."""
    inside: set[int] = set()
    for find in finds:
        inside.update(range(find.start + 1, find.start + len(find.text.rstrip(" .,"))))
    return _cut(folded, finds, inside, now) or _cut(folded, finds, inside, None)


def _cut(folded: str, finds: Sequence[Find], inside: set[int], now: datetime | None) -> list[Clause]:
    """The clauses below their headings; without `now` nothing is a heading, as in a message that is but one line."""
    clauses: list[Clause] = []
    sentence, standing = 0, headings.Standing()
    searched = Searched(folded, finds, [find.start for find in finds], inside)
    times = {find.start + len(find.text.rstrip()): find.start for find in finds if find.kind == "when"}
    named = {find.start for find in finds if find.kind in NAMED}
    for number, block in enumerate(blocks(folded, inside), 1):
        told, start = _heading(folded, block, finds, now) if now else (None, block.start)
        standing.turn(block.mark, told, block.end - block.start)
        sentence += 1
        for left, right, ends in _pieces(folded, start, block.end, Places(inside, times, named)):
            for first, last in turns(searched, left, right):
                at = len(clauses)
                clauses.append(
                    Clause(
                        folded[first:last], first, last, sentence, number, bool(block.mark), standing.heading, place=at
                    )
                )
            sentence += ends
    return clauses


def _heading(text: str, block: Block, finds: Sequence[Find], now: datetime) -> tuple[Heading | None, int]:
    """The heading that a block is or begins with, and where what follows it starts."""
    start, end, _ = block
    bracket = BRACKET.match(text, start, end)
    if bracket:
        return headings.told(bracket[1], now, text) or NONE, bracket.end()
    head = FIELD.match(text, start, end)
    title = head[0][:-1] if head else text[start:end] if end - start <= _longest_title(text[start:end]) else ""
    told = headings.told(title.strip(" ():*#"), now, text) if title else None
    if told is None:
        return None, start
    last = head.end() if head else end
    tells = any(start <= find.start < last and find.kind in OF_CONTENT for find in finds)
    return told, start if tells else last


def _longest_title(line: str) -> int:
    return TITLE if HAN.search(line) else 2 * TITLE


def _pieces(text: str, start: int, end: int, places: Places) -> Iterator[tuple[int, int, bool]]:
    """[start, end) parted at punctuation, which goes to the piece before it, and whether that ends the sentence.

    A time or a number goes with what follows it, and so does what is but a word before a blank, or nothing but names.
    """
    last = behind = start  # where the piece begins, and where in it the numbers end that go with what follows
    for run in RUN.finditer(text, start, end):
        first, after = run.span()
        if first in places.inside or first == last:
            continue
        how = _parts(text, first, after, end)
        if not how or (how == BLANK and (first - last < BRIEF or places.only_names(text, last, first, after))):
            continue
        if how != SENTENCE and (text[behind:first].isdigit() or places.only_time(text, last, first)):
            behind = after
            continue
        yield last, first + len(text[first:after].rstrip()), how == SENTENCE
        last = behind = after
    if text[last:end].strip():
        yield last, end, True


def _parts(text: str, first: int, after: int, end: int) -> int:
    """How a run of punctuation and blanks parts what stands around it."""
    run = text[first:after]
    if run == " " or run.isspace():
        return BLANK if after < end and _parts_by_blank(text[first - 1], text[after]) else NOT
    if not ENDS.isdisjoint(run):
        return SENTENCE
    if "." in run and (run[-1] != "." or after == end) and not _is_shortened(text, first):
        return SENTENCE
    if PAUSES.search(run) or (run[0] in " \t" and run[-1] in " \t"):
        return CLAUSE
    return NOT


def _parts_by_blank(before: str, after: str) -> bool:
    """Whether a blank stands for a comma: between Chinese characters, or behind a number."""
    if "一" <= after <= "鿿":
        return "一" <= before <= "鿿" or before in ")%" or before.isdigit()
    return after in "#@" and ("一" <= before <= "鿿" or before == ")")


def _is_shortened(text: str, dot: int) -> bool:
    """Whether the word before a full stop is one that is written with it: Mr., No."""
    return text[max(0, dot - 5) : dot].replace("\n", " ").rpartition(" ")[2] in SHORTENED
