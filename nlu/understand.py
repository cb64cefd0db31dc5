"""A message read: names and values found, clauses cut, rules asked, and the readings that stand decided. Pure."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from nlu.clauses import Clause
from nlu.decide import decide
from nlu.known import Focus
from nlu.names import Names
from nlu.rule import Key, Reading, Rule, Understanding
from nlu.rules import rules
from nlu.scene import Scene, lay_out
from nlu.settle import settle

LONGEST = 4_096  # characters read of one message; what comes behind is kept in the text and read no more


def understand(
    text: str, *, now: datetime, names: Names, sender: Key | None = None, focus: Focus | None = None
) -> Understanding:
    """What a message asks for and reports. `now` is aware, in the sender's zone. Never raises, whatever the text."""
    scene = lay_out(text[:LONGEST], now, names, sender, focus)
    settle(scene)
    proposed = [reading for clause in scene.clauses for reading in _proposals(scene, clause)]
    readings = tuple(decide(scene, proposed))
    return Understanding(text, scene.text.plain, readings, tuple(scene.finds), tuple(proposed), tuple(scene.trace))


def _proposals(scene: Scene, clause: Clause) -> list[Reading]:
    """What the rules read from a clause, those only that its words call for."""
    start, end = scene.text.span(clause.start, clause.end)
    return [
        Reading(rule.intent, slots, start, end, rule.name)
        for rule in rules_called_for(clause.groups, frozenset(clause.kinds))
        for slots in rule.read(scene, clause)
    ]


@lru_cache(maxsize=4096)
def rules_called_for(groups: frozenset[str], kinds: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that a clause calls for which holds words of these groups and finds of these kinds."""
    return tuple(
        rule
        for rule in rules()
        if (not rule.triggers or not groups.isdisjoint(rule.triggers))
        and (not rule.kinds or not kinds.isdisjoint(rule.kinds))
    )
