"""A hand-over of somebody's customers is to be put back. Slots: former Mention (whose they were)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import SOMEBODY, colleague_at
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

SAID = re.compile(
    rf"{PLEASE}(?:撤回|撤销|取消|收回)(?:对)?[ @]?(?P<a>{SOMEBODY})(?:的)?(?:客户)?(?:的)?(?:交接|移交|转交)(?:吧)?"
    rf"|{PLEASE}(?:把)?[ @]?(?P<b>{SOMEBODY})(?:的)?(?:客户)?(?:的)?(?:交接|移交|转交)(?:撤回|撤销|取消|收回)(?:吧|来)?"
    rf"|{PLEASE}(?:undo|revert|take back|put back) (?:the )?(?:hand-?over|transfer) of @?(?P<c>{SOMEBODY})"
    rf"(?:(?:'s|’s) (?:customers|accounts))?"
    rf"|{PLEASE}(?:undo|revert|take back|put back) @?(?P<d>{SOMEBODY})(?:'s|’s) (?:hand-?over|transfer)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    said = whole(scene, clause, SAID)
    group = next((group for group in "abcd" if said[group]), "") if said else ""
    former = colleague_at(scene, *said.span(group)) if said and group else None
    if former is not None:
        yield {"former": former}


WORDS = ("交接", "移交", "转交", "hand-over", "handover", "transfer")
RULES = (Rule("put_back_hand_over", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "撤回小方的交接",
    "把石佳的客户交接撤销",
    "undo the hand-over of Joy",
    "put back Joy's handover",
)
COUNTER_EXAMPLES = ("撤销", "取消晨岚的交接会", "小方的交接做完了", "undo the transfer of the order")
