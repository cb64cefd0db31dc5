"""The sender wants to see which short names were learnt. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(
    r"(?:你)?(?:都)?(?:记住|记得|记|学会|学到|学|知道)(?:了|过|的)?(?:哪些|什么|多少|几个)"
    r"(?:客户的?)?(?:简称|叫法|别名|别称)[? 。]*"
    r"|(?:看看|看一?下|列出|列一?下|查看|查一?下)?(?:我的|你?记住了?的|学到的|所有|全部)?(?:客户)?简称"
    r"(?:列表|清单|有哪些|都有哪些)?[? 。]*"
    r"|(?:what|which) (?:short ?names|nicknames|aliases) (?:have you|did you|do you) "
    r"(?:learn(?:t|ed)?|know|remember(?:ed)?)[?. ]*"
    r"|(?:please )?(?:show me |list |show )?(?:my |the |all )?(?:learnt |learned )?"
    r"(?:short ?names|nicknames|aliases)[?. ]*"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for them."""
    if SAID.fullmatch(scene.folded):
        yield {}


WORDS = ("简称", "叫法", "别名", "别称", "short name", "shortname", "nickname", "alias")
RULES = (Rule("list_short_names", "asked", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "你记住了哪些简称",
    "你記住了哪些簡稱?",
    "学到了什么叫法",
    "我的简称",
    "简称列表",
    "what short names have you learnt",
    "which nicknames do you know?",
    "list my short names",
)
COUNTER_EXAMPLES = ("晨岚的简称是什么", "你好", "记住了")
