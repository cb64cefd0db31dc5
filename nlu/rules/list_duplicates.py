"""The sender asks which of their customers are there twice: 有没有重复的客户, find duplicate customers. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

SAID = re.compile(
    rf"{PLEASE}(?:(?:有没有|有哪些|有什么|哪些是|看看|列出|列一?下|找出|找一?下|查找|查一?下|查)(?:有没有|有哪些)?)?(?:我的?)?重复(?:了)?的?(?:客户|公司)"
    r"(?:有哪些|有吗|有没有|是哪些)?|(?:我的?)?(?:哪些|有没有)客户(?:是)?重复(?:的|了)?(?:吗)?|(?:客户)?查重(?:一下)?"
    rf"|{PLEASE}(?:(?:find|list|show(?: me)?|check for|look for|are there|do i have) )?(?:any |the |my )?"
    r"duplicate (?:customers|accounts)"
    rf"|{PLEASE}(?:find|list|show(?: me)?|check for|look for) (?:any |the |my )?duplicates"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it."""
    if whole(scene, clause, SAID) is not None:
        yield {}


WORDS = ("重复", "查重", "duplicate")
RULES = (Rule("list_duplicates", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "有没有重复的客户",
    "重复的客户有哪些",
    "查重",
    "哪些客户重复了",
    "find duplicate customers",
    "show me duplicates",
)
COUNTER_EXAMPLES = (
    "晨岚说重复的客户太多",
    "合并重复",
    "合并重复客户",
    "Northwind has duplicate customers in its CRM",
    "find the duplicate invoice",
)
