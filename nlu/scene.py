"""A message laid out for the rules: everything found, competing for its place, and the clauses that hold it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from nlu import triggers
from nlu.clauses import Clause, cut
from nlu.finders import (
    colleague,
    company,
    competitor,
    deal,
    email,
    money,
    people,
    percent,
    phone,
    stage,
    task_ref,
    when,
)
from nlu.known import Focus
from nlu.look_alikes import meant_by_slip
from nlu.names import Names, same_length_lower
from nlu.normalise import Text, normalise
from nlu.rule import Find, Key

PRIORITY = (
    "task",
    "email",
    "customer",
    "deal",
    "person",
    "user",
    "competitor",
    "phone",
    "money",
    "percent",
    "when",
    "stage",
)
RANK = {kind: place for place, kind in enumerate(PRIORITY)}
MOST = 180  # clauses read of one message: several times what people write
NEARBY = 16  # clauses on either side that may belong to what a clause tells
NAMES = frozenset(
    {"customer", "deal", "person", "user"}
)  # one phrase may be several of these; who is meant shows later
QUIET = frozenset({"customer", "deal", "person", "user", "competitor", "phone", "email"})  # no trigger counts in these


@dataclass
class Scene:
    """One message with the names it may use, cut and searched."""

    text: Text
    folded: str
    now: datetime
    names: Names
    sender: Key | None
    focus: Focus | None
    finds: list[Find] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    worded: int | None = field(default=None, init=False)  # the rules that it has a word of, once they were looked for
    weighed: int | None = field(default=None, init=False)  # what the ranker makes of the whole message
    introducing: list[int] | None = field(default=None, init=False)  # where it has words that introduce people
    away: list[Find] | None = field(default=None, init=False)  # whoever it says was not there
    plans: dict[tuple[int, ...], Any] = field(default_factory=dict, init=False)  # the payments that clauses tell
    _sentences: dict[int, Sequence[Clause]] = field(default_factory=dict, init=False)
    _blocks: dict[int, Sequence[Clause]] = field(default_factory=dict, init=False)
    shares: dict[int, Any] = field(default_factory=dict, init=False)  # of a payment, by clause
    _told: dict[re.Pattern[str], bool] = field(default_factory=dict, init=False)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of things found in the message."""
        return frozenset(find.kind for find in self.finds)

    def has_any(self, *kinds: str) -> bool:
        """Whether something of one of the kinds was found anywhere."""
        return not self.kinds.isdisjoint(kinds)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups of the lexicon that have a word in the message."""
        return frozenset().union(*(clause.groups for clause in self.clauses))

    def says(self, *groups: str) -> bool:
        """Whether a word of one of the groups stands anywhere."""
        return not self.groups.isdisjoint(groups)

    @cached_property
    def brings_new(self) -> bool:
        """Whether the message calls a customer new."""
        return any(find.rule == "called new" for find in self.finds)

    @cached_property
    def named_keys(self) -> frozenset[Key]:
        """The known customers that the message may name."""
        named = (find for find in self.finds if find.kind == "customer" and not isinstance(find.value, str))
        return frozenset(key for find in named for key in find.value)

    def tells(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern stands anywhere in the message; asked of every clause, it is searched once."""
        known = self._told.get(pattern)
        if known is None:
            known = self._told[pattern] = pattern.search(self.folded) is not None
        return known

    def sentence(self, clause: Clause) -> Sequence[Clause]:
        """The clauses of the same sentence, as far as they are near."""
        known = self._sentences.get(clause.place)
        if known is None:
            known = self._sentences[clause.place] = self._around(clause, "sentence")
        return known

    def block(self, clause: Clause) -> Sequence[Clause]:
        """The clauses of the same line or listed item, as far as they are near."""
        known = self._blocks.get(clause.place)
        if known is None:
            known = self._blocks[clause.place] = self._around(clause, "block")
        return known

    def _around(self, clause: Clause, whole: str) -> Sequence[Clause]:
        """The clauses on either side that have the same number of their sentence or block: they stand together."""
        number: int = getattr(clause, whole)
        first = last = clause.place
        while first > max(0, clause.place - NEARBY) and getattr(self.clauses[first - 1], whole) == number:
            first -= 1
        end = min(len(self.clauses) - 1, clause.place + NEARBY)
        while last < end and getattr(self.clauses[last + 1], whole) == number:
            last += 1
        return self.clauses[first : last + 1]

    def near(self, clause: Clause) -> list[Clause]:
        """The clauses around a clause: enough for any message of people, and few in a text made to stall."""
        return self.clauses[max(0, clause.place - NEARBY) : clause.place + NEARBY + 1]

    def before(self, clause: Clause) -> Clause | None:
        """The clause before, None for the first."""
        return self.clauses[clause.place - 1] if clause.place else None

    def after(self, clause: Clause) -> Clause | None:
        """The clause after, None for the last."""
        return self.clauses[clause.place + 1] if clause.place + 1 < len(self.clauses) else None

    def original(self, start: int, end: int) -> str:
        """What the sender wrote at [start, end) of the plain text."""
        first, last = self.text.span(start, end)
        return self.text.original[first:last].strip()


