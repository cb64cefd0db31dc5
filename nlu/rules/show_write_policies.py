"""The sender asks which writes wait for a tap or for the superior. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(
    r"\s{0,8}/?(?:(?:看看|查看|列出)?(?:现在|目前)?有?(?:哪些|什么)?(?:写入|确认|审批)?规则(?:有哪些|是什么)?"
    r"|(?:现在|目前)?(?:哪些|什么)(?:内容|改动)?(?:都?要|需要)(?:人|上级|经理)?(?:确认|审批|批)"
    r"|(?:show |list |what are )?(?:me )?(?:the |our )?(?:write |approval )?(?:policies|rules)"
    r"|what needs (?:confirmation|approval|to be confirmed|to be approved))[\s。.!?~]{0,8}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the question."""
    if not clause.place and SAID.fullmatch(scene.folded):
        yield {}


WORDS = ("规则", "确认", "审批", "批", "policies", "rules", "what needs")
RULES = (Rule("show_write_policies", "asked", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "有哪些规则",
    "规则有哪些?",
    "哪些要确认?",
    "什么要上级批",
    "write policies",
    "what needs approval?",
    "/rules",
)
COUNTER_EXAMPLES = ("客户问有哪些规则要遵守", "晨岚的审批规则是什么", "看看晨岚", "what are the rules of the tender?")
