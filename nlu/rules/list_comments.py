"""The sender wants to see what was said about visits. Slots: customer or user Mention, nothing for all they see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import colleague_at, customer_in
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

LOOK = r"(?:给我看看?|看看|看一?下|查看|查一?下|列出|列一?下)?"
MINE = r"(?P<mine>我收到|我|my)"
SAID = re.compile(
    rf"{PLEASE}{LOOK}(?:{MINE}|(?P<all>所有|全部|大家|最近|团队)|(?P<a>[^,。;!?:]{{1,40}}?))的?(?:所有|全部|最近)?的?(?:拜访)?的?"
    r"(?:有哪些|有什么)?(?:点评|批注|评论)(?:记录|列表|有哪些|都有哪些)?"
    rf"|{PLEASE}(?:show(?: me)? |list )?(?:the |all )?(?:the )?comments(?: (?:on|about|for) "
    r"(?:(?P<mine_en>me|my visits)|(?P<b>[^,;!?:]{1,40}?)(?:(?:'s|’s) visits)?))?"
    rf"|{PLEASE}(?:show(?: me)? |list )?(?:(?P<mine_too>my)|(?P<c>[^,;!?:]{{1,40}}?)(?:'s|’s)) comments"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for them: of one customer, of one colleague, of the sender, or all."""
    said = whole(scene, clause, SAID)
    if said is None:
        return
    group = next((group for group in "abc" if said[group]), None)
    if said["mine"] or said["mine_en"] or said["mine_too"]:
        if scene.sender is not None:
            yield {"user": Mention(scene.original(*said.span()), scene.sender)}
    elif group is None:
        yield {}
    elif customer := customer_in(scene, said):
        yield {"customer": customer}
    elif (user := colleague_at(scene, *said.span(group))) and (user.key is not None or user.candidates):
        yield {"user": user}


WORDS = ("点评", "批注", "评论", "comments")
RULES = (Rule("list_comments", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "晨岚的点评",
    "看看白鹭的批注",
    "看看林晓禾的点评",
    "所有点评",
    "晨岚有哪些评论",
    "晨岚的评论",
    "最近的点评",
    "comments on Northwind",
    "show me the comments on Northwind",
    "Northwind's comments",
)
COUNTER_EXAMPLES = (
    "点评晨岚:价格别再让了",
    "何总的点评是太贵",
    "晨岚评论了我们的方案",
    "晨岚看了我们的点评",
    "they have comments on the quote",
    "send Northwind our comments",
)
