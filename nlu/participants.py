"""Who of a customer took part in a contact: named in its clause, said to be there too, or else named next to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.clauses import Clause
from nlu.mood import is_plan
from nlu.newcomers import newcomers
from nlu.rule import Find, Mention
from nlu.scene import Scene
from nlu.settle import person_of

PRESENT = re.compile(
    r"也在|都在|在场|陪[同着]|一起|一齐|一块|过来坐|[也都]来了|见的|见到|叫来|参加|出席|主持|作陪|带[了着咗]|坐[了在]|接待|领着"
    r"|was there|were there|joined|brought|attended|sat in|came along|turned up|showed up"
)
ABSENT = re.compile(
    r"[^,。;]{0,2}?(?:不在|没在|没来|没到|没空|没露面|未到|唔喺度|冇嚟|请假|出差|休假|休产假|没跟|不方便"
    r"|去?开会去|临时[被有]|被叫去|was out|is out|was away|is away|couldn't make|didn't show|called away|not there)"
)
WAITED = re.compile(
    r"(?:等|没见[着到]|没碰[上到着]|没遇[上到]|没找[着到]|不是|唔系|并非|not|instead of|isn't|missed)[ ]?$"
)
TOLD_OF = re.compile(
    r"(?<!听)[说讲话](?:了|是|过)?|提到|提起|表示|透露|反馈|告诉|得等|要等|要问|得问|去问|请示|归|报给"
    r"|\bsays?\b|\bsaid\b|\btold\b|mentioned"
)
MOST = 60  # characters between a contact and whoever is named near it


def participants(scene: Scene, clause: Clause) -> tuple[Mention, ...]:
    """The people, each once, in the order of the text; those who were away or only talked about left out."""
    found = _there(scene, clause)
    around = [c for c in scene.block(clause) if c.customer == clause.customer and c is not clause]
    around = [c for c in around if not is_plan(scene, c) and abs(c.start - clause.start) < MOST]
    for other in around:
        if PRESENT.search(other.text):
            found += _there(scene, other)
    if not found:
        found = _nearest(scene, clause, around)
    return tuple({one.key if one.key is not None else one.text: one for one in found}.values())


def _nearest(scene: Scene, clause: Clause, around: Sequence[Clause]) -> list[Mention]:
    """Of those named near a contact that names nobody, the first of the nearest clause, those before it first."""
    for other in sorted(around, key=lambda c: (c.place > clause.place, abs(c.place - clause.place))):
        if there := _there(scene, other):
            return there[:1]
    return []


def _there(scene: Scene, clause: Clause) -> list[Mention]:
    """Whom a clause names as having been there."""
    named = _named(scene, clause)
    first = min(named, default=0)
    told_of = TOLD_OF.search(scene.folded, first, clause.end) if named else None
    end = told_of.start() if told_of else clause.end
    return [who for at, who in sorted(named.items(), key=lambda pair: pair[0]) if at <= end]


def _named(scene: Scene, clause: Clause) -> dict[int, Mention]:
    found: dict[int, Mention] = {}
    for find in clause.all("person"):
        if not _is_away(scene, find) and (who := person_of(scene, clause, find, clause.customer)):
            found[find.start] = who
    for one in newcomers(scene, clause):
        if not any(one.start <= at < one.end for at in found):
            found[one.start] = one.who
    return found


def _is_away(scene: Scene, find: Find) -> bool:
    """Whether the message says of somebody, wherever it names them, that they were not there."""
    if scene.away is None:
        scene.away = [other for other in scene.finds if other.kind == "person" and _is_away_at(scene, other)]
    return any(_is_same(other, find) for other in scene.away)


def _is_away_at(scene: Scene, find: Find) -> bool:
    return bool(
        ABSENT.match(scene.folded, find.end) or WAITED.search(scene.folded, max(0, find.start - 12), find.start)
    )


def _is_same(one: Find, other: Find) -> bool:
    return one.text == other.text or bool(other.value.contacts and one.value == other.value)
