"""The sender's calendar as a link: 我的日历链接, 换一个日历链接, withdraw my calendar link.

Slots: anew True, off True.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

LINK = r"(?:我的)?(?:日历|日程)的?(?:订阅)?(?:链接|地址|网址)"
EN_LINK = r"(?:my |the |a )?calendar (?:link|feed|url)"
SAID = re.compile(
    rf"{PLEASE}(?:(?:给我|发我|要|看看|获取|生成|我要)(?:一个)?)?{LINK}|{PLEASE}(?:我要?)?订阅(?:我的)?(?:日历|日程)"
    rf"|{PLEASE}(?:(?:give me|show me|get|make|create|i need|i want) )?{EN_LINK}|{PLEASE}subscribe to my calendar"
)
ANEW = re.compile(
    rf"{PLEASE}(?:换一?个|换掉|重置|更换|重新生成)(?:一个)?(?:新的?)?{LINK}|{PLEASE}(?:新的|新建)(?:一个)?{LINK}"
    rf"|{PLEASE}(?:reset|renew|replace|change|regenerate) {EN_LINK}"
    rf"|{PLEASE}(?:give me )?(?:a )?new calendar (?:link|feed|url)"
)
OFF = re.compile(
    rf"{PLEASE}(?:作废|停用|撤销|撤回|删除|取消|关闭|关掉)(?:掉)?{LINK}|{PLEASE}(?:把)?{LINK}(?:作废|停用|撤销|删除|关闭|关掉)(?:了|掉)?"
    rf"|{PLEASE}(?:withdraw|revoke|delete|disable|remove|cancel|turn off) {EN_LINK}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if whole(scene, clause, OFF):
        yield {"off": True}
    elif whole(scene, clause, ANEW):
        yield {"anew": True}
    elif whole(scene, clause, SAID):
        yield {}


WORDS = ("日历", "日程", "calendar")
RULES = (Rule("set_calendar_link", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "我的日历链接",
    "给我一个日历订阅地址",
    "订阅我的日历",
    "换一个日历链接",
    "作废我的日历链接",
    "my calendar link",
    "reset my calendar link",
    "revoke my calendar feed",
)
COUNTER_EXAMPLES = ("晨岚要日历链接", "我的日程", "把日历链接发给何总", "Northwind wants a calendar link", "明天的日程")
