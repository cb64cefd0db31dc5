"""The sender wants a customer's card: its name alone, or with a word of asking. Slots: customer Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Mention, Rule
from nlu.scene import Scene

ASKING = re.compile(
    r"[\s,。!?:@~]|看看|看下|看一下|查一下|查查|查下|查|打开|调出来|show me|show|look up|open|find"
    r"|客户|那边|这家|的|资料|情况|档案|背景|什么"
    r"|怎么样|一下|给我|帮我|我|吗|pull up|card"
)
COMPANY_LIKE = re.compile(
    r"[一-鿿]{2,4}(?:科技|集团|公司|医院|大学|物流|电子|机械|食品|药业|医疗|教育|酒店|银行|学校|制药"
    r"|电气|建设)|[一-鿿]{2,12}(?:有限公司|集团)"
)
ABOUT_IT = re.compile(
    r"资料|背景|谁的客户|谁在跟|谁跟进|归谁|谁负责(?=[^,。]{2,}$)|档案|客户信息(?!变更|登记|更新)|底细"
    r"|什么公司|who looks after|who owns|profile"
    r"|account info"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The customer whose card is wanted."""
    if ABOUT_IT.search(clause.text) and clause.customer:
        yield {"customer": clause.customer}
        return
    if len(scene.clauses) > 1 or clause.all("person", "deal", "task", "money", "when", "percent"):
        return
    named = clause.first("customer")
    rest = clause.text.replace(named.text, "", 1) if named else clause.text
    if named and clause.customer and not ASKING.sub("", rest):
        yield {"customer": clause.customer}
    elif not named and COMPANY_LIKE.fullmatch(clause.text.strip(" ?。")):
        yield {"customer": Mention(scene.original(clause.start, clause.end).strip(" 。?\uff1f"))}


RULES = (Rule("look_up_customer", "named alone", (), read),)
EXAMPLES = ("晨岚", "看看白鹭", "show me Northwind", "白鹭是谁的客户?资料调出来")
COUNTER_EXAMPLES = ("今天去了晨岚", "晨岚那单推进到商务谈判", "你好")
