"""The sender asks after how many working days who is told of what is left lying. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

SAID = re.compile(
    rf"{PLEASE}(?:看看|看一下|查看|列出|有哪些|有什么)?(?:现在的|目前的|我们的)?(?:提醒|升级|逾期)(?:的)?阶梯(?:有哪些|是什么|是怎样的|怎么设的)?"
    r"|(?:show |list |what are )?(?:me )?(?:the |our )?(?:reminder |escalation )?ladders"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the question."""
    if whole(scene, clause, SAID):
        yield {}


WORDS = ("阶梯", "ladders")
RULES = (Rule("show_ladders", "asked", (), read, whole=True, words=WORDS),)
EXAMPLES = ("看看提醒阶梯", "提醒阶梯", "升级阶梯是什么?", "show the ladders", "what are the escalation ladders?")
COUNTER_EXAMPLES = ("晨岚的价格阶梯是什么", "客户要看提醒阶梯", "they sell ladders")
