"""What the customer wants or objects to, told after the visit. Slots: customer Mention, needs str, objections str."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import is_plan
from nlu.needs import WORDS, need_of, objection_of, says_also
from nlu.rule import Rule
from nlu.scene import Scene


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The need or the objection that a clause tells; without any customer only where it says that it goes on."""
    if not (clause.customer or says_also(clause)) or clause.heading.mode == "plan" or is_plan(scene, clause):
        return
    told = {"needs": need_of(scene, clause), "objections": objection_of(scene, clause)}
    if any(told.values()):
        about = {"customer": clause.customer} if clause.customer else {}
        yield about | {slot: words for slot, words in told.items() if words}


RULES = (Rule("add_to_visit", "told after", (), read, words=WORDS),)
EXAMPLES = (
    "他还想看demo",
    "她们也想了解一下接口",
    "对方还要求私有化部署",
    "白鹭还希望能对接SAP",
    "何总还想加两个点位",
    "还想试用一个月",
    "佢哋仲想睇demo",
    "他們還想看一次演示",
    "白鹭那边嫌贵",
    "何总觉得实施周期太长",
    "He also wants a demo",
    "They'd also like a trial",
    "The client also asked for a reference",
    "Lena finds it too expensive",
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
    "我觉得太贵了",
)
