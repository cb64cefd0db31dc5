"""Somebody is to work on a customer with its owner, or no longer.

Slots: customers tuple of Mention; user Mention; is_ended True where they shall no longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import SOMEBODY, colleague_at, customers_at
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

WHAT, WHO = r"(?P<what>[^。;!?]{1,60}?)", rf"[ @]{{0,2}}(?P<who>{SOMEBODY})"
TOGETHER = r"(?:进来|进|也|来|一起|一块儿?|共同|帮着?|协助){1,3}"
SEES = r"(?:也?(?:能够?|可以)|也)(?:看到|看见|看)"
FOLLOWS = r"(?:跟进|跟|参与|支持|看|维护|做)"
SHARED = (
    rf"{PLEASE}(?:把|将)?{WHAT}(?:共享|分享|开放)(?:给|到){WHO}(?:吧|一下)?",
    rf"{PLEASE}{WHAT}(?:让|请|叫|拉上?|加上?|安排){WHO}{TOGETHER}{FOLLOWS}(?:吧|一下)?",
    rf"{PLEASE}(?:让|请|叫|拉上?|加上?|安排){WHO}{TOGETHER}{FOLLOWS}{WHAT}(?:吧)?",
    rf"{PLEASE}(?:让|给){WHO}{SEES}{WHAT}(?:吧)?",
    rf"{PLEASE}{WHAT}(?:让|给){WHO}{SEES}(?:吧)?",
    rf"{PLEASE}(?:把|将){WHO}(?:加|拉)(?:到|进|入|进来){WHAT}(?:里|中|来)?(?:吧)?",
    rf"{PLEASE}share {WHAT} with @?{WHO}",
    rf"{PLEASE}(?:let|allow) @?{WHO} (?:to )?(?:see|view|access) {WHAT}(?: too| as well)?",
    rf"{PLEASE}give @?{WHO} access to {WHAT}",
    rf"{PLEASE}(?:let|have) @?{WHO} (?:work on|follow|help with|join) {WHAT}(?: too| as well| with me| together)?",
    rf"{PLEASE}add @?{WHO} to {WHAT}",
)
ENDED = (
    rf"{PLEASE}(?:让)?{WHO}(?:不再|不用再?|别再?|以后不)(?:一起|共同)?{FOLLOWS}{WHAT}(?:了|吧)?",
    rf"{PLEASE}{WHAT}(?:不再|不用再?|别再?|停止|取消|不)(?:共享|分享|开放)给{WHO}(?:了|吧)?",
    rf"{PLEASE}(?:不再|别再?|停止|取消)(?:把)?{WHAT}(?:共享|分享|开放)给{WHO}(?:了|吧)?",
    rf"{PLEASE}(?:把|将){WHO}从{WHAT}(?:里|中)?(?:移除|移出|移掉|去掉)(?:吧)?",
    rf"{PLEASE}(?:不要?|别)再?(?:让|给){WHO}(?:再)?(?:一起|共同)?{FOLLOWS}{WHAT}(?:了|吧)?",
    rf"{PLEASE}{WHAT}(?:不要?|别)再?(?:让|给){WHO}(?:再)?(?:一起|共同)?{FOLLOWS}(?:了|吧)?",
    rf"{PLEASE}(?:stop sharing|unshare) {WHAT} (?:with|from) @?{WHO}",
    rf"{PLEASE}(?:remove|take) @?{WHO} (?:from|off) {WHAT}",
)
_PATTERNS = tuple(
    (re.compile(pattern), {"is_ended": True} if patterns is ENDED else {})
    for patterns in (ENDED, SHARED)
    for pattern in patterns
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    for pattern, slots in _PATTERNS:
        said = whole(scene, clause, pattern)
        if said is None or not (named := customers_at(scene, *said.span("what"))):
            continue
        who = colleague_at(scene, *said.span("who"))
        if who is not None:
            yield {"customers": named, "user": who, **slots}
            return


_CHINESE = ("共享", "分享", "开放", "让", "请", "叫", "拉", "加", "安排", "不", "别", "从")
WORDS = (*_CHINESE, "share", "sharing", "let", "have", "add", "remove", "take", "allow", "access", "给")
RULES = (Rule("share_customer", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "晨岚让小方一起跟",
    "把晨岚共享给方一诺",
    "让小方一起跟进晨岚",
    "小方不再跟晨岚",
    "晨岚不共享给小方了",
    "把小方从晨岚移除",
    "晨岚拉小方进来一起跟",
    "让小方也能看晨岚",
    "把小方加到晨岚",
    "不让小方看晨岚了",
    "give Joy access to Northwind",
    "share Northwind with Joy",
    "stop sharing Northwind with Joy",
    "add Joy to Northwind",
)
COUNTER_EXAMPLES = (
    "把方案共享给何总",
    "让小方给晨岚发报价",
    "让小方看晨岚的方案",
    "让小方一起跟何总聊聊",
    "晨岚让我们一起看方案",
    "小方不跟晨岚的陶欣联系了",
    "share the deck with Lena",
    "add Lena to Northwind",
)
