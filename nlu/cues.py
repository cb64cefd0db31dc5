"""What the ranker looks at: a clause's words with names and values masked, and how it stands among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from nlu.assignees import called_on
from nlu.clauses import Clause
from nlu.mood import ahead, asked, denied, failed, is_plan, supposed, told_as_past
from nlu.rule import Find, When
from nlu.scene import Scene

TOKEN = re.compile(r"[一-鿿]|[a-z]+(?:'[a-z]+)?|\d+|[^\s\w]|\w")
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
MANY = 4  # clauses of a message that are counted
MOODS = (
    ("asked", asked),
    ("if", supposed),
    ("failed", failed),
    ("ahead", ahead),
    ("plan", is_plan),
    ("called", lambda scene, clause: clause.first("user") is not None and called_on(scene, clause) is not None),
    ("past", lambda scene, clause: told_as_past(clause)),
)
LITTLE = 1  # letters of a clause that says nothing beside what was found in it
MOST = 60  # tokens of a clause that are looked at: what goes on for longer tells no more


def cues(scene: Scene, clause: Clause) -> tuple[str, ...]:
    """The cues of a clause, each a short string; the same clause gives the same cues in the same order."""
    if clause.cues is None:
        told = (f"{sort}{name}" for sort, names in standing(scene, clause) for name in names if not of_questions(name))
        clause.cues = (*_said(spelled(scene, clause)), *sorted(told), *sorted(anywhere(scene)))
    return clause.cues


def _said(tokens: list[str]) -> dict[str, None]:
    """A clause's words one by one, in twos and in threes."""
    twos = [f"{a}_{b}" for a, b in pairwise(tokens)]
    return dict.fromkeys([*tokens, *twos, *(f"{two}_{c}" for two, c in zip(twos, tokens[2:], strict=False))])


def spelled(scene: Scene, clause: Clause) -> list[str]:
    """The clause's words with its names and values masked, between marks for its ends."""
    return ["^", *_tokens(scene, clause)[:MOST], "$"]


def _tokens(scene: Scene, clause: Clause) -> list[str]:
    tokens: list[str] = []
    last = clause.start
    for find in clause.finds:
        if find.start > last:
            tokens += TOKEN.findall(scene.folded, last, find.start)
        if find.start >= last:
            tokens.append(_mask(scene, find))
            last = find.end
    return tokens + TOKEN.findall(scene.folded, last, clause.end) if last < clause.end else tokens


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


def standing(scene: Scene, clause: Clause) -> Iterator[tuple[str, Iterable[str]]]:
    """How the clause is meant, what its neighbours say, where it stands: cues by the sort that stands before them."""
    yield "g:", clause.groups
    if clause.has("negation"):
        yield "d:", {word.group for word in clause.words if denied(clause, word)}
    for side, other in (("<", scene.before(clause)), (">", scene.after(clause))):
        if other is None:
            yield side, ("none",)
        else:
            yield side if other.sentence == clause.sentence else f"{side}|", other.groups
            yield f"{side}k:", other.kinds
            yield side, _moods(scene, other)
            if only := _only(scene, other):
                yield f"{side}o:", (only,)
    if only := _only(scene, clause):
        yield "o:", (only,)
    yield "m:", _moods(scene, clause)
    yield "k:", clause.kinds
    yield "h:", (f"{clause.heading.mode}{'+' if clause.listed else ''}",)
    about = clause.customer
    yield "c:", ("none" if about is None else about.by or ("known" if about.key is not None else "open"),)
    yield "n:", (str(min(len(scene.clauses), MANY)),)


def _only(scene: Scene, clause: Clause) -> str:
    """What a clause that says nearly nothing else names: a time (, 周五前), somebody called (小林, ), a customer."""
    if clause.only is None:
        is_only = clause.finds and rest_length(clause) <= LITTLE
        clause.only = "".join(dict.fromkeys(_mask(scene, find) for find in clause.finds)) if is_only else ""
    return clause.only


def rest_length(clause: Clause) -> int:
    """How many letters of a clause belong to nothing that was found in it."""
    length, last = 0, 0
    for find in clause.finds:
        length += sum(map(str.isalnum, clause.text[last : find.start - clause.start]))
        last = max(last, find.end - clause.start)
    return length + sum(map(str.isalnum, clause.text[last:]))


def anywhere(scene: Scene) -> Iterator[str]:
    """What the whole message speaks of, the same for all its clauses."""
    yield from (f"a:{group}" for group in scene.groups if not of_questions(group))


def of_questions(group: str) -> bool:
    """Whether a group is one that only questions are weighed by."""
    return group.startswith(("about_", "wants_"))


def topic_cues(scene: Scene, clause: Clause, topic: str) -> Iterator[str]:
    """What speaks for a topic: words that it may go by, here and beside it, and words of others."""
    for side, other in _beside(scene, clause):
        yield from (f"t:{side}{name}" for name in ("ask", "about") if f"{name}_{topic}" in other.groups)
        yield f"t:{side}others{_others(other, topic)}"


def asking_cues(scene: Scene, clause: Clause) -> Iterator[str]:
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
    named = _topics(clause.groups)
    return min(len(named) - (f"ask_{topic}" in named), 2)


@lru_cache(maxsize=4096)
def _topics(groups: frozenset[str]) -> frozenset[str]:
    """The groups that words stand in which ask for some topic."""
    return frozenset(group for group in groups if group.startswith("ask_") and group != "ask_overdue")


def _only_asks(clause: Clause) -> bool:
    """Whether a clause does nothing but ask to be shown what a neighbour names: 列给我, 都拉一下, 按人分."""
    return clause.has("wants_show", "ask") and not clause.finds and len(clause.text) <= SHORT


def _moods(scene: Scene, clause: Clause) -> Sequence[str]:
    if clause.moods is None:
        clause.moods = [name for name, judge in MOODS if judge(scene, clause)]
    return clause.moods
