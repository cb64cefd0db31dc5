"""Customers go to a colleague: all that somebody looks after, or those that are named.

Slots: former Mention (whose, where all are meant) or mine True, or customers, a tuple of Mention; successor Mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import SOMEBODY, colleague_at, customers_at, several_at
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, holds_values, whole

GIVES = (
    r"(?:都|全部|全|一起|统统|统一|平均|分别){0,2}(?:交接|移交|转交|转移|交|转|过户|划拨|划|分配|(?<!单子)分)(?:一下)?"
    r"(?:给|到|至)"
)
ENDS = r"(?:名下|那边|那里)?(?:来?(?:负责|跟进|跟|接手|接))?(?:吧|一下)?"
CUSTOMERS = r"(?:客户|单子)(?:资源)?(?:们)?(?:[和及与、跟](?:任务|单子|商机|客户)){0,2}"
LOOKS_AFTER = r"(?:来?(?:负责|跟进|跟|接手|接管|维护|管))(?:吧|了)?"
MANY = r"(?:customers?|accounts?|clients?)(?: and (?:their |open )?(?:tasks|deals))?"
LEAVES = r"(?:要|已经?|马上|快要?|今天|刚)?(?:离职|辞职|离开|走|调走|调岗|转岗|休产假|休假)(?:了|啦)?"
HANDS = r"(?:hand|transfer|reassign|re-assign|pass|move|give)"
ALL = (
    rf"{PLEASE}[ @]?(?P<whose>[^,。;!?]{{1,12}}?){LEAVES}[,。; ]{{1,2}}(?:把|将)?(?:[他她]|ta)"
    rf"(?:的|名下的?|手[上里]的?)(?:所有|全部)?(?:的)?{CUSTOMERS}{GIVES}[ @]{{0,2}}(?P<to>{SOMEBODY}){ENDS}",
    rf"{PLEASE}@?(?P<whose>[^,;!?]{{1,40}}?) (?:is leaving|(?:has )?(?:left|resigned)|quit)"
    rf"(?: us)?[,.;]? (?:please )?{HANDS} (?:his|her|their) {MANY}(?: over)? to @?(?P<to>{SOMEBODY})",
    rf"{PLEASE}(?:把|将)?[ @]?(?P<whose>[^,。;!?]{{1,40}}?) ?(?:名下|手上|手里|手头|负责)?(?:的)?(?:所有|全部)?(?:的)?"
    rf"{CUSTOMERS}{GIVES}[ @]{{0,2}}(?P<to>{SOMEBODY}){ENDS}",
    rf"{PLEASE}{HANDS}(?: over)?(?: all)?(?: of)? @?(?P<whose>[^,;!?]{{1,40}}?)(?:'s|’s|')?(?: all)? {MANY}(?: over)?"
    rf"(?: over)? to @?(?P<to>{SOMEBODY})",
    rf"{PLEASE}(?:split|divide)(?: all)?(?: of)? @?(?P<whose>[^,;!?]{{1,40}}?)(?:'s|’s|')?(?: all)? {MANY}"
    rf" (?:between|among|amongst) @?(?P<to>{SOMEBODY})",
    rf"{PLEASE}{HANDS}(?: over)?(?: all)?(?: of)?(?: the)? {MANY} of @?(?P<whose>[^,;!?]{{1,40}}?)(?: over)? to "
    rf"@?(?P<to>{SOMEBODY})",
)
SOME = (
    rf"{PLEASE}(?:把|将)?(?P<what>[^。;!?]{{1,80}}?){GIVES}[ @]{{0,2}}(?P<to>{SOMEBODY}){ENDS}",
    rf"{PLEASE}{HANDS}(?: over)? (?P<what>[^;!?]{{1,80}}?)(?: over)? to @?(?P<to>{SOMEBODY})",
    rf"{PLEASE}(?P<what>[^。;!?]{{1,80}}?)(?:以后|今后|现在|之后)?(?:就|都|改)?(?:由|归|换成?)[ @]{{0,2}}"
    rf"(?P<to>{SOMEBODY}){LOOKS_AFTER}",
    rf"{PLEASE}(?:from now on )?@?(?P<to>{SOMEBODY}) (?:looks after|takes over|owns|takes care of) "
    rf"(?P<what>[^;!?]{{1,80}}?)(?: now| from now on)?",
)
TAKEN = (
    rf"{PLEASE}(?:把|将)?(?P<what>[^。;!?]{{1,80}}?)(?:以后|今后|现在|还是|就)?(?:都)?(?:由|归|让)?我(?:自己)?{LOOKS_AFTER}",
    rf"{PLEASE}(?:以后|今后)?我(?:来)?(?:接手|接管)(?P<what>[^。;!?]{{1,80}}?)(?:吧|了)?",
    rf"{PLEASE}(?:把|将)(?P<what>[^。;!?]{{1,80}}?)(?:[收拿转]回来?|转|交)(?:给|到)我(?:自己)?(?:这里|名下)?"
    rf"(?:{LOOKS_AFTER})?(?:吧)?",
    r"(?:i'll|i’ll|i will|let me|i) (?:take over|look after) (?P<what>[^;!?]{1,80}?)"
    r"(?: myself| from here| now| from now on)?",
)
MINE = frozenset({"我", "我自己", "本人", "my", "mine"})
_ALL, _SOME, _TAKEN = (tuple(re.compile(pattern) for pattern in patterns) for patterns in (ALL, SOME, TAKEN))


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if holds_values(scene):
        return
    for pattern in _ALL:
        said = whole(scene, clause, pattern)
        if said is not None and (slots := _whose(scene, said)):
            successor = _to(scene, said)
            if successor is not None:
                yield slots | {"successor": successor}
                return
    for pattern in _SOME:
        said = whole(scene, clause, pattern)
        named = customers_at(scene, *said.span("what")) if said is not None else ()
        if said is not None and named and (successor := _to(scene, said)) is not None:
            yield {"customers": named, "successor": successor}
            return
    sender = scene.names.users.get(scene.sender) if scene.sender is not None else None
    for pattern in _TAKEN if sender is not None else ():
        said = whole(scene, clause, pattern)
        if said is not None and sender is not None and (named := customers_at(scene, *said.span("what"))):
            yield {"customers": named, "successor": Mention(sender.name, scene.sender)}
            return


def _to(scene: Scene, said: re.Match[str]) -> Mention | None:
    """Who shall have them; several are asked about, since each customer is one's."""
    return colleague_at(scene, *said.span("to")) or several_at(scene, *said.span("to"))


