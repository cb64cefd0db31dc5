"""What was taken back last is to stand again. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(
    r"\s{0,8}/?(?:恢复|还原|取消撤销|别撤了|不撤了|不要撤销|撤销刚才的?撤销|撤销撤销"
    r"|redo|restore|undo (?:the|that) undo|put it back)"
    r"(?:刚才的?|一下|吧|了|it|that)?[\s。.!?~]{0,8}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if clause.place == 0 and SAID.fullmatch(scene.folded):
        yield {}


WORDS = ("恢复", "还原", "撤", "redo", "restore", "undo", "put it back")
RULES = (Rule("redo_changes", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("恢复", "取消撤销", "redo", "undo the undo")
COUNTER_EXAMPLES = ("撤销", "晨岚的系统恢复了", "白鹭恢复供货了")
