"""A message read as a list that is narrowed: from left to right its conditions, nouns, order and small words; what is
none of them is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from crm.filters import Condition
from nlu.clauses import Clause
from nlu.filters.found import LACKS, Scan, fit
from nlu.filters.marks import CUSTOMER, INDUSTRY, TEAM, USER, lay_out
from nlu.filters.sort import read_sort, read_top
from nlu.filters.table import read_at
from nlu.filters.words import any_of, said
from nlu.scene import Scene
from nlu.whole import ENDS

OWNED = re.compile(r"(?:的(?!拜访)|名下|手上|手里|手头|负责|在?跟)*|'s")
OWNED_EN = re.compile(r"(?:owned by |handled by |belonging to |of |with )$")
BLANK = re.compile(r"[\s,、]+")
WORD = re.compile(rf"{LACKS.pattern}(?=的)|[a-z']+|.", re.DOTALL)  # 没有预算的 is one condition


def scan(scene: Scene, clause: Clause, start: int = 0, end: int | None = None) -> Scan:
    """[start, end) of the message as a narrowed list: all of it, less what ends a sentence, unless told."""
    found = Scan(lay_out(scene, clause, start, len(scene.folded.rstrip(ENDS)) if end is None else end))
    stages, today = tuple(stage.key for stage in scene.names.stages), scene.now.date()
    text, place = found.layout.text, 0
    while place < len(text):
        place = _step(found, place, stages, today)
    found.ends_in_of = text.rstrip().endswith("的")
    fit(found)
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
        found.sort, found.last, found.ordered = order[1], "sort", (place, order[0])
        return order[0]
    read, noun, small = read_at(found.layout, place, stages, today), _noun(text, place), _small().match(text, place)
    top = read_top(text, place)
    ends = (read[0] if read and _ends_word(text, read[0]) else 0, noun[0], small.end() if small else 0, top.end)
    longest = max(ends)
    if not longest:
        return _unknown(found, place)
    if longest == top.end:
        found.top, found.last = top, "sort"
    elif read and longest == ends[0] > ends[1]:
        _take(found, read[1].read(read[2]), place, longest)
        found.last = _ending(found, place, longest)
    elif longest == ends[1]:
        found.topics.append(noun[1])
        found.last = "noun"
    else:
        found.last = "small"
    return longest


def _take(found: Scan, conditions: Iterable[Condition], start: int, end: int) -> None:
    told = list(conditions)
    found.conditions += told
    found.said += [(start, end)] * len(told)
    found.topics += ["contact"] * any(condition.name == "role" for condition in told)  # 上海的决策人


def _ending(found: Scan, place: int, end: int) -> str:
    """What a condition ends with: 大客户 and 医院 are nouns too."""
    marks = [mark for at in range(place, end) if (mark := found.layout.marks.get(at))]
    named = [mark for mark in marks if mark.text.endswith("客户")]
    found.topics += ["customers"] * len(named)
    is_noun = bool(named) or any(mark.kind == INDUSTRY for mark in marks) or found.conditions[-1].name == "role"
    return "noun" if is_noun else "condition"


def _owner(found: Scan, place: int) -> int:
    """Where a colleague, a team or a customer named at a place, whose the list is, ends; 0 where none is."""
    mark = found.layout.marks.get(place)
    if mark is None or mark.kind not in (USER, TEAM, CUSTOMER):
        return 0
    if mark.kind == USER:
        found.users.append(mark)
    elif mark.kind == CUSTOMER:
        found.names_customer = True
    else:
        found.team = str(mark.value)
    found.last = "small"
    owned = OWNED.match(found.layout.text, place + 1)
    return owned.end() if owned else place + 1


def _unknown(found: Scan, place: int) -> int:
    word = WORD.match(found.layout.text, place)
    end = word.end() if word else place + 1
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
