"""The sender asks which customers were handed over to them. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

SAID = re.compile(
    rf"{PLEASE}(?:看看|看一?下|查看|列出)?(?:(?:最近|都)?(?:有)?(?:哪些|什么)客户(?:是)?(?:交接|移交|转交|转)给我(?:了|的)?"
    r"|(?:最近)?(?:交接|移交|转交|转)给我的(?:客户|单子)(?:有哪些|清单|列表)?|(?:我的)?交接(?:清单|列表|名单|简报))"
    rf"|{PLEASE}(?:(?:which|what) (?:customers|accounts) (?:were|have been) (?:handed(?: over)?|transferred) to me"
    r"|(?:show |list )?(?:me )?(?:the )?(?:customers|accounts) (?:handed(?: over)?|transferred) to me"
    r"|(?:my )?hand-?overs?)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the question."""
    if whole(scene, clause, SAID):
        yield {}


WORDS = ("交接", "移交", "转交", "转给我", "handed", "transferred", "handover", "hand-over")
RULES = (Rule("show_handed_over", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "交接给我的客户",
    "哪些客户移交给我了",
    "交接清单",
    "which customers were handed over to me?",
    "customers handed to me",
)
COUNTER_EXAMPLES = ("把晨岚的交接清单发给何总", "交接", "晨岚的项目交接给我了", "the handover at Northwind is done")
