"""What a short message may search for that says nothing else: hxkj, 4321, 华新, 找 hxkj. Records tell whether it is."""

from __future__ import annotations

import re

from nlu.lexicon import word_set
from nlu.normalise import normalise

LONGEST = 40  # characters that are searched for
_ASKING = (
    r"(?:请|麻烦|帮我|给我|我想)*"
    r"(?:搜索|搜一?下|搜|查询|查找|查一?下|查一?查|查|找一?下|找一?找|找|看一?下|看看"
    r"|(?:please )?(?:search for|search|find|look up|look for|show me)\b)?"
)
_SAID = re.compile(rf"{_ASKING}[ ::]*(?P<what>.+?)(?:这家)?(?:的?(?:资料|情况|信息|电话|客户卡))?[ ?。.!~]*", re.I)
_IS_NAME = re.compile(r"[^\n,,。;;!!??、]+")


def sought(text: str) -> str:
    """What is searched for, as it was written but for the words of asking; "" where it is no name or number."""
    if len(text) > 2 * LONGEST or "\n" in text.strip():
        return ""
    said = _SAID.fullmatch(normalise(text).plain.strip())
    what = said["what"].strip() if said else ""
    is_name = 2 <= len(what) <= LONGEST and _IS_NAME.fullmatch(what) and len(what.split()) <= 5
    return what if is_name and what.lower() not in word_set("chatter") else ""
