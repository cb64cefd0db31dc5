"""Two customers are one firm: 把晨岚和白鹭合并, merge Northwind into Baird.

Slots: customers, two Mentions; into True where the second is said to be the one that stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customers_at
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

BOTH = (
    rf"{PLEASE}(?:把|将)?(?P<what>[^。;!?]{{3,80}}?)(?:这?两(?:家|个)(?:客户|公司)?)?(?:合并|合到一起|并到一起)"
    r"(?:成一?(?:家|个)|为一?(?:家|个)|起来|一下)?(?:吧)?",
    rf"{PLEASE}合并(?:一下)?(?:客户)?(?P<what>[^。;!?]{{3,80}}?)(?:这?两(?:家|个)(?:客户|公司)?)?(?:吧)?",
    rf"{PLEASE}(?P<what>[^。;!?]{{3,80}}?)(?:其实|都)?是同一家(?:客户|公司)?[,, ]*(?:请|帮我)?合并(?:一下|吧)?",
    rf"{PLEASE}merge (?P<what>[^;!?]{{3,80}}?)",
)
INTO = (
    rf"{PLEASE}(?:把|将)(?P<goes>[^。;!?]{{1,40}}?)(?:合并|并|合)(?:到|进|入|给|至)(?P<stays>[^。;!?]{{1,40}}?)(?:里|里面|里去|名下|去)?(?:吧)?",
    rf"{PLEASE}merge (?P<goes>[^;!?]{{1,40}}?) into (?P<stays>[^;!?]{{1,40}}?)",
)
_BOTH, _INTO = (tuple(re.compile(pattern) for pattern in patterns) for patterns in (BOTH, INTO))


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    for pattern in _INTO:
        said = whole(scene, clause, pattern)
        ends = [customers_at(scene, *said.span(group)) for group in ("goes", "stays")] if said else []
        if ends and all(len(found) == 1 for found in ends):
            yield {"customers": (ends[0][0], ends[1][0]), "into": True}
            return
    for pattern in _BOTH:
        said = whole(scene, clause, pattern)
        both: tuple[Mention, ...] = customers_at(scene, *said.span("what")) if said else ()
        if len(both) == 2:
            yield {"customers": both}
            return


WORDS = ("合并", "并到", "并进", "并入", "合到", "merge")
RULES = (Rule("merge_customers", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "把晨岚和白鹭合并",
    "把晨岚、白鹭合并成一家",
    "合并晨岚和白鹭",
    "晨岚和白鹭是同一家,合并一下",
    "把晨岚合并到白鹭",
    "把晨岚并入白鹭",
    "merge Northwind and 白鹭",
    "merge Northwind into 白鹭",
)
COUNTER_EXAMPLES = (
    "把晨岚和白鹭的方案合并",
    "晨岚和白鹭要合并了",
    "晨岚合并了两个部门",
    "把报价合并到方案里",
    "合并重复",
    "Northwind will merge with a competitor",
)
