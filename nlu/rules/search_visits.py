"""The sender searches the words of visits and notes. Slots: text; customer Mention where one is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customers_at
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

RECORDS = r"(?:拜访记录|拜访|沟通记录|跟进记录|记录|备注|笔记)"
SEARCH = r"(?:搜索|搜一下|搜下|搜|查找|查一下|查|找一下|找)"
MENTION = r"(?:提到过|提到了|提到|提过|说到过|说起过|谈到过|谈到|聊到过|聊过|问到过)"
WHAT = r"[「“\"'‘]?(?P<{}>[^,。;!?「」“”\"]{{2,30}}?)[」”\"'’]?(?:的)?(?:吗|么|呢|啊)?"
OF = r"(?:(?P<{}>[^,。;!?]{{2,20}}?)的)?"
INSIDE = r"(?:里面|里头|里|中)"
WHO = r"(?:谁|哪些客户|哪个客户|哪家客户|哪家|哪几家|哪些人|哪次拜访|哪些拜访|什么时候)"
THERE = r"(?:有没有|有谁|谁|哪些|哪次|哪里)"
TOLD_EN = r"(?:visits?|notes?|visit (?:notes|reports|words)|reports?)"
SAID = re.compile(
    rf"{PLEASE}(?:在)?{OF.format('ca')}{RECORDS}{INSIDE}?(?:帮我)?{SEARCH}[ ::]?{WHAT.format('a')}"
    rf"|{PLEASE}{OF.format('cb')}{RECORDS}{INSIDE}{THERE}(?:{MENTION}|说|写)?[ ::]?{WHAT.format('b')}"
    rf"|{PLEASE}{SEARCH}(?:一下)?{OF.format('cc')}{RECORDS}{INSIDE}?(?:的)?[ ::]{WHAT.format('c')}"
    rf"|{PLEASE}(?:有)?{WHO}(?:都)?(?:跟我们)?{MENTION}[ ::]?{WHAT.format('d')}"
    rf"|{PLEASE}(?:who|which (?:customers?|visits?|notes?|reports?))(?: has| have)?(?: ever)? "
    r"(?:mention(?:ed|s)?|talked about|brought up) (?P<e>[^,;!?]{2,40}?)"
    rf"|{PLEASE}(?:search|look through|look in|check)(?: the| our| my)? {TOLD_EN} (?:for|about) (?P<f>[^,;!?]{{2,40}}?)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message searches for words."""
    said = whole(scene, clause, SAID)
    if said is None:
        return
    group = next(group for group in "abcdef" if said[group])
    text = scene.original(*said.span(group)).strip(" 「」“”\"'‘’")
    about = next((name for name in ("ca", "cb", "cc") if said[name]), "")
    if not about:
        yield {"text": text}
    elif len(named := customers_at(scene, *said.span(about))) == 1:
        yield {"text": text, "customer": named[0]}


WORDS = (
    *("记录", "拜访", "备注", "笔记", "提", "说到", "说起", "谈到", "聊", "问到"),
    *("mention", "talked about", "brought up", "visit", "note", "report"),
)
RULES = (Rule("search_visits", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "谁提过友商",
    "拜访记录里搜 接口",
    "哪些客户提到过数据迁移",
    "晨岚的拜访记录里搜接口文档",
    "记录里有没有提到验收",
    "搜一下拜访记录里的 接口",
    "备注里找过敏",
    "who mentioned data migration?",
    "search the visits for Larch",
    "which customers mentioned the API",
)
COUNTER_EXAMPLES = (
    "今天拜访晨岚,他们提到过接口",
    "查一下拜访记录",
    "谁的拜访最多",
    "我提过要报价",
    "备注:何总不喝茶",
    "找一下上周的拜访",
    "which visits did Lena make",
)
