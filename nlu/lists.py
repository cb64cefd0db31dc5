"""Several customers named one after the other: which people, sums and times go with which."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from nlu.clauses import Clause
from nlu.rule import Find, Mention
from nlu.scene import Scene

REST = 14  # a listed item holds at most so many characters that nothing was found in
MOST = 12  # clauses that a list may go on for


def parts_of(scene: Scene, clause: Clause) -> list[Clause]:
    """A clause cut before each further customer that it names, each part about its own; itself where it names one."""
    customers = [f for f in clause.all("customer") if not isinstance(f.value, str)]
    firsts: list[Find] = []
    for find in customers:
        if not firsts or find.value != firsts[-1].value:
            firsts.append(find)
    if len(firsts) < 2:
        return [clause]
    edges = [clause.start, *(find.start for find in firsts[1:]), clause.end]
    return [_part(scene, clause, *edge, find) for edge, find in zip(itertools.pairwise(edges), firsts, strict=True)]


def _part(scene: Scene, clause: Clause, start: int, end: int, customer: Find) -> Clause:
    finds = [find for find in clause.finds if start <= find.start < end]
    words = [word for word in clause.words if start <= word.start < end]
    return replace(
        clause,
        text=scene.folded[start:end],
        start=start,
        end=end,
        finds=finds,
        words=words,
        customer=mention_of(scene, customer),
    )


def mention_of(scene: Scene, find: Find) -> Mention:
    """A customer as a find names it; several stay candidates."""
    text = scene.original(find.start, find.end)
    if isinstance(find.value, str):
        return Mention(text)
    if len(find.value) > 1:
        return Mention(text, None, tuple(find.value))
    return Mention(text, find.value[0], by=find.rule if find.rule in ("learnt", "alike") else "")


def listed_below(scene: Scene, clause: Clause) -> list[Clause]:
    """The items that follow a clause as its list: clauses that name a customer and say little else."""
    place = clause.place
    items: list[Clause] = []
    for other in _following(scene, scene.clauses[place + 1 : place + 1 + MOST], clause):
        if other.heading != clause.heading:
            return items
        for part in parts_of(scene, other):
            if part.all("customer") and _is_item(part):
                items.append(part)
            elif items and part.all("customer"):
                return items
    return items


def _following(scene: Scene, clauses: list[Clause], head: Clause) -> Iterator[Clause]:
    """The clauses behind a head, those of a later line taken together."""
    for _, same in groupby(clauses, key=lambda clause: clause.block):
        line = list(same)
        if line[0].block == head.block:
            yield from line
        else:
            finds = [find for clause in line for find in clause.finds]
            text = scene.folded[line[0].start : line[-1].end]
            yield replace(line[0], text=text, end=line[-1].end, finds=finds)


def _is_item(part: Clause) -> bool:
    rest = part.text
    for find in part.finds:
        rest = rest.replace(find.text, "", 1)
    return len(re.sub(r"[\s,。;:()、.#\d-]", "", rest)) <= REST
