"""The sender asks which of their records miss most: what is to be completed this week. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

WEEK = r"(?:这周|本周|这个星期|今天|我)?"
DATA = r"(?:客户)?的?(?:资料|档案|信息|数据)"
SAID = re.compile(
    rf"{PLEASE}(?:看看|看一?下|列出|列一?下)?{WEEK}(?:还)?(?:该|要|需要|得|应该)补(?:全|充|齐|录)?(?:的|哪些|什么|啥)?{DATA}(?:有哪些|是什么)?"
    rf"|{PLEASE}(?:看看|看一?下|列出|列一?下)?{WEEK}(?:还)?(?:有)?(?:哪些|什么|啥)(?:客户)?{DATA}(?:还)?"
    r"(?:没填|没补|没写全|没填全|不全|不完整|缺着?|要补|该补|需要补)"
    rf"|{PLEASE}(?:看看|列出|列一?下)?(?:哪些)?{DATA}(?:不全|不完整|缺得最多|最不全)的客户(?:有哪些)?"
    r"|(?:what|which) (?:records?|customers?|details|data|info|information|accounts?) (?:should i|do i (?:need|have) to"
    r"|must i|can i|to) (?:complete|fill in|fill out|add)(?: this week)?"
    r"|what(?:'s| is) (?:missing|incomplete) (?:in|from) my (?:records|customers|data|accounts)"
    rf"|{PLEASE}(?:show me |show |list )?(?:my |the )?(?:incomplete (?:records|customers|accounts)"
    r"|(?:records|data) to complete|data gaps|missing (?:data|details|information))(?: this week)?"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it."""
    if whole(scene, clause, SAID) is not None:
        yield {}


WORDS = ("资料", "档案", "信息", "数据", "complete", "fill", "missing", "data gaps", "add")
RULES = (Rule("list_gaps", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "这周该补的资料",
    "我要补哪些资料",
    "哪些客户资料还没填",
    "列一下资料不全的客户",
    "which records should I complete this week",
    "what's missing in my records?",
    "incomplete customers",
)
COUNTER_EXAMPLES = (
    "晨岚要补的资料明天发",
    "客户资料要补充一份检测报告",
    "有没有白鹭的资料",
    "fill in the form for Northwind",
    "what's missing in the quote for Northwind",
)
