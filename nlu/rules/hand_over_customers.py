"""Customers go to a colleague: all that somebody looks after, or those that are named.

Slots: former Mention (whose, where all are meant) or mine True, or customers, a tuple of Mention; successor Mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import SOMEBODY, colleague_at, customers_at
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, holds_values, whole

GIVES = r"(?:都|全部|全|一起|统统|统一)?(?:交接|移交|转交|转移|交|转|过户|划拨|划|分配)(?:一下)?(?:给|到|至)"
ENDS = r"(?:名下|那边|那里)?(?:来?(?:负责|跟进|跟|接手|接))?(?:吧|一下)?"
CUSTOMERS = r"(?:客户|单子)(?:资源)?(?:们)?(?:[和及与、跟](?:任务|单子|商机|客户)){0,2}"
MANY = r"(?:customers?|accounts?|clients?)(?: and (?:their |open )?(?:tasks|deals))?"
HANDS = r"(?:hand|transfer|reassign|re-assign|pass|move|give)"
ALL = (
    rf"{PLEASE}(?:把|将)?[ @]?(?P<whose>[^,。;!?]{{1,40}}?) ?(?:名下|手上|手里|手头|负责)?(?:的)?(?:所有|全部)?(?:的)?"
    rf"{CUSTOMERS}{GIVES}[ @]{{0,2}}(?P<to>{SOMEBODY}){ENDS}",
    rf"{PLEASE}{HANDS}(?: over)?(?: all)?(?: of)? @?(?P<whose>[^,;!?]{{1,40}}?)(?:'s|’s|')?(?: all)? {MANY}(?: over)?"
    rf"(?: over)? to @?(?P<to>{SOMEBODY})",
    rf"{PLEASE}{HANDS}(?: over)?(?: all)?(?: of)?(?: the)? {MANY} of @?(?P<whose>[^,;!?]{{1,40}}?)(?: over)? to "
    rf"@?(?P<to>{SOMEBODY})",
)
SOME = (
    rf"{PLEASE}(?:把|将)(?P<what>[^。;!?]{{1,80}}?){GIVES}[ @]{{0,2}}(?P<to>{SOMEBODY}){ENDS}",
    rf"{PLEASE}{HANDS}(?: over)? (?P<what>[^;!?]{{1,80}}?)(?: over)? to @?(?P<to>{SOMEBODY})",
)
MINE = frozenset({"我", "我自己", "本人", "my", "mine"})
_ALL, _SOME = (tuple(re.compile(pattern) for pattern in patterns) for patterns in (ALL, SOME))


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if holds_values(scene):
        return
    for pattern in _ALL:
        said = whole(scene, clause, pattern)
        if said is not None and (slots := _whose(scene, said)):
            successor = colleague_at(scene, *said.span("to"))
            if successor is not None:
                yield slots | {"successor": successor}
                return
    for pattern in _SOME:
        said = whole(scene, clause, pattern)
        named = customers_at(scene, *said.span("what")) if said is not None else ()
        if said is not None and named and (successor := colleague_at(scene, *said.span("to"))) is not None:
            yield {"customers": named, "successor": successor}
            return


def _whose(scene: Scene, said: re.Match[str]) -> dict[str, Any]:
    if said["whose"].strip() in MINE:
        return {"mine": True}
    if named := customers_at(scene, *said.span("whose")):
        return {"customers": named}
    former = colleague_at(scene, *said.span("whose"))
    return {"former": former} if former is not None else {}


WORDS = ("给", "到", "至", " to ")
RULES = (Rule("hand_over_customers", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "把小方的客户交接给石佳",
    "把方一诺名下的所有客户都移交给石佳",
    "小方的客户转给石佳",
    "把我的客户交接给小方",
    "把晨岚交接给小方",
    "把晨岚、白鹭交给小方跟进",
    "把晨岚和白鹭这两家客户转给石佳",
    "把老孟的客户交接给石佳",
    "hand Joy's customers over to 方一诺",
    "transfer all of Jane Doe's accounts to Joy",
    "hand over my customers to Joy",
    "hand Northwind over to Joy",
)
COUNTER_EXAMPLES = (
    "把报价交给小方",
    "把晨岚的方案交给小方",
    "把方案交给晨岚",
    "#7交给小方",
    "小方把晨岚的客户资料给石佳了",
    "give the quote to Joy",
    "晨岚转到石佳名下了",
    "hand the contract over to Northwind",
)
