"""The customer wants something more than was told of the visit before. Slots: customer Mention, needs str."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import is_plan
from nlu.needs import need_of, says_also
from nlu.rule import Rule
from nlu.scene import Scene


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The need that a clause tells; without any customer only where it says that it goes on."""
    if not (clause.customer or says_also(clause)) or clause.heading.mode == "plan" or is_plan(scene, clause):
        return
    if needs := need_of(scene, clause):
        yield ({"customer": clause.customer} if clause.customer else {}) | {"needs": needs}


RULES = (Rule("add_need", "wanted", (), read),)
EXAMPLES = (
    "他还想看demo",
    "她们也想了解一下接口",
    "对方还要求私有化部署",
    "白鹭还希望能对接SAP",
    "何总还想加两个点位",
    "还想试用一个月",
    "佢哋仲想睇demo",
    "他們還想看一次演示",
    "He also wants a demo",
    "They'd also like a trial",
    "The client also asked for a reference",
)
COUNTER_EXAMPLES = (
    "我还想喝奶茶",
    "他不想看demo",
    "他还想再考虑考虑",
    "他们要是想看demo就好了",
    "他想看demo吗?",
    "He also wants to think about it",
    "其他人还要一份盒饭",
    "还要买花",
)
