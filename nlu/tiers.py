"""What a customer is worth, as a clause tells it: 升为重点客户, 标成VIP, is a key account now."""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.clauses import Clause
from nlu.lexicon import groups

RAISED = (
    r"(?:(?:升级?|降级?|提升|调整|标记?|设置?|定|改|调|列|归|评|转|算|划)(?:为|成|到|入|作|是|在)?|级别|等级|分级|评级|客户类型|客户级别"
    r"|tier)(?:是|为|:|改成|改为|定为|调到| is| to)?[ ]?(?:an? )?"
)
BECAME = r"(?:is|as|to|into|becomes?|made|make) (?:now )?(?:an? |our )?"


def tier_of(clause: Clause) -> str:
    """What a customer is raised or lowered to: 升为重点客户, 标成VIP, is a key account now."""
    for tier, pattern in _tiers():
        if (said := pattern.search(clause.text)) and not _denied_before(clause, clause.start + said.start()):
            return tier
    return ""


def _denied_before(clause: Clause, place: int) -> bool:
    """Whether a "not" stands shortly before a place: 还没升为VIP."""
    return any(w.group == "negation" and w.end <= place and place - w.end <= 4 for w in clause.words)


@lru_cache(maxsize=1)
def _tiers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (tier, re.compile(rf"(?:{RAISED}|\b{BECAME})(?:{'|'.join(map(re.escape, words))})(?![a-z])"))
        for tier, words in groups("tier").items()
    )
