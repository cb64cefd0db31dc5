"""What the ranker looks at: a clause's words with names and values masked, and how it stands among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from nlu.assignees import called_on
from nlu.clauses import Clause
from nlu.mood import ahead, asked, denied, failed, is_plan, supposed, told_as_past
from nlu.rule import Find, When
from nlu.scene import Scene

TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[^\s\w]|\w")
MASKS = {
    "customer": "C",
    "person": "P",
    "user": "U",
    "competitor": "K",
    "deal": "D",
    "stage": "S",
    "money": "M",
    "percent": "R",
    "phone": "N",
    "email": "E",
    "task": "J",
}
WANTS = ("wants_mark", "wants_word", "wants_show", "wants_help", "wants_more")
SHORT = 24
LITTLE = 1  # letters of a clause that says nothing beside what was found in it
MOST = 60  # tokens of a clause that are looked at: what goes on for longer tells no more


def cues(scene: Scene, clause: Clause) -> tuple[str, ...]:
    """The cues of a clause, each a short string; the same clause gives the same cues in the same order."""
    if clause.cues is None:
        clause.cues = (*_said(scene, clause), *_standing(scene, clause), *_anywhere(scene))
    return clause.cues


def _said(scene: Scene, clause: Clause) -> list[str]:
    """The clause's words one by one, in twos and in threes."""
    tokens = ["^", *_tokens(scene, clause)[:MOST], "$"]
    twos = list(pairwise(tokens))
    threes = zip(twos, tokens[2:], strict=False)
    return [*dict.fromkeys([*tokens, *("_".join(two) for two in twos), *(f"{a}_{b}_{c}" for (a, b), c in threes)])]


def _tokens(scene: Scene, clause: Clause) -> list[str]:
    tokens: list[str] = []
    last = clause.start
    for find in clause.finds:
        if find.start < last:
            continue
        tokens += TOKEN.findall(scene.folded, last, find.start)
        tokens.append(_mask(scene, find))
        last = find.end
    return [*tokens, *TOKEN.findall(scene.folded, last, clause.end)]


def _mask(scene: Scene, find: Find) -> str:
    if find.kind == "when":
        return _time(scene, find.value)
    if find.kind == "stage":
        return f"S{find.value}" if find.value in ("won", "lost") else "S"
    return MASKS[find.kind]


def _time(scene: Scene, when: When) -> str:
    """B before today, T today, F ahead, X a time that gives no day; a clock time marked, today's as over or not."""
    day, today = when.last_day, scene.now.date()
    if day is None:
        return "X"
    if when.at and day == today:
        return "Bh" if when.at <= scene.now else "Fh"
    return ("B" if day < today else "T" if day == today else "F") + ("h" if when.at else "")


def _standing(scene: Scene, clause: Clause) -> list[str]:
    """How the clause is meant, what its neighbours say, and where it stands."""
    told = [f"g:{group}" for group in clause.groups if not of_questions(group)]
    if clause.has("negation"):
        told += {f"d:{word.group}" for word in clause.words if not of_questions(word.group) and denied(clause, word)}
    for side, other in (("<", scene.before(clause)), (">", scene.after(clause))):
        if other is None:
            told.append(f"{side}none")
        else:
            near = "" if other.sentence == clause.sentence else "|"
            told += [f"{side}{near}{group}" for group in other.groups if not of_questions(group)]
            told += [f"{side}k:{kind}" for kind in other.kinds]
            told += [f"{side}{name}" for name in _moods(scene, other)]
            told += [f"{side}{name}" for name in _only(scene, other)]
    told += [f"m:{name}" for name in _moods(scene, clause)]
    told += _only(scene, clause)
    told += [f"k:{kind}" for kind in clause.kinds]
    told.append(f"h:{clause.heading.mode}{'+' if clause.listed else ''}")
    if clause.customer is None:
        told.append("c:none")
    else:
        told.append(f"c:{clause.customer.by or ('known' if clause.customer.key is not None else 'open')}")
    told.append(f"n:{min(len(scene.clauses), 4)}")
    return sorted(told)


def _only(scene: Scene, clause: Clause) -> Iterator[str]:
    """What a clause that says nearly nothing else names: a time (, 周五前), somebody called (小林, ), a customer."""
    if clause.finds and rest_length(clause) <= LITTLE:
        kinds = dict.fromkeys(_mask(scene, find) for find in clause.finds)
        yield f"o:{''.join(kinds)}"


def rest_length(clause: Clause) -> int:
    """How many letters of a clause belong to nothing that was found in it."""
    found: set[int] = set()
    for find in clause.finds:
        found.update(range(find.start - clause.start, find.end - clause.start))
    return sum(1 for place, char in enumerate(clause.text) if char.isalnum() and place not in found)


def _anywhere(scene: Scene) -> tuple[str, ...]:
    """What the whole message speaks of, the same for all its clauses."""
    if scene.anywhere is None:
        scene.anywhere = tuple(sorted(f"a:{group}" for group in scene.groups if not of_questions(group)))
    return scene.anywhere


def of_questions(group: str) -> bool:
    """Whether a group is one that only questions are weighed by."""
    return group.startswith(("about_", "wants_"))


def topic_cues(scene: Scene, clause: Clause, topic: str) -> tuple[str, ...]:
    """What speaks for a topic beside the clause's cues: words that it may go by, here and beside it, and words of
    others.
    """
    if clause.asking is None:
        clause.asking = tuple(_asking(scene, clause))
    told: list[str] = []
    for side, other in _beside(scene, clause):
        told += [f"t:{side}{name}" for name in ("ask", "about") if f"{name}_{topic}" in other.groups]
        told.append(f"t:{side}others{_others(other, topic)}")
    return (*clause.asking, *told)


def _asking(scene: Scene, clause: Clause) -> Iterator[str]:
    """How the clause, its sentence and its neighbours ask, whatever the topic; a neighbour may do nothing else."""
    yield from (f"q:{group}" for group in sorted(clause.groups) if of_questions(group))
    for side, other in _beside(scene, clause):
        yield from (f"t:{side}{group}" for group in WANTS if group in other.groups)
        if side and _only_asks(other):
            yield f"t:{side}bare"
    wanted = {group for other in scene.sentence(clause) for group in WANTS if group in other.groups}
    yield from sorted(f"s:{group}" for group in wanted)


def _beside(scene: Scene, clause: Clause) -> list[tuple[str, Clause]]:
    """The clause and its neighbours on the same line."""
    near = (("", clause), ("<", scene.before(clause)), (">", scene.after(clause)))
    return [(side, other) for side, other in near if other is not None and other.block == clause.block]


def _others(clause: Clause, topic: str) -> int:
    """How many other topics a clause has a word of, two standing for more."""
    named = {group for group in clause.groups if group.startswith("ask_")} - {f"ask_{topic}", "ask_overdue"}
    return min(len(named), 2)


def _only_asks(clause: Clause) -> bool:
    """Whether a clause does nothing but ask to be shown what a neighbour names: 列给我, 都拉一下, 按人分."""
    return clause.has("wants_show", "ask") and not clause.finds and len(clause.text) <= SHORT


def _moods(scene: Scene, clause: Clause) -> list[str]:
    moods = (("asked", asked), ("if", supposed), ("failed", failed), ("ahead", ahead), ("plan", is_plan))
    told = [name for name, judge in moods if judge(scene, clause)]
    told += ["called"] if clause.first("user") and called_on(scene, clause) else []
    return [*told, "past"] if told_as_past(clause) else told
