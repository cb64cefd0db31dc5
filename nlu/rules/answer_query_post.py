"""Somebody is asked for by what they do at a customer: 晨岚的采购是谁, who is the buyer at Northwind; 采购电话多少.

Slots: topic contact, customer and contact Mention, wanted tuple of str (nlu/facts_asked.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.facts_asked import ASKS, OF_PEOPLE, THERE, any_of, facts_named, words_of
from nlu.masked import C, of_one_customer
from nlu.posts import POST, POST_ALONE, POST_ALONE_EN, POST_EN, WORDS, of_post
from nlu.rule import Rule
from nlu.scene import Scene

LOOK = r"(?:帮我|麻烦|请问?)?(?:(?:查|看|找)(?:一?下|查|看|找)?|给我|发我|有没有|有|知道|我要)?"
WHO = r"(?:是?谁|是?哪[一个]?[位个]|叫(?:什么|啥)(?:名字?)?|姓(?:什么|啥)|是?边个|找谁|谁(?:负责|管|在管|来管))"
ASK_EN = r"(?:who(?:'s| is| are| was)|find(?: me)?|show me|what(?:'s| is)|give me|(?:do )?we (?:have|know)) "
THE = r"(?:(?:the|their|your|our|an?) )?"
END_EN = r"(?: (?:please|again|there|these days|now))*"
NOUNS = [noun for fact in OF_PEOPLE for noun in words_of("noun")[fact]]
FACT = rf"(?:的?(?:{any_of(noun for noun in NOUNS if not noun.isascii())}){ASKS}{{0,3}})"
FACT_EN = rf"(?:'s (?:{any_of(noun for noun in NOUNS if noun.isascii())}))"
OF, AT = rf"{C}{THERE}(?:那个|现在)?的?", rf" (?:at|of|for|in|from) {C}"
SAID = re.compile(
    rf"{LOOK}{OF}(?:(?P<a>{POST})(?:{WHO}{FACT}?|{FACT})|(?P<b>{POST_ALONE}))(?:呢|啊|来着|吗)?"
    rf"|(?:谁|哪位)(?:是|负责|管|在管){OF}(?P<c>{POST})的?(?:人|事)?"
    rf"|{OF}(?:谁(?:是|负责|管|在管)|(?:负责|管|分管)(?:的是)?)(?P<d>{POST})(?:的|这块|这边|那块)?(?:人|那位|同事)?"
    rf"{WHO}?{FACT}?"
    rf"|{ASK_EN}{THE}(?:(?P<e>{POST_EN}){AT}|{C}(?:'s|')? (?P<f>{POST_EN})){FACT_EN}?{END_EN}"
    rf"|{THE}(?:(?P<g>{POST_ALONE_EN}){AT}|{C}(?:'s|')? (?P<h>{POST_ALONE_EN})){FACT_EN}?{END_EN}"
    r"|who(?:'s| is)? (?:does|handles|runs|leads|in charge of|responsible for|looks after|heads) "
    rf"{THE}(?P<i>{POST_EN}){AT}{END_EN}|who (?P<j>runs) {C}{END_EN}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for them at one customer."""
    for text in of_one_customer(scene, clause):
        if (said := SAID.fullmatch(text)) and clause.customer:
            post = next(said[group] for group in "abcdefghij" if said[group]).rstrip("的")
            at = scene.folded.find(post)
            who = of_post(scene, clause.customer, post, scene.original(at, at + len(post)))
            wanted = tuple(fact for fact in facts_named(text.replace(post, " ", 1)) if fact in OF_PEOPLE)
            slots = {"topic": "contact", "customer": clause.customer, "contact": who}
            yield slots | ({"wanted": wanted} if wanted else {})
            return


RULES = (Rule("answer_query", "command", (), read, certain=True, whole=True, words=WORDS, of_customer=True),)
EXAMPLES = (
    "晨岚的采购",
    "晨岚的采购是谁",
    "谁是晨岚的采购",
    "白鹭管采购的是谁",
    "晨岚采购经理电话多少",
    "晨岚的老板叫什么",
    "白鹭的财务是谁",
    "who's the buyer at Northwind?",
    "Northwind's purchasing manager",
    "who is in charge of purchasing at Northwind",
    "who runs Northwind",
)
COUNTER_EXAMPLES = (
    "晨岚的采购是张三",
    "晨岚的采购换人了",
    "晨岚采购了两台设备",
    "晨岚的采购流程很慢",
    "联系晨岚的采购,约周三",
    "the buyer at Northwind left",
    "call the buyer at Northwind",
)
