"""Which proposed readings stand: a linear model over a clause's cues, trained from the samples (`nlu.learn`).

Rules propose, some of them surely, some only perhaps; the ranker lets a reading stand or fall. Its weights are whole
numbers in `ranker.json`, so that training gives the same file everywhere.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from nlu.clauses import Clause
from nlu.cues import anywhere, asking_cues, cues, spelled, standing, topic_cues
from nlu.rule import Rule
from nlu.scene import Scene

SURE = 1_000_000  # the strength of what is not weighed
CERTAIN = 2 * SURE
LEAST = 150  # what cues must come to: at this no fewer messages are read right, and what is written is oftener right
NOTHING: Mapping[str, Any] = {}
LANE = 32  # bits that a kind's sum takes in a packed number
HALF = 1 << (LANE - 1)
MASK = 2 * HALF - 1
SORT = re.compile(r"[<>]\|?(?:[ko]:)?|[gdmkohcn]:")  # what stands before a cue of `cues.standing`
PARTED = re.compile(r"(?<=.)_(?=.)", re.DOTALL)  # between the words of a cue; one of them may be the sign itself


class Own(NamedTuple):
    """How a rule's readings of a kind are weighed: at which lanes, what is added whatever the clause, and of which
    topic, if of one, is asked beside.
    """

    lanes: tuple[int, ...]
    added: int
    topic: str


class Model:
    """The weights: `tables` holds by level (an intent or intent/rule) the weight of each cue; readings of a kind that
    stand are `doubted` up to that sum.

    To sum them quickly the weights that a cue has at all levels lie side by side in one whole number, a lane each.
    """

    def __init__(self, tables: Mapping[str, Mapping[str, int]], doubted: Mapping[str, int] = NOTHING) -> None:
        self.tables, self.doubted = tables, doubted
        self._lanes = {level: LANE * place for place, level in enumerate(tables)}
        self._offset = sum(HALF << lane for lane in self._lanes.values())
        self._packed: dict[str, int] = {}
        for level, table in tables.items():
            for cue, weight in table.items():
                self._packed[cue] = self._packed.get(cue, 0) + (weight << self._lanes[level])
        self._sorts: dict[str, dict[str, int]] = defaultdict(dict)
        for cue, packed in self._packed.items():
            if sort := SORT.match(cue):
                self._sorts[sort[0]][cue[sort.end() :]] = packed
        self._spelled = {
            phrase if len(phrase) > 1 else phrase[0]: packed
            for cue, packed in self._packed.items()
            for phrase in (tuple(PARTED.split(cue)),)
        }
        self._own: dict[tuple[Rule, str], Own | None] = {}

    def total(self, told: Iterable[str]) -> int:
        """The weights of cues at all levels, packed; totals may be added."""
        return sum(filter(None, map(self._packed.get, told)))

    def of_clause(self, scene: Scene, clause: Clause) -> int:
        """The total of a clause's cues; the same as of `cues`, but no cue is put together that has no weight."""
        words = spelled(scene, clause)
        said = {*words, *pairwise(words), *zip(words, words[1:], words[2:], strict=False)}
        found = list(map(self._spelled.get, said))
        sorts = self._sorts
        for sort, names in standing(scene, clause):
            if sort in sorts:
                found += map(sorts[sort].get, names)
        if scene.weighed is None:
            scene.weighed = self.total(anywhere(scene))
        return sum(filter(None, found), scene.weighed)

    def at(self, level: str, total: int) -> int:
        """What a total comes to at a level, 0 at one that is not weighed."""
        lane = self._lanes.get(level)
        return 0 if lane is None else ((total + self._offset >> lane) & MASK) - HALF

    def own(self, rule: Rule, kind: str) -> Own | None:
        """How a rule's readings of a kind are weighed, None where they are not."""
        known = rule, kind
        if known not in self._own:
            self._own[known] = self._weighed_by(rule, kind) if kind in self.tables else None
        return self._own[known]

    def _weighed_by(self, rule: Rule, kind: str) -> Own:
        weighed = [level for level in levels(kind) if level in self.tables]
        added = sum(self.tables[level].get(rule_cue(rule), 0) for level in weighed)
        return Own(tuple(self._lanes[level] for level in weighed), added, topic_of(kind))

    def strength(self, total: int, own: Own) -> int:
        """What a total comes to for what is weighed so."""
        moved, strength = total + self._offset, own.added
        for lane in own.lanes:
            strength += (moved >> lane & MASK) - HALF
        return strength


@lru_cache(maxsize=1)
def model() -> Model:
    """The weights that training wrote."""
    told = json.loads((files("nlu") / "ranker.json").read_text("utf-8"))
    return Model(told["weights"], told["doubted"])


def levels(kind: str) -> tuple[str, ...]:
    """What a kind is weighed by: itself and, of a question's topic, that anything is asked at all."""
    return (kind, "answer_query") if kind.startswith("answer_query/") else (kind,)


def kind_of(rule: Rule, slots: Mapping[str, Any] = NOTHING) -> str:
    """What is weighed: an intent, for deals and contracts each thing told, for questions each topic; perhaps-rules of
    questions are named by it.
    """
    return f"answer_query/{slots.get('topic', rule.name)}" if rule.intent == "answer_query" else _kind(rule)


@lru_cache(maxsize=256)
def _kind(rule: Rule) -> str:
    if rule.intent == "look_up_customer":
        return "answer_query/customer"
    return f"{rule.intent}/{rule.name}" if rule.intent in ("update_deal", "note_contract") else rule.intent


def topic_of(kind: str) -> str:
    """The topic that a kind asks for, "" where it asks for none."""
    intent, _, topic = kind.partition("/")
    return topic if intent == "answer_query" else ""


def rule_cue(rule: Rule) -> str:
    """The cue that a rule itself is."""
    return f"r:{rule.name}{'?' if rule.perhaps else ''}"


def told_by(scene: Scene, clause: Clause, rule: Rule, kind: str) -> tuple[str, ...]:
    """The cues of what a rule reads from a clause: the clause's, of a question its topic's, and the rule itself."""
    topic = topic_of(kind)
    asked = (*asking_cues(scene, clause), *topic_cues(scene, clause, topic)) if topic else ()
    return (*cues(scene, clause), *asked, rule_cue(rule))


def strength(scene: Scene, clause: Clause, rule: Rule, kind: str) -> int:
    """How strongly the cues speak for what a rule reads from a clause; it stands above 0. Without weights what is sure
    stands.
    """
    if rule.certain:
        return CERTAIN
    weighing = model()
    own = weighing.own(rule, kind)
    if own is None:
        return (1 - rule.perhaps) * SURE
    if clause.weighed is None:
        clause.weighed = weighing.of_clause(scene, clause)
    total = clause.weighed
    if own.topic:
        if clause.asking is None:
            clause.asking = weighing.total(asking_cues(scene, clause))
        total += clause.asking + weighing.total(topic_cues(scene, clause, own.topic))
    return weighing.strength(total, own) - LEAST


def strength_of(weighing: Model, kind: str, told: Iterable[str]) -> int:
    """What a model makes of cues, as `strength` does."""
    total = weighing.total(told)
    return sum(weighing.at(level, total) for level in levels(kind)) - LEAST


def is_doubted(rule: Rule, kind: str, strength: int) -> bool:
    """Whether a guess that stands is so weak that people are asked before it is written."""
    return rule.perhaps and strength <= model().doubted.get(kind, 0)
