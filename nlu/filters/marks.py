"""A message laid out for the filters: what finders found and what places, industries and tiers it names stand as one
character each, so that a condition's pattern tells only how it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm.industries import industries
from crm.places import said_as
from nlu.clauses import Clause
from nlu.grades import GRADE, graded
from nlu.lexicon import groups
from nlu.question import NOT_DONE
from nlu.rule import Find, Mention
from nlu.scene import Scene
from nlu.teams import team_named
from nlu.value_words import one_of

WHEN, MONEY, STAGE, USER, COMPETITOR, PLACE, INDUSTRY, TIER, TEAM, CUSTOMER = map(chr, range(0xE000, 0xE00A))
OF_FINDS = {"when": WHEN, "money": MONEY, "stage": STAGE, "user": USER, "competitor": COMPETITOR, "customer": CUSTOMER}
SHORTEST = 3  # letters of an industry that stands for itself anywhere: "it" does so beside the word alone


@dataclass(frozen=True)
class Mark:
    """What a character of the layout stands for: the value, and its words in lower case."""

    kind: str
    value: Any
    text: str


@dataclass(frozen=True)
class Layout:
    """The text with its marks, and what each mark stands for by its place."""

    text: str
    marks: dict[int, Mark]
    starts: tuple[int, ...]  # where each character of the text stands in the message

    def of(self, kind: str, start: int, end: int) -> list[Mark]:
        """The marks of a kind within a part of the text."""
        return [mark for place in range(start, end) if (mark := self.marks.get(place)) and mark.kind == kind]


Span = tuple[int, int, Mark]


def lay_out(scene: Scene, clause: Clause, begin: int, stop: int) -> Layout:
    """[begin, stop) of the message with its marks."""
    spans = sorted(_spans(scene, clause, stop), key=lambda span: (span[0], -span[1]))
    text, marks, starts, place = [], {}, [], begin
    for start, end, mark in spans:
        if start < place or end > stop:
            continue
        text += [*scene.folded[place:start], mark.kind]
        starts += [*range(place, start), start]
        marks[len(text) - 1] = mark
        place = end
    return Layout("".join([*text, *scene.folded[place:stop]]), marks, (*starts, *range(place, stop + 1)))


def _spans(scene: Scene, clause: Clause, stop: int) -> Iterator[Span]:
    """Everything that stands for a mark; of what overlaps the finders' come first, then the team."""
    found = [*_of_finds(scene), *_of_team(scene, clause)]
    taken = {place for start, end, _ in found for place in range(start, end)}
    yield from found
    for pattern, kind, value in (*_vocabularies(), *_of_stages(scene)):
        for said in pattern.finditer(scene.folded, 0, stop):
            if taken.isdisjoint(range(*said.span())):
                taken.update(range(*said.span()))
                yield *said.span(), Mark(kind, value(said), said[0])


def _of_finds(scene: Scene) -> list[Span]:
    return [
        (find.start, find.end, Mark(OF_FINDS[find.kind], _value(scene, find), scene.original(find.start, find.end)))
        for find in scene.finds
        if find.kind in OF_FINDS and not _is_length(scene, find)
    ]


def _is_length(scene: Scene, find: Find) -> bool:
    """Whether a time is how long something was not done (not seen in 60 days, 名下三十天没跟进的), no day ahead."""
    if find.text.startswith("下") and scene.folded[max(0, find.start - 1) : find.start] in ("名", "手", "底"):
        return True
    return find.text.startswith("in ") and NOT_DONE.search(scene.folded, 0, find.start) is not None


def _value(scene: Scene, find: Find) -> Any:
    if find.kind != "user":
        return find.value
    keys = tuple(find.value)
    return Mention(scene.original(find.start, find.end), *((keys[0],) if len(keys) == 1 else (None, keys)))


def _of_team(scene: Scene, clause: Clause) -> Iterable[Span]:
    team = team_named(scene, clause)
    start = scene.folded.find(team.lower()) if team else -1
    return [(start, start + len(team), Mark(TEAM, team, team))] if start >= 0 else []


def _of_stages(scene: Scene) -> Iterable[Vocabulary]:
    """Beside a stage that was found every name of one is one: in negotiation or bidding."""
    if not scene.has_any("stage"):
        return ()
    called = groups("stage")
    known = {name: s.key for s in scene.names.stages for name in (s.name.lower(), s.key, *called.get(s.key, ()))}
    return ((re.compile(one_of(known)), STAGE, lambda said: known[said[0]]),)


Vocabulary = tuple[re.Pattern[str], str, Callable[[re.Match[str]], Any]]


@lru_cache(maxsize=1)
def _vocabularies() -> tuple[Vocabulary, ...]:
    """Patterns of places, industries and tiers, and what each of their matches is worth; the value of a place and an
    industry are the sender's own words.
    """
    trades = [word for word in industries() if not word.isascii() or len(word) >= SHORTEST]
    tiers = {word: name for name, listed in groups("tier").items() for word in listed}
    tiers |= {word[:-2]: name for word, name in tiers.items() if word.endswith("客户") and len(word) > SHORTEST}
    return (
        (GRADE, TIER, graded),
        (re.compile(one_of(trades)), INDUSTRY, lambda said: said[0]),
        (re.compile(one_of(said_as())), PLACE, lambda said: said_as()[said[0]]),
        (re.compile(one_of(tiers)), TIER, lambda said: (tiers[said[0]],)),
    )
