"""What a short message may search for that says nothing else: hxkj, 4321, 华新, 找 hxkj. Records tell whether it is."""

from __future__ import annotations

import re

from nlu.facts_asked import asked_at_end
from nlu.lexicon import word_set
from nlu.names import same_length_lower
from nlu.normalise import normalise

LONGEST = 40  # characters that are searched for
_ASKING = (
    r"(?:请|麻烦|帮我|给我|我想)*"
    r"(?:搜索|搜一?下|搜|查询|查找|查一?下|查一?查|查|找一?下|找一?找|找|看一?下|看看"
    r"|(?:please )?(?:search for|search|find|look up|look for|show me)\b)?"
)
_SAID = re.compile(rf"{_ASKING}[ ::]*(?P<what>.+?)(?:这家)?(?:的?(?:资料|情况|信息|客户卡))?[ ?。.!~]*", re.I)
_IS_NAME = re.compile(r"[^\n,,。;;!!??、]+")


def sought(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """What may be searched for, as it was written but for the words of asking, and which facts of it are wanted: all
    that is said, then that without the facts' names (hxkj电话); nothing where it is no name or number.
    """
    if len(text) > 2 * LONGEST or "\n" in text.strip():
        return []
    said = _SAID.fullmatch(normalise(text).plain.strip())
    what = said["what"].strip() if said else ""
    of, wanted = asked_at_end(same_length_lower(what))
    either = [(what, ()), (what[: len(of)], wanted)]
    return [(name, facts) for name, facts in either if _is_name(name)]


def _is_name(what: str) -> bool:
    is_name = 2 <= len(what) <= LONGEST and _IS_NAME.fullmatch(what) and len(what.split()) <= 5
    return bool(is_name) and what.lower() not in word_set("chatter")
