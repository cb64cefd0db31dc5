"""What part a person has in a customer's decision, as a clause tells it: 何总说了算, the one who signs off is Lena."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.clauses import Clause
from nlu.mood import denied
from nlu.person_facts import Fact
from nlu.scene import Scene

ROLES = ("decision_maker", "blocker", "champion", "influencer", "user")
OF = {f"role_{role}": role for role in ROLES}
COMES_NEXT = re.compile(r"[^,。;]{0,4}?(?:人|者|的)?[^,。;]{0,2}?(?:是|系|:| is )")
REFUTED = re.compile(r"(?:不是|并非|唔系|not|isn't)[^,。;]{0,4}$")
AGREED = re.compile(r"(?:当场|当面|已经?|刚|终于|今天|没|未|还没|等)[^,。;]{0,3}$")
NOBODY = re.compile(r"谁")


def roles_of(scene: Scene, clause: Clause) -> Iterator[tuple[Fact, bool]]:
    """The roles that a clause tells, and whether the person comes behind (拍板的是何总) or before (何总拍板)."""
    for word in clause.words if not clause.groups.isdisjoint(OF) else ():
        if word.group not in OF or denied(clause, word) or NOBODY.search(clause.text):
            continue
        before = clause.text[: word.start - clause.start]
        if AGREED.search(before) or REFUTED.search(before):
            continue
        comes_next = COMES_NEXT.match(clause.text, word.end - clause.start) is not None
        yield Fact("role", OF[word.group], word.start), comes_next
