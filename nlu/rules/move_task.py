"""A known task gets another day. Slots: task Key, or title str; due When; customer Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from nlu.clauses import Clause
from nlu.known import KnownTask
from nlu.mood import asked, supposed
from nlu.numerals import bounds
from nlu.rule import Rule, When
from nlu.scene import Scene
from nlu.tasks import likeliest
from nlu.telling import due_at

SHIFT = re.compile(
    r"(?:往后|顺延|推迟|延期|延后|推后|晚|延|推|slip|push|delay"
    r"|postpone)[^,。\d一二三四五六七八九十两a-z]{0,4} ?(?:by )?(?P<n>\d{1,3}"
    r"|[一二两三四五六七八九十半]{1,3}|a|one|two"
    r"|three)\s?个?(?P<unit>天|日|周|星期|礼拜|月|days?|weeks?)"
    r"|(?P<early>提前)[^,。\d一二三四五六七八九十两]{0,2}(?P<m>\d{1,3}"
    r"|[一二两三四五六七八九十]{1,3})(?P<unit2>天|周|个?星期)"
)
NO_MOVE = re.compile(r"推[进荐广送出动销]|mov(?:e|ed|es) (?:in|into|forward|on|ahead)\b")
ENGLISH = {"a": 1, "one": 1, "two": 2, "three": 3}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The task that a clause moves, and to when."""
    if asked(scene, clause) or supposed(scene, clause) or clause.has("target_close") or not _is_moved(scene, clause):
        return
    around = scene.sentence(clause)
    text = "".join(c.text for c in around)
    numbered = clause.all("task") or [f for c in around for f in c.all("task")]
    task = scene.names.tasks[numbered[0].value] if numbered else likeliest(scene, clause, text)
    if task is None:
        return
    if due := _moved_by(scene, clause, task) or _moved_to(scene, clause, around):
        slots: dict[str, Any] = {"customer": clause.customer} if clause.customer else {}
        yield slots | {"task": task.key, "due": due}


def _is_moved(scene: Scene, clause: Clause) -> bool:
    """Whether a clause moves something in time: 推进到商务谈判 and "move it to negotiation" move a deal."""
    if clause.first("stage") and not clause.all("task"):
        return False
    moves = (word for word in clause.words if word.group == "move")
    return any(not NO_MOVE.match(scene.folded, word.start) for word in moves)


def _moved_to(scene: Scene, clause: Clause, around: Sequence[Clause]) -> When | None:
    if due := due_at(scene, clause):
        return due
    return next((due for other in around if (due := due_at(scene, other))), None)


def _moved_by(scene: Scene, clause: Clause, task: KnownTask) -> When | None:
    """So many days or weeks after (before) the old day."""
    said = SHIFT.search(clause.text)
    if said is None or task.due is None:
        return None
    number, unit = said["n"] or said["m"], said["unit"] or said["unit2"]
    read = bounds(number)
    count = int(read[0]) if read else ENGLISH.get(number, 0)
    days = count * (7 if unit[0] in "周星礼w个" else 30 if unit[0] == "月" else 1)
    if not days:
        return None
    return When(on=task.due + timedelta(days=-days if said["early"] else days))


RULES = (Rule("move_task", "moved", ("move",), read),)
EXAMPLES = ("#7 推到下周三", "#7 顺延两天", "Push #7 to Friday")
COUNTER_EXAMPLES = (
    "#7 完成了",
    "白鹭推进到商务谈判",
    "下周三前给晨岚何总发修订方案,推进到商务谈判",
    "move it to negotiation",
)
