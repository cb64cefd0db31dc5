"""The sender asks which of their records miss most: what is to be completed this week.

Slots: customer where it is asked of one, user Mention of a colleague's, everyone True of all of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import colleague_at, customer_in, spoken_of
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

WEEK = r"(?:这周|本周|这个星期|今天|我)?"
DATA = r"(?:客户)?的?(?:资料|档案|信息|数据)"
SAID = re.compile(
    rf"{PLEASE}(?:看看|看一?下|列出|列一?下)?{WEEK}(?:还)?(?:该|要|需要|得|应该)补(?:全|充|齐|录)?(?:的|哪些|什么|啥)?{DATA}(?:有哪些|是什么)?"
    rf"|{PLEASE}(?:看看|看一?下|列出|列一?下)?{WEEK}(?:还)?(?:有)?(?:哪些|什么|啥)(?:客户)?{DATA}(?:还)?"
    r"(?:没填|没补|没写全|没填全|不全|不完整|缺着?|要补|该补|需要补)"
    rf"|{PLEASE}(?:看看|列出|列一?下)?{WEEK}(?:还)?(?:该|要|需要|得|应该)补(?:哪|几)(?:几|些)?(?:家|个)?(?:客户)?(?:的?资料)?"
    rf"|{PLEASE}(?:看看)?(?:哪些|什么)客户(?:还)?(?:缺|少|差)(?:着)?(?:资料|信息|数据)"
    rf"|{PLEASE}(?:待补(?:充|全)?|要补)?的?(?:客户)?(?:资料|信息)(?:缺口|待补|缺失)|{PLEASE}待补(?:充|全)?的?(?:客户)?(?:资料|信息)"
    rf"|{PLEASE}(?:看看|列出|列一?下)?(?:哪些)?{DATA}(?:不全|不完整|缺得最多|最不全)的客户(?:有哪些)?"
    r"|(?:what|which) (?:records?|customers?|details|data|info|information|accounts?) (?:should i|do i (?:need|have) to"
    r"|must i|can i|to) (?:complete|fill in|fill out|add)(?: this week)?"
    r"|what (?:data|information|info|details?) (?:is|are) missing"
    r"|what (?:should i|do i (?:need|have) to) (?:complete|fill in)(?: this week)?"
    r"|what(?:'s| is) (?:missing|incomplete) (?:in|from) my (?:records|customers|data|accounts)"
    rf"|{PLEASE}(?:show me |show |list )?(?:my |the )?(?:incomplete (?:records|customers|accounts)"
    r"|(?:records|data) to complete|data gaps|missing (?:data|details|information))(?: this week)?"
)
OF_ONE = re.compile(
    rf"{PLEASE}(?P<a>[^,。;:!?]{{2,30}}?)(?:的?(?:资料|档案|信息))?(?:还|现在)?(?:缺|少|差)(?:了|着)?(?:什么|哪些|啥)(?:资料|信息|数据)?"
    rf"|{PLEASE}(?P<b>[^,。;:!?]{{2,30}}?)的?(?:资料|档案|信息)(?:都)?(?:补?[全齐]|完整)(?:了)?(?:吗|没有?|不[全齐])"
    rf"|{PLEASE}(?P<c>[^,。;:!?]{{2,30}}?)(?:还)?(?:有)?(?:什么|哪些|啥)(?:资料|信息)(?:还)?(?:没填|没补|要补|该补|需要补)"
    r"|what(?:'s| is) (?:missing|incomplete) (?:for|at|of|from|in) (?P<d>[^,;:!?]{2,40}?)(?: ?'s (?:record|data))?"
)
OF_IT = re.compile(
    r"(?:(?:这家|他们|它|这个客户|这单)(?:的)?)?(?:资料|档案|信息)?(?:还|现在)?(?:缺|少|差)(?:了|着)?(?:什么|哪些|啥)(?:资料|信息|数据)?"
    r"|what(?:'s| is) (?:still )?missing(?: here| about (?:it|them))?"
)
OF_SOMEBODY = re.compile(
    rf"{PLEASE}(?P<all>(?:我们|咱们)?(?:团队|全组|组里|大家|下属|全部人|所有人))(?:的)?{WEEK}(?:还)?(?:该|要|需要)补的?{DATA}"
    rf"|{PLEASE}(?P<who>[^,。;:!?\s]{{2,10}}?)(?:的)?{WEEK}(?:还)?(?:该|要|需要)补的?{DATA}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it."""
    if whole(scene, clause, SAID) is not None:
        yield {}
    elif (said := whole(scene, clause, OF_ONE)) is not None:
        customer = customer_in(scene, said)
        if customer is not None:
            yield {"customer": customer}
    elif whole(scene, clause, OF_IT) is not None:
        if customer := spoken_of(scene):
            yield {"customer": customer}
    elif (said := whole(scene, clause, OF_SOMEBODY)) is not None:
        user = colleague_at(scene, *said.span("who"))
        if said["all"] or user is not None:
            yield {"everyone": True} if said["all"] else {"user": user}


WORDS = ("缺", "补", "资料", "档案", "信息", "数据", "complete", "fill", "missing", "data gaps", "add")
RULES = (Rule("list_gaps", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "这周该补的资料",
    "我要补哪些资料",
    "哪些客户资料还没填",
    "列一下资料不全的客户",
    "which records should I complete this week",
    "what's missing in my records?",
    "incomplete customers",
    "这周该补哪几家",
    "晨岚还缺什么资料",
    "白鹭的资料全吗",
    "what is missing for Northwind",
    "小方这周该补的资料",
    "团队该补的资料",
)
COUNTER_EXAMPLES = (
    "晨岚要补的资料明天发",
    "晨岚缺什么型号的网关",
    "晨岚的资料要补",
    "客户资料要补充一份检测报告",
    "有没有白鹭的资料",
    "fill in the form for Northwind",
    "what's missing in the quote for Northwind",
)
