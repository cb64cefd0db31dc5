"""A task gets another day.

Slots: task, tasks, title, points as `finish_task` has them; due When, or by int, so many days after the task's own day
(before it where below 0); customer Mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from crm.calendar import Calendar
from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.numerals import bounds
from nlu.rule import Rule, When
from nlu.scene import Scene
from nlu.tasks import meant, named_in, numbered_near, told_task, unknown_task
from nlu.telling import due_at, missed, moves_a_close, shifted
from nlu.triggers import Word
from nlu.when.calendar import add_months

COUNT = r"\d{1,3}|[一二两三四五六七八九十半]{1,3}|another|an?|one|two|three|four|a couple of|a few"
SHIFT = re.compile(
    r"(?:往后|往前|顺延|推迟|延期|延后|推后|押后|提前|提早|顺|晚|早|迟|缓|延|推|拖|挪|放|宽限?|通融|slip|push|delay|postpone)"
    r"[^,。\d一二三四五六七八九十两半到至在于a-z]{0,4} ?(?:by )?"
    rf"(?P<n>{COUNT})\s?(?P<unit>个?工作日|天|日|个?周|个?星期|个?礼拜|个月|days?|weeks?)"
    r"|\b(?:slip|push|delay|postpone|move|bring|put|bump|shift|pull)(?:ed|s)?\b[^,。]{0,40}?"
    rf"\b(?:by|back|out|forward|off)(?: by)? (?P<n2>{COUNT})"
    r" (?:more )?(?P<unit2>(?:working |business )?(?:days?|weeks?))"
    rf"|\b(?P<n3>{COUNT}) (?P<unit3>days?|weeks?) (?:later|earlier)"
)
EARLIER = re.compile(r"提前|提早|往前|早|\b(?:forward|earlier|pull)")
NO_MOVE = re.compile(
    r"推[进荐广送出动销]|改[名称叫]|延迟(?![到至]|\d)|延[续长]|晚[上饭餐会安]|mov(?:e|ed|es) (?:in|into|on|ahead)\b"
)
VAGUE = frozenset({"改", "改成", "改在", "调到", "换到", "放到", "call it", "make it", "due", "instead"}) | {
    "is now",
    "are now",
    "now due",
    "now on",
    "until",
    "not until",
    "not till",
    "not before",
    "back to",
    "wait until",
    "wait till",
}
MERE_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tues|wednes|thurs|fri|satur|sun)day")
MERE_DAY = re.compile(r"\d{1,2}[号日]|the \d{1,2}(?:st|nd|rd|th)")
ASKED_WHETHER = re.compile(r"问[^,。]{0,6}(?:能不能|能否|可不可以|可否|是否)|\bask(?:s|ed)? (?:if|whether)\b")
CHANGED = re.compile(
    r"[\s的]{0,4}(?:时间|日期|截止|期限)?(?:改|换|调)[成为到]?| ?(?:changed? to|is (?:now )?due|due|set to)"
)
ENGLISH = {"a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "a couple of": 2, "three": 3, "a few": 3, "four": 4}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The task that a clause moves, and to when."""
    if asked(scene, clause) or supposed(scene, clause) or clause.has("target_close") or not _is_moved(scene, clause):
        return
    if ASKED_WHETHER.search(clause.text) or moves_a_close(scene, clause):
        return
    told = meant(scene, clause)
    if not told and (unknown := unknown_task(scene, clause)):
        told = [unknown]
    yield from _moved(scene, clause, told)


