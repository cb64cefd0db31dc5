"""The last message is to be taken back. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(r"\s{0,8}/?(?:撤销|撤回|撤消|undo|revert)(?:上一条|刚才的?|那条|一下|吧|that|last)?[\s。.!?~]{0,8}")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if SAID.fullmatch(scene.folded):
        yield {}


RULES = (Rule("undo_changes", "command", (), read),)
EXAMPLES = ("撤销", "撤回", "undo", "/undo")
COUNTER_EXAMPLES = ("晨岚把订单撤销了", "谢谢")
