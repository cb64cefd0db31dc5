"""The sender asks what can be said here. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(r"\s{0,8}/?(?:帮助|help|怎么用|使用说明|你会什么|你能做什么|what can you do)[\s。.!?~]{0,8}")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if SAID.fullmatch(scene.folded):
        yield {}


WORDS = ("帮助", "help", "怎么用", "使用说明", "你会什么", "你能做什么", "what can you do")
RULES = (Rule("show_help", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("/help", "帮助", "怎么用?")
COUNTER_EXAMPLES = ("何总帮助我们推动", "晨岚")
