"""Two customers are one firm: 把晨岚和白鹭合并, 晨岚和白鹭重复了, merge Northwind into Baird.

Slots: customers, two Mentions; into True where the second is said to be the one that stays. None where it is asked how.
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

SEEM = r"(?:其实|都|应该|好像|可能)?"
THEN = r"(?:[,, ]*(?:请|帮我)?合并(?:一下|吧|掉)?)?"
BOTH = (
    rf"{PLEASE}(?:把|将)?(?P<what>[^。;!?]{{3,80}}?)(?:这?两(?:家|个)(?:客户|公司)?)?(?:合并|合到一起|并到一起)"
    r"(?:成一?(?:家|个)|为一?(?:家|个)|起来|一下)?(?:吧)?",
    rf"{PLEASE}合并(?:一下)?(?:客户)?(?P<what>[^。;!?]{{3,80}}?)(?:这?两(?:家|个)(?:客户|公司)?)?(?:吧)?",
    rf"{PLEASE}(?P<what>[^。;!?]{{3,80}}?){SEEM}是同?一(?:家|个)(?:客户|公司)?{THEN}",
    rf"{PLEASE}(?P<what>[^。;!?]{{3,80}}?)(?:这?两家)?{SEEM}是?重复(?:的|了|录入了?|录了)?{THEN}",
    rf"{PLEASE}merge (?P<what>[^;!?]{{3,80}}?)",
    r"(?P<what>[^;!?]{3,80}?) are (?:the same|one)(?: company| customer| firm)?(?:[,;]? (?:please )?merge them)?",
    r"(?P<what>[^;!?]{3,80}?) are duplicates(?:[,;]? (?:please )?merge them)?",
)
INTO = (
    rf"{PLEASE}(?:把|将)(?:重复的)?(?P<goes>[^。;!?]{{1,40}}?)(?:合并|并|合)(?:到|进|入|给|至)(?P<stays>[^。;!?]{{1,40}}?)(?:里|里面|里去|名下|去)?(?:吧)?",
    rf"{PLEASE}merge (?P<goes>[^;!?]{{1,40}}?) into (?P<stays>[^;!?]{{1,40}}?)",
    r"(?P<goes>[^;!?]{1,40}?) is a duplicate of (?P<stays>[^;!?]{1,40}?)(?:[,;]? (?:please )?merge them)?",
)
HOW = re.compile(
    rf"{PLEASE}(?:我想|我要|怎么|如何)?(?:把)?(?:合并(?:两[家个])?(?:重复的?)?客户|(?:两[家个]|重复的?)客户合并)(?:怎么[弄做])?(?:一下)?"
    rf"|{PLEASE}(?:how (?:do i|can i|to) )?merge (?:two |duplicate )?customers"
)
_BOTH, _INTO = (tuple(re.compile(pattern) for pattern in patterns) for patterns in (BOTH, INTO))


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if whole(scene, clause, HOW) is not None:
        yield {}
        return
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


WORDS = ("合并", "并到", "并进", "并入", "合到", "一家", "一个", "重复", "merge", "same", "one", "duplicate")
RULES = (Rule("merge_customers", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "把晨岚和白鹭合并",
    "把晨岚、白鹭合并成一家",
    "合并晨岚和白鹭",
    "晨岚和白鹭是同一家,合并一下",
    "把晨岚合并到白鹭",
    "把晨岚并入白鹭",
    "晨岚跟白鹭是同一家公司",
    "晨岚和白鹭是一家公司,合并一下",
    "晨岚、白鹭重复了",
    "把重复的晨岚并到白鹭里",
    "怎么合并客户",
    "合并重复客户",
    "merge Northwind and 白鹭",
    "Northwind is a duplicate of 白鹭",
    "Northwind and 白鹭 are the same company",
    "merge Northwind into 白鹭",
)
COUNTER_EXAMPLES = (
    "把晨岚和白鹭的方案合并",
    "晨岚和白鹭要合并了",
    "晨岚合并了两个部门",
    "把报价合并到方案里",
    "合并重复",
    "晨岚和白鹭是一家供应商的客户",
    "晨岚和白鹭的需求重复了",
    "Northwind will merge with a competitor",
)
