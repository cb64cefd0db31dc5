"""Somebody says that they check in at a customer, which takes their place and no words. Slots: customer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Find, Rule
from nlu.scene import Scene

SAID = re.compile(
    r"\s{0,8}(?:我|帮我|请)?(?:要|想|来|现在)?(?:(?:到达?|在|去)?(?P<zh>[^,。;:!?\s]{2,30}?)"
    r"(?:了|这里|这边|楼下|门口)?[, ]?)?(?:上门|拜访|定位|现场|位置)?(?:签到|打卡)(?:一下|吧|啦)?(?:怎么[弄发做用])?"
    r"[。!?\s]{0,8}|\s{0,8}(?:please |let me |i want to |how do i )?check[ -]?(?:me )?in"
    r"(?: at (?P<en>[^,.!?]{2,40}?))?(?: now| here)?[.!?\s]{0,8}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message: alone, or with the customer at which, and nobody else."""
    said = SAID.fullmatch(scene.folded)
    if said is None:
        return
    group = "zh" if said["zh"] else "en"
    if not said[group]:
        yield {}
    elif clause.customer and any(
        find.start == said.start(group) and find.end >= said.end(group) for find in _named(clause)
    ):
        yield {"customer": clause.customer}


def _named(clause: Clause) -> list[Find]:
    return [find for find in clause.finds if find.kind == "customer"]


WORDS = ("签到", "打卡", "check in", "check-in", "check me in")
RULES = (Rule("check_in", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "签到",
    "我要签到",
    "打卡",
    "在晨岚签到",
    "到白鹭打卡",
    "我到白鹭了,签到",
    "签到怎么弄?",
    "check in",
    "Check me in at Northwind",
    "how do I check in?",
)
COUNTER_EXAMPLES = (
    "明天提醒我签到",
    "把签到表发给晨岚",
    "晨岚的签到系统要升级",
    "今天打卡了三家",
    "让小何去白鹭签到",
    "check in with Lena tomorrow",
    "check the invoice",
)
