"""Where a stretch without punctuation turns to something else: dictated messages have no commas."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlu.rule import Find

CONNECTIVE = re.compile(
    r"(?:然后|另外|还有|对了(?!一|下)|哦对|顺便|顺路|嗯|呃|让我|让咱|你帮我|帮我|你提醒|提醒我|他说"
    r"|她说|他透露|她透露|人家说|就是价格|我说|并且|而且|但是|不过"
    r"|最晚|别忘了|我报|我估计|估计|预计|(?<![把的问跟和有])预算(?!编)|把握|改到|改约|让他|让她|你让|记一下"
    r"|另请|人家|先付|付款(?!方式|条)|, and | and also |the other)"
)
LINKING = tuple("在到约是于定改推从自至、和及(:的挪延放即跟与为前后约按或")  # what ties a time to the words before it
WENT_TO = tuple("去到在跟和与给从把的、对找是及同,")  # what ties a customer to the words before it
NOT_ALONE = tuple("跟和与找让请叫给陪等带由帮替催@向同的是、及")  # what ties a colleague's name to the words before it
TOLD_TO = re.compile(r"[ ]?(?:你|把|去|来|周|明|后天|今|下|于|则|本周|\d|在|先|帮|务必|赶紧|抓紧|,)")
LONG = 12  # a stretch that is longer may hold several clauses
SHORT = 5  # what would be shorter is no clause


def turns(text: str, left: int, right: int, finds: Sequence[Find], inside: set[int]) -> Iterator[tuple[int, int]]:
    """A stretch parted where it turns: at a connective, a further time, a colleague called on, another customer."""
    edges = [left]
    for place in _turns(text, left, right, inside, finds):
        if place - edges[-1] >= SHORT and right - place >= SHORT:
            edges.append(place)
    yield from pairwise([*edges, right])


def _turns(text: str, left: int, right: int, inside: set[int], finds: Sequence[Find]) -> list[int]:
    """Where an unpunctuated stretch turns to something else: at a connective, a further time, a colleague called on."""
    turns = {m.start() for m in CONNECTIVE.finditer(text, left, right) if m.start() not in inside}
    if right - left >= LONG:
        within = [find for find in finds if left < find.start and find.end <= right]
        days = [find for find in finds if find.kind == "when" and left <= find.start < right]
        later = [
            day
            for day in days
            if day is not days[0] or (day.start - left >= LONG and _with_subject(text, day) < day.start)
        ]
        spoken_to = {find.end for find in within if find.kind == "user"}
        later = [day for day in later if day.start not in spoken_to and not _carried(text, day)]
        turns |= {_with_subject(text, day) for day in later if _opens(text, day, LINKING)}
        turns |= _other_customers(
            text, [f for f in finds if f.kind == "customer" and left <= f.start and f.end <= right]
        )
        turns |= {
            f.start for f in within if f.kind == "user" and _opens(text, f, NOT_ALONE) and _is_told(text, f, days)
        }
    return sorted(place for place in turns if left < place)


def _opens(text: str, find: Find, ties: tuple[str, ...]) -> bool:
    before = text[find.start - 1 : find.start]
    return bool(re.match("[一-鿿]", before)) and not text[max(0, find.start - 3) : find.start].endswith(ties)


def _other_customers(text: str, named: list[Find]) -> set[int]:
    """Where a stretch turns to another customer."""
    return {
        later.start
        for earlier, later in pairwise(named)
        if earlier.value != later.value and _opens(text, later, WENT_TO)
    }


def _carried(text: str, day: Find) -> bool:
    """Whether a 把 before the time still waits for its verb: 把报价单周五寄给她."""
    return "把" in text[max(0, day.start - 12) : day.start]


def _is_told(text: str, find: Find, days: list[Find]) -> bool:
    return bool(TOLD_TO.match(text, find.end)) or any(0 <= day.start - find.end <= 1 for day in days)


def _with_subject(text: str, find: Find) -> int:
    """Where the clause of a time begins: with 我 or 你 before it where that stands there."""
    return find.start - 1 if text[find.start - 1 : find.start] in ("我", "你", "咱") else find.start
