"""The sender asks how the company is laid out: its teams, who leads them, who is in them. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

SHOW = r"(?:(?:看看|看一下|看下|查看|查一下|列出|列一下|显示|给我看看?)(?:我们的?|公司的?|所有的?|全部)?)?"
SAID = re.compile(
    rf"/(?:teams|org)|{PLEASE}{SHOW}(?:(?:我们|公司)的?)?"
    r"(?:团队|所有团队|全部团队|团队(?:列表|一览|结构|架构)|组织|组织架构|组织结构|组织架构图|组织结构图|组织图|架构图|部门架构|公司架构)"
    rf"|{PLEASE}(?:公司|我们|现在|目前)?(?:都|一共)?有(?:哪些|几个|什么)(?:团队|部门|组)"
    rf"|{PLEASE}(?:(?:show|list|see|show me|give me)(?: all)?(?: of)?(?: the| our| my)? )?"
    r"(?:teams|all teams|org chart|organi[sz]ation chart|organi[sz]ation|org structure|team tree|team structure)"
    rf"|{PLEASE}(?:what|which) teams (?:are there|do we have|exist)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the question."""
    if whole(scene, clause, SAID):
        yield {}


WORDS = ("/teams", "/org", "团队", "组织", "架构", "部门", "有哪些", "有几个", "有什么", "team", "org")
RULES = (Rule("list_teams", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("团队", "组织架构", "看看组织架构", "有哪些团队", "teams", "org chart", "show the teams", "/teams")
COUNTER_EXAMPLES = ("团队的漏斗", "团队成员", "有哪些组件", "我的团队这个月怎么样", "team funnel", "晨岚的组织架构")