def _whose(scene: Scene, said: re.Match[str]) -> dict[str, Any]:
    if said["whose"].strip() in MINE:
        return {"mine": True}
    if named := customers_at(scene, *said.span("whose")):
        return {"customers": named}
    former = colleague_at(scene, *said.span("whose"))
    return {"former": former} if former is not None else {}


WORDS = ("给", "到", "至", " to ", "由", "归", "换", "我", "take", "look", "own", "split", "divide")
RULES = (Rule("hand_over_customers", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "把小方的客户交接给石佳",
    "把方一诺名下的所有客户都移交给石佳",
    "小方的客户转给石佳",
    "把我的客户交接给小方",
    "小方离职了,他的客户交接给石佳",
    "Joy is leaving, hand her customers over to 方一诺",
    "晨岚以后由小方负责",
    "晨岚我来跟",
    "我接手晨岚",
    "把晨岚收回来给我",
    "I'll take over Northwind",
    "把晨岚交接给小方",
    "把晨岚、白鹭交给小方跟进",
    "把晨岚和白鹭这两家客户转给石佳",
    "把老孟的客户交接给石佳",
    "hand Joy's customers over to 方一诺",
    "transfer all of Jane Doe's accounts to Joy",
    "hand over my customers to Joy",
    "hand Northwind over to Joy",
    "晨岚分给小方和石佳",
    "把晨岚和白鹭分给小方、石佳",
    "小方的客户平均分给石佳和林晓禾",
    "split Joy's customers between 方一诺 and 林晓禾",
)
COUNTER_EXAMPLES = (
    "把报价交给小方",
    "把晨岚的方案交给小方",
    "把方案交给晨岚",
    "#7交给小方",
    "小方把晨岚的客户资料给石佳了",
    "give the quote to Joy",
    "晨岚转到石佳名下了",
    "晨岚的报价由小方负责",
    "晨岚我来过两次",
    "I'll take the demo over to Northwind",
    "hand the contract over to Northwind",
    "把方案分给小方和石佳",
    "晨岚分给我们的任务",
    "任务分给小方和石佳",
)
