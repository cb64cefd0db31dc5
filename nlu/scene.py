"""A message laid out for the rules: everything found, competing for its place, and the clauses that hold it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

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
NEARBY = 40  # clauses on either side that may belong to what a clause tells
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

    def sentence(self, clause: Clause) -> list[Clause]:
        """The clauses of the same sentence, as far as they are near."""
        return [other for other in self.near(clause) if other.sentence == clause.sentence]

    def block(self, clause: Clause) -> list[Clause]:
        """The clauses of the same line or listed item, as far as they are near."""
        return [other for other in self.near(clause) if other.block == clause.block]

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


def lay_out(text: str, now: datetime, names: Names, sender: Key | None = None, focus: Focus | None = None) -> Scene:
    """The scene of a text: found, competed, cut; who is meant is not settled yet."""
    read = normalise(text)
    folded = same_length_lower(read.plain)
    scene = Scene(read, folded, now, names, sender, focus)
    scene.finds = compete(_find_all(scene))
    scene.clauses = cut(folded, scene.finds, now)
    words = triggers.find(folded)
    starts, word_starts = [f.start for f in scene.finds], [w.start for w in words]
    for clause in scene.clauses:
        clause.finds = scene.finds[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        within = words[bisect_left(word_starts, clause.start) : bisect_left(word_starts, clause.end)]
        clause.words = [word for word in within if word.end <= clause.end and not _hushed(word, clause)]
    return scene


def _find_all(scene: Scene) -> list[Find]:
    places = scene.names.places(scene.folded, scene.sender)
    persons = [*people.find(scene.folded, places), *colleague.find(scene.folded, places)]
    values = [
        replace(f, text=scene.folded[f.start : f.end])
        for finder in (when, money, percent, phone, email)
        for f in finder.find(scene.text, scene.now)
    ]
    return [
        *company.find(scene.folded, places, [*persons, *values]),
        *persons,
        *values,
        *deal.find(scene.folded, places),
        *stage.find(scene.folded, scene.names.stages),
        *competitor.find(scene.folded, scene.names.competitors),
        *task_ref.find(scene.folded, scene.names),
    ]


def compete(found: Iterable[Find]) -> list[Find]:
    """Of overlapping finds the longest stays, then the one of the kind that comes first; names may share one place."""
    taken: dict[int, Find] = {}
    won: list[Find] = []
    for find in sorted(found, key=lambda f: (f.start - f.end, PRIORITY.index(f.kind), f.start)):
        rivals = {id(taken[place]): taken[place] for place in range(find.start, find.end) if place in taken}
        shared = all(
            (r.start, r.end) == (find.start, find.end) and {r.kind, find.kind} <= NAMES for r in rivals.values()
        )
        if shared and not any(r.kind == find.kind for r in rivals.values()):
            won.append(find)
            taken.update(dict.fromkeys(range(find.start, find.end), find))
    return sorted(won, key=lambda f: (f.start, PRIORITY.index(f.kind)))


def _hushed(word: triggers.Word, clause: Clause) -> bool:
    """Whether a word is only part of a name, a number or an address."""
    return any(f.start <= word.start and word.end <= f.end for f in clause.finds if f.kind in QUIET)
