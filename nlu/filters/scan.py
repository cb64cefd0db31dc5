"""A message read as a list that is narrowed: from left to right its conditions, nouns, order and small words; what is
none of them is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from crm.filters import Condition
from nlu.clauses import Clause
from nlu.filters.marks import INDUSTRY, TEAM, USER, Layout, Mark, lay_out
from nlu.filters.sort import read_sort
from nlu.filters.table import read_at
from nlu.filters.words import any_of, said
from nlu.scene import Scene
from nlu.whole import ENDS

OWNED = re.compile(r"(?:的|名下|手上|手里|手头|负责|在?跟)*|'s")
OWNED_EN = re.compile(r"(?:owned by |handled by |belonging to |of |with )$")
BLANK = re.compile(r"[\s,、]+")
WORD = re.compile(r"[a-z']+|.", re.DOTALL)
DEAL_ALONE = frozenset({"amount", "closing", "closed", "outcome", "stage", "competitor", "stalled"})


@dataclass
class Scan:
    """What a message was read as; `rest` are the parts that were not understood, as [start, end) of the layout."""

    layout: Layout
    conditions: list[Condition] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    users: list[Mark] = field(default_factory=list)
    team: str = ""
    sort: str = ""
    rest: list[tuple[int, int]] = field(default_factory=list)
    last: str = ""  # what the message ends with: condition, noun, sort, small or rest
    ends_in_of: bool = False

    @property
    def topic(self) -> str:
        """What the list is of: what the last noun says, else what its conditions are of."""
        if self.layout.text.rstrip().endswith(INDUSTRY):
            return "customers"  # 有50万以上商机的医院
        if self.topics:
            return self.topics[-1]
        is_of_deals = any(condition.name in DEAL_ALONE for condition in self.conditions)
        return "deals" if is_of_deals and not any(c.name == "industry" for c in self.conditions) else "customers"


def scan(scene: Scene, clause: Clause, start: int = 0, end: int | None = None) -> Scan:
    """[start, end) of the message as a narrowed list: all of it, less what ends a sentence, unless told."""
    found = Scan(lay_out(scene, clause, start, len(scene.folded.rstrip(ENDS)) if end is None else end))
    stages, today = tuple(stage.key for stage in scene.names.stages), scene.now.date()
    text, place = found.layout.text, 0
    while place < len(text):
        place = _step(found, place, stages, today)
    found.ends_in_of = text.rstrip().endswith("的")
    return found


def _step(found: Scan, place: int, stages: tuple[str, ...], today: date) -> int:
    """Take in what stands at a place; where it ends."""
    text = found.layout.text
    if blank := BLANK.match(text, place):
        return blank.end()
    if not _begins_word(text, place):
        return _unknown(found, place)
    if owner := _owner(found, place):
        return owner
    if (order := read_sort(text, place)) and _ends_word(text, order[0]):
        found.sort, found.last = order[1], "sort"
        return order[0]
    read, noun, small = read_at(found.layout, place, stages, today), _noun(text, place), _small().match(text, place)
    ends = (read[0] if read and _ends_word(text, read[0]) else 0, noun[0], small.end() if small else 0)
    longest = max(ends)
    if not longest:
        return _unknown(found, place)
    if read and longest == ends[0] > ends[1]:
        found.conditions += read[1].read(read[2])
        found.last = _ending(found, place, longest)
    elif longest == ends[1]:
        found.topics.append(noun[1])
        found.last = "noun"
    else:
        found.last = "small"
    return longest


def _ending(found: Scan, place: int, end: int) -> str:
    """What a condition ends with: 大客户 and 医院 are nouns too."""
    marks = [mark for at in range(place, end) if (mark := found.layout.marks.get(at))]
    named = [mark for mark in marks if mark.text.endswith("客户")]
    found.topics += ["customers"] * len(named)
    return "noun" if named or any(mark.kind == INDUSTRY for mark in marks) else "condition"


def _owner(found: Scan, place: int) -> int:
    """Where a colleague or a team named at a place, whose the list is, ends; 0 where none is."""
    mark = found.layout.marks.get(place)
    if mark is None or mark.kind not in (USER, TEAM):
        return 0
    if mark.kind == USER:
        found.users.append(mark)
    else:
        found.team = str(mark.value)
    found.last = "small"
    owned = OWNED.match(found.layout.text, place + 1)
    return owned.end() if owned else place + 1


def _unknown(found: Scan, place: int) -> int:
    word = WORD.match(found.layout.text, place)
    end = word.end() if word else place + 1
    if found.rest and not found.layout.text[found.rest[-1][1] : place].strip():
        found.rest[-1] = (found.rest[-1][0], end)
    else:
        found.rest.append((place, end))
    found.last = "rest"
    return end


def _noun(text: str, place: int) -> tuple[int, str]:
    found = _nouns().match(text, place)
    return (found.end(), said("noun")[found[0]]) if found else (0, "")


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    return re.compile(any_of("noun"))


@lru_cache(maxsize=1)
def _small() -> re.Pattern[str]:
    return re.compile(any_of("filler"))


def _begins_word(text: str, place: int) -> bool:
    return place == 0 or not (_letter(text[place]) and _letter(text[place - 1]))


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not (_letter(text[end]) and _letter(text[end - 1]))


def _letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def unknown_words(scene: Scene, found: Scan) -> Iterator[str]:
    """The parts that were not understood, as the sender wrote them."""
    starts = found.layout.starts
    for start, end in found.rest:
        yield scene.original(starts[start], starts[end])
