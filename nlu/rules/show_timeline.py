"""The sender wants all that happened with a customer, in the order of time. Slots: customer Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customer_in, spoken_of
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

WHO = r"(?P<{}>[^,。;!?]{{1,40}}?)"
STORY = (
    r"(?:来龙去脉|前因后果|前世今生|故事|往事|过往"
    r"|时间线|时间轴|大事记|始末|历史(?:记录)?|历程|全过程|跟进过程|跟进历史|往来历史|往来经过)"
)
LOOK = r"(?:看看|看一?下|查看|查一?下|说说|说一?下|讲讲|讲一?下|理一?下|梳理一?下|回顾一?下|调出)?"
PAST = r"(?:full |whole |complete |entire )?(?:history|timeline|story so far|whole story|chronology)"
SAID = re.compile(
    rf"{PLEASE}(?:给我)?{LOOK}{WHO.format('a')}(?:这家|这个客户|那边)?的?{STORY}(?:是什么|是怎样的|呢)?"
    rf"|{PLEASE}(?:给我)?{LOOK}{WHO.format('f')}(?:这家|这个客户|那边)?(?:以前|之前|过去)?都?"
    r"发生(?:过|了)?些?(?:什么|哪些)(?:事情?)?了?"
    rf"|{PLEASE}(?:(?:show me|give me|show|tell me|pull up|what(?:'s| is)) )?(?:the |our )?{PAST}"
    rf" (?:of|for|with|on|at) {WHO.format('b')}"
    rf"|{PLEASE}(?:(?:show me|give me|show|pull up) )?{WHO.format('c')}(?:'s|') {PAST}"
    rf"|{WHO.format('d')} {PAST}"
    rf"|what(?: has| all)? happened (?:so far )?(?:with|at) {WHO.format('e')}(?: so far| until now)?"
)


ALONE = re.compile(
    rf"{PLEASE}(?:给我)?{LOOK}(?:来龙去脉|前因后果|时间线|时间轴|大事记|始末|全过程|跟进过程|跟进历史|往来历史|往来经过)"
    rf"|{PLEASE}(?:(?:show me|give me|show|pull up) )?(?:the )?(?:full |whole |complete )?(?:timeline|story so far)"
    r"|what(?: has| all)? happened so far"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it, and names one customer or means the one spoken of."""
    said = whole(scene, clause, SAID)
    customer = customer_in(scene, said) if said is not None else None
    if customer is None and whole(scene, clause, ALONE) is not None:
        customer = spoken_of(scene)
    if customer is not None:
        yield {"customer": customer}


WORDS = (
    *("来龙去脉", "前因后果", "时间线", "时间轴", "大事记", "始末", "历史", "历程", "过程", "往来"),
    *("前世今生", "故事", "往事", "过往", "发生", "history", "timeline", "story", "chronology", "happened"),
)
RULES = (Rule("show_timeline", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "晨岚的来龙去脉",
    "看看白鹭的时间线",
    "帮我梳理一下晨岚的跟进过程",
    "晨岚的前世今生",
    "白鹭都发生过什么",
    "history of Northwind",
    "show me Northwind's timeline",
    "what happened with Northwind so far?",
)
COUNTER_EXAMPLES = (
    "晨岚的报价历史",
    "给晨岚讲了我们公司的历史",
    "晨岚的历史数据要迁移",
    "history of the outage at Northwind went to the board",
    "Northwind wants the change history in the report",
)
