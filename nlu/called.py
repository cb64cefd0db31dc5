"""Which rules a clause calls for: found by bits, one a rule, so that a clause asks the few that its words may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.rules import rules
from nlu.scene import Scene
from nlu.whole import LONGEST


class Calls:
    """The rules by what calls for them. Of each word group the low half tells which rules it triggers, the high half
    which ones need it beside.
    """

    def __init__(self, every: Sequence[Rule]) -> None:
        self._every, self._half = every, len(every)
        self._called: dict[int, tuple[Rule, ...]] = {}
        self._groups: dict[str, int] = defaultdict(int)
        self._kinds: dict[str, int] = defaultdict(int)
        self._words: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._whole = self._always = self._without_words = self._of_any_kind = self._of_customer = 0
        for place, rule in enumerate(every):
            self._add(rule, 1 << place)
        self._firsts = frozenset(self._words)

    def _add(self, rule: Rule, bit: int) -> None:
        for group in rule.triggers:
            self._groups[group] |= bit
        for group in rule.beside:
            self._groups[group] |= bit << self._half
        for kind in rule.kinds:
            self._kinds[kind] |= bit
        for word in rule.words:
            self._words[word[0]][word] |= bit
        self._whole |= bit if rule.whole else 0
        self._without_words |= 0 if rule.words else bit
        self._always |= 0 if rule.triggers else bit
        self._always |= 0 if rule.beside else bit << self._half
        self._of_any_kind |= 0 if rule.kinds else bit
        self._of_customer |= bit if rule.of_customer else 0

    def by(self, scene: Scene, clause: Clause) -> tuple[Rule, ...]:
        """The rules that a clause calls for, in the order in which they are asked."""
        called, found, groups = self._always, self._of_any_kind, self._groups
        for group in clause.groups:
            if group in groups:
                called |= groups[group]
        for kind in clause.kinds:
            if kind in self._kinds:
                found |= self._kinds[kind]
        if scene.worded is None:
            scene.worded = self._worded(scene.folded)
        called &= (called >> self._half) & found & scene.worded
        if clause.customer is None:
            called &= ~self._of_customer
        if clause.place or len(scene.folded) > LONGEST:
            called &= ~self._whole
        if called not in self._called:
            self._called[called] = tuple(rule for place, rule in enumerate(self._every) if called >> place & 1)
        return self._called[called]

    def _worded(self, text: str) -> int:
        """The rules that a message has a word of, and those that need none."""
        called = self._without_words
        for first in self._firsts.intersection(text):
            for word, bits in self._words[first].items():
                if word in text:
                    called |= bits
        return called


@lru_cache(maxsize=1)
def calls() -> Calls:
    """Of all rules."""
    return Calls(rules())
