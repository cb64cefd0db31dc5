"""A chat begins with the messenger's own command. No slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene

SAID = re.compile(r"\s{0,8}/start(?:@\w{1,64})?[\s。.!?~]{0,8}")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if SAID.fullmatch(scene.folded):
        yield {}


WORDS = ("/start",)
RULES = (Rule("start_chat", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("/start",)
COUNTER_EXAMPLES = ("你好", "start the demo tomorrow")