def read_perhaps(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The known task of a clause that names a coming day, whatever it tells of it."""
    if not scene.names.tasks or asked(scene, clause) or supposed(scene, clause) or not due_at(scene, clause):
        return
    numbered = [{"task": find.value} for find in clause.all("task")]
    told = told_task(scene, clause, clause.text) if not numbered else {}
    yield from _moved(scene, clause, numbered or ([told] if "task" in told else []))


def read_likely(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The known task of which a clause may say that it moves, asked or not: 能缓到下周二吗, 宽限两天行不."""
    is_told = _is_moved(scene, clause) or (clause.has("late") and not clause.has("move"))
    is_of_deal = clause.has("target_close") or moves_a_close(scene, clause)
    if is_told and not is_of_deal and not ASKED_WHETHER.search(clause.text):
        yield from _moved(scene, clause, meant(scene, clause))


def _moved(scene: Scene, clause: Clause, tasks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each task with its new day."""
    about = clause.customer if not numbered_near(scene, clause) else None
    slots: dict[str, Any] = {"customer": about} if about else {}
    shift = SHIFT.search(clause.text)
    for told in tasks:
        known = scene.names.tasks.get(told.get("task", ""))
        if shift and known and known.due:
            yield slots | told | {"due": When(on=_shifted(known.due, shift, scene.names.calendar))}
        elif due := _moved_to(scene, clause):
            yield slots | told | {"due": due}
        elif shift:
            yield slots | told | {"by": _days(shift)}


def _is_moved(scene: Scene, clause: Clause) -> bool:
    """Whether a clause moves something in time: 推进到商务谈判 and "move it to negotiation" move a deal."""
    if clause.first("stage") and not clause.all("task"):
        return False
    return any(_moves(scene, clause, word) for word in clause.words if word.group == "move")


def _moves(scene: Scene, clause: Clause, word: Word) -> bool:
    """Whether a word means a move in time here; some only do where a day follows: 改周五, but not 改好的图."""
    if NO_MOVE.match(scene.folded, word.start):
        return False
    is_vague = scene.folded[word.start : word.end] in VAGUE
    return not is_vague or any(0 <= find.start - word.end <= 3 for find in clause.all("when"))


def _moved_to(scene: Scene, clause: Clause) -> When | None:
    """The new day: the one behind the word that moves, else the clause's, else one that its sentence names later or
    before, else one that is over.
    """
    if (word := clause.word("move")) and (due := due_at(scene, clause, since=word.start) or _turned(scene, clause)):
        return due
    others = scene.sentence(clause)
    ordered = [clause, *(c for c in others if c.start > clause.start), *(c for c in others if c.start < clause.start)]
    told = next((due for other in ordered if (due := due_at(scene, other))), None)
    return told or missed(scene, clause, is_target=True)


def _turned(scene: Scene, clause: Clause) -> When | None:
    """A mere weekday or day of the month that was taken for the last one, as the next one: nothing moves back."""
    today = scene.now.date()
    for find in clause.all("when"):
        told: When = find.value
        if told.on is None or told.on >= today or told.until:
            continue
        if MERE_WEEKDAY.fullmatch(find.text):
            return shifted(told, timedelta(days=7))
        if MERE_DAY.fullmatch(find.text):
            return shifted(told, add_months(told.on, 1) - told.on)
    return None


def _shifted(due: date, shift: re.Match[str], calendar: Calendar) -> date:
    unit = shift["unit"] or shift["unit2"] or shift["unit3"]
    if unit.strip("个").startswith(("工作", "work", "business")):
        return calendar.after(due, _days(shift))
    return due + timedelta(days=_days(shift))


def _days(shift: re.Match[str]) -> int:
    """So many days later, earlier below 0."""
    number, unit = (shift["n"] or shift["n2"] or shift["n3"]), (shift["unit"] or shift["unit2"] or shift["unit3"])
    read = bounds(number)
    count = ENGLISH.get(number) or (int(read[0]) if read else 0)
    days = count * (7 if unit.strip("个")[0] in "周星礼w" else 30 if unit == "个月" else 1)
    return -days if EARLIER.search(shift[0]) else days


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
    Rule("move_task", "changed", (), read_changed, ("when",), words=("改", "换", "调", "change", "due", "set to")),
    Rule("move_task", "perhaps", (), read_perhaps, ("when",), perhaps=True),
    Rule("move_task", "likely", ("move", "late"), read_likely, perhaps=True),
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
    "7 往后拖三天",
    "#7 晚一周",
    "白鹭的演示环境缓一缓,下周五再说",
    "#7 两个工作日都不够,往后顺延五个工作日",
    "#7 slips, call it next Friday",
)
COUNTER_EXAMPLES = (
    "#7 完成了",
    "白鹭推进到商务谈判",
    "下周三前给晨岚何总发修订方案,推进到商务谈判",
    "move it to negotiation",
    "#7 改名为周五的演示",
    "把会议室的投影挪到三楼",
    "晨岚说行情延迟,下周再看",
)
