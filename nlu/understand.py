"""A message read: names and values found, clauses cut, rules asked, and the readings that stand decided. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from nlu.called import calls
from nlu.clauses import Clause
from nlu.decide import decide
from nlu.known import Focus
from nlu.names import Names
from nlu.ranker import is_doubted, kind_of, strength
from nlu.rule import Key, Reading, Rule, Understanding
from nlu.scene import Scene, lay_out
from nlu.settle import settle
from nlu.sources import sources_of

LONGEST = 4_096  # characters read of one message; what comes behind is kept in the text and read no more


def understand(
    text: str,
    *,
    now: datetime,
    names: Names,
    sender: Key | None = None,
    focus: Focus | None = None,
    unseen: Collection[Key] = (),
) -> Understanding:
    """What a message asks for and reports. `now` is aware, in the sender's zone; people and deals of the customers
    `unseen` are not known. Never raises, whatever the text.
    """
    scene = lay_out(text[:LONGEST], now, names, sender, focus, unseen=unseen)
    settle(scene)
    proposed = [reading for clause in scene.clauses for reading in _standing(scene, clause)]
    readings = tuple(replace(one, sources=sources_of(scene, one)) for one in decide(scene, proposed))
    return Understanding(text, scene.text.plain, readings, tuple(scene.finds), tuple(proposed), tuple(scene.trace))


def _standing(scene: Scene, clause: Clause) -> list[Reading]:
    return [reading for _, reading in proposals(scene, clause, strength)]


Judge = Callable[[Scene, Clause, Rule, str], int]


def proposals(scene: Scene, clause: Clause, judge: Judge) -> list[tuple[Rule, Reading]]:
    """What the rules read from a clause, those only that its words call for and the judge gives more than 0."""
    start, end = scene.text.span(clause.start, clause.end)
    found: list[tuple[Rule, Reading]] = []
    told: set[str] = set()
    for rule in calls().by(scene, clause):
        judged: dict[str, int] = {}
        if rule.perhaps:
            kind = kind_of(rule)
            if kind in told or (worth := judge(scene, clause, rule, kind)) <= 0:
                continue
            judged[kind] = worth
        for slots in rule.read(scene, clause):
            kind = kind_of(rule, slots)
            told.add(kind)
            if kind not in judged:
                judged[kind] = judge(scene, clause, rule, kind)
            if judged[kind] > 0:
                doubted = is_doubted(rule, kind, judged[kind])
                found.append(
                    (rule, Reading(rule.intent, slots, start, end, rule.name, judged[kind], doubted, rule.perhaps))
                )
    return found
