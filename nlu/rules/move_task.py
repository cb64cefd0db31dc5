"""A task gets another day.

Slots: task, tasks, title, points as `finish_task` has them; due When, or by int, so many days after the task's own day
(before it where below 0); customer Mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.numerals import bounds
from nlu.rule import Rule, When
from nlu.scene import Scene
from nlu.tasks import named_in, numbered_near, told_task, unknown_task
from nlu.telling import due_at, missed

SHIFT = re.compile(
    r"(?:往后|顺延|推迟|延期|延后|推后|晚|延|推|slip|push|delay"
    r"|postpone)[^,。\d一二三四五六七八九十两a-z]{0,4} ?(?:by )?(?P<n>\d{1,3}"
    r"|[一二两三四五六七八九十半]{1,3}|a|one|two"
    r"|three)\s?个?(?P<unit>天|日|周|星期|礼拜|月|days?|weeks?)"
    r"|(?:slip|push|delay|postpone|move|bring)\b[^,。]{0,24}?\b(?:by|back|out|forward)(?: by)?"
    r" (?P<n2>\d{1,3}|a|one|two|three) (?P<unit3>days?|weeks?)"
    r"|(?P<early>提前)[^,。\d一二三四五六七八九十两]{0,2}(?P<m>\d{1,3}"
    r"|[一二两三四五六七八九十]{1,3})(?P<unit2>天|周|个?星期)"
)
NO_MOVE = re.compile(r"推[进荐广送出动销]|mov(?:e|ed|es) (?:in|into|forward|on|ahead)\b")
CHANGED = re.compile(
    r"[\s的]{0,4}(?:时间|日期|截止|期限)?(?:改|换|调)[成为到]?| ?(?:changed? to|is (?:now )?due|due|set to)"
)
ENGLISH = {"a": 1, "one": 1, "two": 2, "three": 3}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The task that a clause moves, and to when."""
    if asked(scene, clause) or supposed(scene, clause) or clause.has("target_close") or not _is_moved(scene, clause):
        return
    around = scene.sentence(clause)
    text = "".join(c.text for c in around)
    about = clause.customer if not numbered_near(scene, clause) else None
    slots: dict[str, Any] = {"customer": about} if about else {}
    for told in _tasks(scene, clause, text):
        known = scene.names.tasks.get(told.get("task", ""))
        days = _days_by(clause)
        if days and known and known.due:
            yield slots | told | {"due": When(on=known.due + timedelta(days=days))}
        elif due := _moved_to(scene, clause, around):
            yield slots | told | {"due": due}
        elif days:
            yield slots | told | {"by": days}


def _tasks(scene: Scene, clause: Clause, text: str) -> list[dict[str, Any]]:
    """The tasks that a clause moves, as slots."""
    if numbered := numbered_near(scene, clause):
        return [{"task": find.value} for find in numbered]
    told = told_task(scene, clause, text) or unknown_task(scene, clause)
    return [told] if told else []


def _is_moved(scene: Scene, clause: Clause) -> bool:
    """Whether a clause moves something in time: 推进到商务谈判 and "move it to negotiation" move a deal."""
    if clause.first("stage") and not clause.all("task"):
        return False
    moves = (word for word in clause.words if word.group == "move")
    return any(not NO_MOVE.match(scene.folded, word.start) for word in moves)


def _moved_to(scene: Scene, clause: Clause, around: Sequence[Clause]) -> When | None:
    if due := due_at(scene, clause):
        return due
    later = (due for other in around if (due := due_at(scene, other)))
    return next(later, None) or missed(scene, clause, is_target=True)


def _days_by(clause: Clause) -> int:
    """So many days later (earlier: below 0), 0 where the clause gives no such number."""
    said = SHIFT.search(clause.text)
    if said is None:
        return 0
    number, unit = said["n"] or said["m"] or said["n2"], said["unit"] or said["unit2"] or said["unit3"]
    read = bounds(number)
    count = int(read[0]) if read else ENGLISH.get(number, 0)
    days = count * (7 if unit[0] in "周星礼w个" else 30 if unit[0] == "月" else 1)
    return -days if said["early"] or "forward" in said[0] else days


def read_changed(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A task whose day is told anew right behind it: #7改成下周二, #7 is due Friday now."""
    if asked(scene, clause) or supposed(scene, clause) or not (due := due_at(scene, clause)):
        return
    for told, place in named_in(scene, clause):
        changed = CHANGED.match(scene.folded, place, clause.end)
        if changed and any(find.start <= changed.end() + 1 <= find.end for find in clause.all("when")):
            yield told | {"due": due}


RULES = (
    Rule("move_task", "moved", ("move",), read),
    Rule("move_task", "changed", (), read_changed, ("when",)),
)
EXAMPLES = (
    "#7 推到下周三",
    "#7 顺延两天",
    "Push #7 to Friday",
    "#7 延到月底",
    "#7 順延到下週一",
    "#7改成下周二",
    "那个任务改成下周三",
    "#7 moved to next Friday",
    "方案那个往后推两天",
    "push #7 back by two days",
    "bring #7 forward by a week",
    "它推到下周三",
)
COUNTER_EXAMPLES = (
    "#7 完成了",
    "白鹭推进到商务谈判",
    "下周三前给晨岚何总发修订方案,推进到商务谈判",
    "move it to negotiation",
    "#7 改名为周五的演示",
    "把会议室的投影挪到三楼",
)
