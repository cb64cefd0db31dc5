"""The list that was shown last is to go on, or back. Slots: step int (1 the next page, -1 the one before)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(
    r"\s{0,8}(?:(?P<on>下一?页|往后翻|翻页|后一页|更多|还有呢|next(?: page)?|more)"
    r"|(?P<back>上一?页|往前翻|前一页|prev(?:ious)?(?: page)?|page back))[\s。.!?~]{0,8}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    said = SAID.fullmatch(scene.folded)
    if said:
        yield {"step": 1 if said["on"] else -1}


WORDS = ("页", "往后翻", "往前翻", "更多", "还有呢", "next", "more", "prev", "page back")
RULES = (Rule("turn_page", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("下一页", "上一页", "next page", "more")
COUNTER_EXAMPLES = ("下一步给晨岚报价", "更多客户要看演示", "next Wednesday")
