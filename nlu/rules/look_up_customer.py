"""The sender wants a customer's card: its name alone, or with a word of asking, or /find. Slots: customer Mention; none
where nothing stands behind /find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.commands import command
from nlu.finders.company import is_like_a_name
from nlu.lists import mention_of
from nlu.names import fold
from nlu.question import ASKS
from nlu.rule import Mention, Rule
from nlu.scene import Scene

ASKING = re.compile(
    r"[\s,。!?:@~]|看看|看下|看一下|查一下|查查|查下|查|打开|调出来|show me|show|look up|open|find"
    r"|(?:说|讲|聊|介绍|了解)(?:一下|一说|一讲|下|说|讲|聊)|关于|客户|公司|那边|这家|的|资料|情况|档案|背景|备注|什么|是谁"
    r"|基本|概况|详情|简介|信息|怎么样|最近|近况|一下|给我|帮我|我|吗"
    r"|pull up|notes?|card|how(?:'s| is)|doing|these days|'s"
    r"|(?:please |can you )?tell me(?: more| everything| all)? about|what do (?:we|you) (?:know|have) (?:about|on)"
    r"|(?:everything|all|info|details|information) (?:about|on|of|for)|\babout\b"
    r"|(?:who|what)(?:'s| is)|info|details|overview|summary"
)
WANTED = re.compile(
    r"(?:帮我|给我|我想|麻烦)?(?:看一?看|看一?下|查一?查|查一?下|查询(?:一下)?|查|打开|找一?下|搜一?下|搜)"
    r"[ ]?(?P<zh>[一-鿿()]{3,20}?)"
    r"(?:这家|那边|公司)?(?:的?(?:资料|情况|档案|背景|信息|客户卡))?(?:给我)?(?:吧|呢)?"
    r"|(?P<of>[一-鿿()]{3,20}?)(?:这家|那边|公司)?的(?:客户)?(?:资料|情况|档案|背景|信息|客户卡)(?:给我)?"
    r"|(?P<card>[a-z][\w&' .-]{2,40}?)'s (?:card|profile|record|info)"
    r"|(?:please )?(?:show me|show|look up|pull up|open|find|search for|search|check) (?P<en>[a-z][\w&' .-]{2,40}?)"
    r"(?:'s (?:card|profile|record))?"
)
ABOUT_IT = re.compile(
    r"资料|背景|谁的客户|谁在跟|谁跟进|归谁|谁负责(?=[^,。]{2,}$)|档案|客户信息(?!变更|登记|更新)|底细"
    r"|什么公司|who looks after|who owns|profile"
    r"|account info"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The customer whose card is wanted: the whole message names it and says no more than that."""
    if len(scene.clauses) > 1 or clause.all("person", "deal", "task", "money", "when", "percent"):
        return
    named = clause.first("customer")
    rest = clause.text.replace(named.text, "", 1) if named else clause.text
    if named and clause.customer and not ASKING.sub("", rest):
        yield {"customer": clause.customer}
    elif not clause.all("customer", "competitor", "stage") and (name := _unknown(scene, clause)):
        yield {"customer": Mention(name)}


def read_command(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What stands behind /find: a customer known by that name, else the words themselves. People are answer_query's."""
    said = command(scene) if clause.place == 0 else None
    if said is None or said[0] != "find":
        return
    _, start, end = said
    named = [find for find in scene.finds if (find.start, find.end) == (start, end)]
    if start == end:
        yield {}
    elif customer := next((find for find in named if find.kind == "customer"), None):
        yield {"customer": mention_of(scene, customer)}
    elif not any(find.kind == "person" and find.value.contacts for find in named):
        yield {"customer": Mention(scene.original(start, end))}


def _unknown(scene: Scene, clause: Clause) -> str:
    """A company's name that nobody knows yet, alone or behind a word of looking, "" where there is none."""
    said = clause.text.rstrip(" ?。!.,")
    if not clause.words and is_like_a_name(said):
        return scene.original(clause.start, clause.start + len(said))
    wanted = WANTED.fullmatch(said)
    if wanted is None:
        return ""
    group = next(name for name, words in wanted.groupdict().items() if words)
    start, end = clause.start + wanted.start(group), clause.start + wanted.end(group)
    name = scene.original(start, end)
    says_more = any(start <= word.start < end and word.group.startswith("ask_") for word in clause.words)
    is_product = any(fold(product) == wanted[group] for product in scene.names.products)
    return name if is_like_a_name(name) and not says_more and not is_product else ""


def read_told(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The customer of a clause that asks for what a card holds."""
    if ABOUT_IT.search(clause.text) and clause.customer and not _is_but_implied(clause):
        yield {"customer": clause.customer}


def read_perhaps(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The clause's customer."""
    if clause.customer and not _is_but_implied(clause):
        yield {"customer": clause.customer}


def _is_but_implied(clause: Clause) -> bool:
    """Whether nothing but a deal tells the customer: 有没有注塑机的资料."""
    return bool(clause.all("deal")) and not clause.all("customer", "person")


ABOUT = ("资料", "背景", "谁", "档案", "客户信息", "底细", "什么公司", "who", "profile", "account info")
RULES = (
    Rule("look_up_customer", "named alone", (), read, certain=True, whole=True),
    Rule("look_up_customer", "command", (), read_command, certain=True, whole=True, words=("/",)),
    Rule("look_up_customer", "asked", (), read_told, words=ABOUT, of_customer=True),
    Rule(
        "look_up_customer",
        "perhaps",
        ("ask_customer", "about_customer"),
        read_perhaps,
        perhaps=True,
        beside=ASKS,
        of_customer=True,
    ),
)
EXAMPLES = (
    "晨岚",
    "看看白鹭",
    "show me Northwind",
    "白鹭是谁的客户?资料调出来",
    "看看青禾机电",
    "青禾机电的资料",
    "show me Greenfield Tools",
    "/find 晨岚",
    "/find",
    "/find 100%_'",
)
COUNTER_EXAMPLES = ("今天去了晨岚", "晨岚那单推进到商务谈判", "你好", "看看日报", "查一下天气", "看看附近酒店")
