"""The sender asks who uses the bot here. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

PEOPLE = r"(?:同事|团队成员|成员|用户|人员|账号|员工)"
SAID = re.compile(
    rf"/(?:users|team)|{PLEASE}(?:(?:看看|看一下|看下|查看|查一下|列出|列一下|显示)(?:所有|全部)?(?:的)?)?"
    rf"(?:(?:我们|现在|目前|都|这里|系统里|团队里?)?有(?:哪些|什么|多少){PEOPLE}|{PEOPLE}(?:名单|列表|一览)|(?:所有|全部)(?:的)?{PEOPLE}"
    rf"|(?:我们|现在|目前)?(?:团队|组|系统)里?(?:都)?有(?:谁|哪些人)|{PEOPLE}(?:都)?有(?:谁|哪些)|团队成员)"
    rf"|{PLEASE}(?:who(?:'s| is)(?: all)? (?:on|in) (?:the|our|my) team|who (?:uses|is using) (?:this|genjin)"
    r"|(?:list|show|show me)(?: all)?(?: the| our)? (?:users|colleagues|team members|people|members|staff)"
    r"|team members|user list)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if whole(scene, clause, SAID):
        yield {}


WORDS = (
    "/users",
    "/team",
    "同事",
    "成员",
    "用户",
    "人员",
    "账号",
    "员工",
    "有谁",
    "有哪些人",
    "who",
    "user",
    "colleague",
    "team",
    "people",
    "members",
    "staff",
)
RULES = (Rule("list_users", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("有哪些同事", "同事名单", "who is on the team?", "list users", "团队里都有谁", "列出所有用户")
COUNTER_EXAMPLES = ("有哪些客户", "看看同事的反馈", "晨岚的团队里有谁", "who is on the call", "今天有哪些任务")
