"""Competitors named in a text, except where the name is that of the customer's own system."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlu.names import fold
from nlu.rule import Find

OWN_SYSTEM = re.compile(r" ?(?:接口|对接|系统|模块|里|上的|数据|承建|设备,)|'s? interface")
IN_USE = re.compile(
    r"(?:现用的|现在用的是?|现有的|目前用的|在用的?|用着|使用的|原来用的|现用|一直用|沿用|老系统是"
    r"|been on|running on|currently on|they (?:use|run|have) )\s?$"
)


def find(folded: str, competitors: Iterable[str]) -> list[Find]:
    """Finds of kind "competitor", the value the competitor's name as known."""
    finds = []
    for known in competitors:
        name = fold(known)
        if not name or name not in folded:
            continue
        for match in re.finditer(rf"(?<![a-z]){re.escape(name)}(?![a-z])", folded):
            before = folded[max(0, match.start() - 12) : match.start()]
            if not OWN_SYSTEM.match(folded, match.end()) and not IN_USE.search(before):
                finds.append(Find("competitor", match.start(), match.end(), match[0], known, "name"))
    return finds
