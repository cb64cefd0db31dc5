"""How many customers there are of each kind: 各省客户有几家, 按行业统计客户, customers by industry.

Slots as in answer_query: topic customers, and per str (province, city, industry, tier, owner, source); what narrows the
customers beside: 上海的客户按行业统计. The whole message must ask that and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.filters.scan import scan
from nlu.filters.slots import list_slots
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

KINDS = {
    "province": r"省份?|省市|地区|区域|地域|大区|地方|provinces?|regions?|states?|areas?|locations?",
    "city": r"城市|市|cit(?:y|ies)|towns?",
    "industry": r"行业|产业|industr(?:y|ies)|sectors?|verticals?",
    "tier": r"级别|等级|分级|层级|重要程度|tiers?|levels?|grades?|class(?:es)?",
    "owner": r"负责人|销售(?:人员)?|同事|业务员|跟进人|人|owners?|(?:sales )?reps?|(?:sales ?)?persons?|colleagues?",
    "source": r"来源|渠道|(?:lead )?sources?|channels?",
}
KIND = "|".join(f"(?P<{name}>{words})" for name, words in KINDS.items())
WHAT = r"(?P<what>[^,。;!?]{0,24}?)"
MANY = r"(?:有|是)?(?:多少|几)(?:家|个)?"
TELL = r"(?:统计|汇总|分布|分类|分组|归类|划分|排列|数|分|看|列)"
EACH = r"(?:各个?|每一?个?|不同|哪些|哪个)"
SHOW = r"(?:(?:看看|看一?下|查一?下|统计|汇总|算算|算|数|列)(?:一?下)?)?"
CUSTOMERS = r"(?:customers|accounts|clients)"
SAID = tuple(
    re.compile(PLEASE + pattern.replace("WHAT", WHAT).replace("KIND", f"(?:{KIND})"))
    for pattern in (
        rf"{SHOW}WHAT客户(?:数量?)?(?:分别)?[按分]KIND(?:来)?{TELL}?(?:一下|情况)?(?:{MANY})?",
        rf"[按分]KIND(?:来)?{TELL}(?:一下)?WHAT客户(?:数量?|数目|分布|情况|家数)?(?:{MANY})?",
        rf"{SHOW}WHAT{EACH}KIND的?(?:分别|都|各)?(?:{MANY}的?)?客户(?:数量?|数目|分布|统计|情况|占比|家数)?"
        rf"(?:分别|都|各)?(?:{MANY}|最多)?",
        rf"{SHOW}WHAT客户(?:的|各)?KIND(?:分布|构成|占比|统计|结构)(?:图|情况|怎么?样|如何)?",
        r"WHAT客户(?:都|主要|大多)?(?:分布)?(?:在|是|来自|属于)(?:哪些|哪个|什么|哪几个)KIND(?:的)?",
        rf"(?:(?:show me|show|count|list|break down|group|split|give me) )?(?:all )?(?:the )?WHAT ?{CUSTOMERS} "
        r"(?:broken down |grouped |split |counted )?(?:by|per) KIND",
        rf"(?:how many|(?:the )?number of|count of) WHAT ?{CUSTOMERS} (?:(?:do (?:we|i) have|are there|we have) )?"
        r"(?:by|per|in each|for each|from each|does each) KIND(?: have)?",
        r"WHAT ?(?:customer|account|client) (?:count|breakdown|split|distribution|numbers?|statistics) (?:by|per) KIND",
        rf"which KIND (?:has|have|do) (?:the )?(?:most )?WHAT ?{CUSTOMERS}(?: come from)?",
    )
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What the customers are counted by, and what narrows them."""
    if len(scene.clauses) > 1:
        return
    for pattern in SAID:
        said = whole(scene, clause, pattern)
        if said is None:
            continue
        found = scan(scene, clause, *said.span("what"))
        if found.rest or found.names_customer or any(topic != "customers" for topic in found.topics):
            continue
        slots = {name: value for name, value in list_slots(scene, found).items() if name not in ("how", "topic")}
        user = {"user": found.users[0].value} if len(found.users) == 1 else {}
        per = next(name for name in KINDS if said[name])
        yield {"topic": "customers", "per": per} | slots | user
        return


WORDS = ("客户", "customer", "account", "client")
RULES = (Rule("answer_query", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "各省客户有几家",
    "按行业统计客户",
    "每个城市多少客户",
    "各行业有多少家客户",
    "客户按级别分布",
    "客户来源统计",
    "我的客户按行业分",
    "上海的客户按行业统计一下",
    "重点客户的地区分布",
    "每个销售有多少客户",
    "客户都分布在哪些城市",
    "哪个行业的客户最多",
    "customers by industry",
    "how many customers per province?",
    "customer breakdown by source",
    "key accounts by owner",
    "which city has the most customers",
)
COUNTER_EXAMPLES = (
    "今天拜访了各省客户",
    "晨岚按行业分了三个事业部",
    "客户要按地区统计销量",
    "客户让我们按城市报价",
    "下周把客户按行业整理好",
    "met customers by the river",
    "Northwind splits its customers by region",
    "各地区客户反馈不错",
)