def lay_out(
    text: str,
    now: datetime,
    names: Names,
    sender: Key | None = None,
    focus: Focus | None = None,
    *,
    unseen: Collection[Key] = (),
) -> Scene:
    """The scene of a text: found, competed, cut; who is meant is not settled yet."""
    read = normalise(text)
    folded = same_length_lower(read.plain)
    scene = Scene(read, folded, now, names, sender, focus)
    scene.finds = compete(_find_all(scene, unseen))
    scene.clauses = cut(folded, scene.finds, now)[:MOST]
    words = triggers.find(folded)
    starts, word_starts = [f.start for f in scene.finds], [w.start for w in words]
    for clause in scene.clauses:
        clause.finds = scene.finds[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        within = words[bisect_left(word_starts, clause.start) : bisect_left(word_starts, clause.end)]
        quiet, end = clause.all(*QUIET), clause.end
        if quiet:
            begins = [find.start for find in quiet]
            within = [word for word in within if not _hushed(word, quiet, begins)]
        clause.words = [word for word in within if word.end <= end]
    return scene


def _find_all(scene: Scene, unseen: Collection[Key]) -> list[Find]:
    about = scene.focus.customer if scene.focus else None
    places = scene.names.places(scene.folded, scene.sender, about, unseen)
    persons = [*people.find(scene.folded, places), *colleague.find(scene.folded, places)]
    times = when.find(scene.text, scene.now, scene.names.calendar)
    others = (found for finder in (money, percent, phone, email) for found in finder.find(scene.text, scene.now))
    values = [_folded(scene, found) for found in (*times, *others)]
    return [
        *company.find(scene.folded, places, [*persons, *values], partial(meant_by_slip, names=scene.names)),
        *persons,
        *values,
        *deal.find(scene.folded, places),
        *stage.find(scene.folded, scene.names.stages),
        *competitor.find(scene.folded, scene.names.competitors),
        *task_ref.find(scene.folded, scene.names),
    ]


def _folded(scene: Scene, find: Find) -> Find:
    text = scene.folded[find.start : find.end]
    return find if text == find.text else replace(find, text=text)


def compete(found: Iterable[Find]) -> list[Find]:
    """Of overlapping finds the longest stays, then the one of the kind that comes first; names may share one place."""
    starts: list[int] = []  # where the winners stand, in order
    taken: dict[int, list[Find]] = {}  # the winners that begin at a place
    for find in sorted(found, key=_claim):
        at = bisect_left(starts, find.end)
        last = taken[starts[at - 1]] if at else None  # the last that begins before the find ends
        if last is None or last[0].end <= find.start:
            insort(starts, find.start)
            taken[find.start] = [find]
        elif (last[0].start, last[0].end) == (find.start, find.end) and _may_share(find, last):
            last.append(find)
    return [find for start in starts for find in taken[start]]


def _claim(find: Find) -> tuple[int, int, int]:
    return find.start - find.end, RANK[find.kind], find.start


def _may_share(find: Find, rivals: Iterable[Find]) -> bool:
    """Whether a find may stand on exactly the same place as others: names of several kinds may."""
    return find.kind in NAMES and all(other.kind in NAMES and other.kind != find.kind for other in rivals)


def _hushed(word: triggers.Word, quiet: Sequence[Find], begins: Sequence[int]) -> bool:
    """Whether a word is only part of a name, a number or an address; they begin there, in order."""
    at = bisect_right(begins, word.start)
    return at > 0 and word.end <= quiet[at - 1].end
