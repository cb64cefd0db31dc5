"""The sender asks who works on a customer. Slots: customer Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customer_in, spoken_of
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

FOLLOWS = r"(?:跟进|跟|参与|负责|维护|支持)"
SAID = re.compile(
    rf"{PLEASE}(?P<a>[^,。;!?]{{1,40}}?)(?:现在|目前)?(?:都)?(?:有)?(?:谁|哪些人|哪几个人)(?:都)?(?:一起)?(?:在){FOLLOWS}(?:啊|呢)?"
    rf"|{PLEASE}(?P<b>[^,。;!?]{{1,40}}?)(?:都)?(?:(?:共享|分享)给(?:了)?(?:谁|哪些人)(?:了)?|有?(?:谁|哪些人)(?:都)?(?:能|可以)看(?:到|见)?)"
    rf"|{PLEASE}(?:都有)?(?:谁|哪些人)(?:都)?(?:一起)?在{FOLLOWS}(?P<c>[^,。;!?]{{1,40}}?)"
    rf"|{PLEASE}(?:都有?)?(?:谁|哪些人)(?:都)?(?:能|可以)(?:看到?|看见|访问)(?P<f>[^,。;!?]{{1,40}}?)"
    rf"|{PLEASE}who (?:can|may|else can) (?:see|view|access) (?P<g>[^,;!?]{{1,40}}?)"
    rf"|{PLEASE}who(?:'s| is| are)?(?: all)? (?:works? on|working on|on|following|looking after) "
    r"(?P<d>[^,;!?]{1,40}?)"
    rf"|{PLEASE}(?=[^,;!?]{{1,60}}\bshared?\b)(?:with )?whom? (?:is|do we share) "
    r"(?P<e>[^,;!?]{1,40}?)(?: shared)?(?: with)?"
)


OF_IT = re.compile(
    r"(?:现在|目前)?(?:都)?(?:有)?(?:谁|哪些人|哪几个人)(?:都)?(?:一起)?在(?:跟进|跟|参与|负责|维护|支持)(?:这(?:家|个客户|单|个单子))?(?:啊|呢)?"
    r"|(?:都有?)?(?:谁|哪些人)(?:都)?(?:能|可以)看(?:到|见)?(?:这(?:家|个客户|单|个单子))"
    r"|who(?:'s| is| are)?(?: all)? (?:works? on|working on|looking after|following) (?:this|it|them)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks it of one customer, or of the one spoken of."""
    said = whole(scene, clause, SAID)
    customer = customer_in(scene, said) if said is not None else None
    if customer is None and whole(scene, clause, OF_IT) is not None:
        customer = spoken_of(scene)
    if customer is not None:
        yield {"customer": customer}


WORDS = ("谁", "哪些人", "哪几个人", "who")
RULES = (Rule("list_sharers", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "晨岚都有谁在跟",
    "谁在跟晨岚",
    "白鹭共享给谁了",
    "晨岚都谁能看到",
    "谁能看晨岚",
    "who can see Northwind?",
    "who works on Northwind?",
    "who is Northwind shared with?",
)
COUNTER_EXAMPLES = (
    "晨岚的报价谁在跟",
    "谁在跟何总聊",
    "晨岚谁拍板",
    "who is on the call",
    "who is Lena at Northwind",
    "who is Northwind",
)
