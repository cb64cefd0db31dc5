"""How a task stands that somebody gave the sender: taken on, kept from, so far done.

Slots: task, tasks, title or points as `finish_task` has them; how (accepted, trouble, progress); text str, where
something is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.tasks import named_in
from nlu.whole import ENDS, LONGEST

LEAD = (
    r"[\s,:的]{0,3}(?:(?:好的?|行|可以|嗯|ok|okay|sure|yes|sorry|抱歉|不好意思)[\s,]{1,2})?"
    r"(?:我)?(?:已经|已|也|目前|现在|才|刚)?(?:i )?(?:is |it's |i'm |am )?"
)
ACCEPTED = (
    rf"{LEAD}(?:接受|接受了|接下了|接了|收到了?|没问题|领了|认领|我来|我来做"
    r"|accepted|accept|accept it|got it|on it|taken|(?:will|i'll|i’ll) (?:take|do|handle) (?:it|this|that))"
)
TROUBLE = (
    rf"{LEAD}(?:(?P<why>没空|没有空|没时间|没有时间|抽不开身|忙不过来|(?:have )?no time|(?:too |really )?busy)"
    r"|不接受?|接不了|不能接|拒绝|(?:can't|can’t|cannot|won't|won’t) (?:take|accept) (?:it|this|that)|decline|refuse"
    r"|有困难|有难度|有点困难|遇到困难|做不了|做不完|完不成|搞不定|办不了|来不及|卡住了|卡壳了"
    r"|has a problem|can't be done|cannot be done|is stuck|stuck|blocked|in trouble"
    r"|won't make it|can't do it|cannot do it)"
)
PROGRESS = (
    rf"{LEAD}(?:做|完成|写|弄|搞|办|准备|改|跑|进行|推进)(?:了|到)"
    r"(?:一半|一大?半|大半|一部分|一些|差不多|\d{1,2} ?%|百分之.{1,3}|[三四五]分之[一二三四]|[一二三四五六七八九]成)"
    rf"|{LEAD}(?:进展|进度)[:是,到 ]?.{{1,60}}|{LEAD}还差.{{1,40}}"
    rf"|{LEAD}(?:half(?:way)? done|halfway|half finished|\d{{1,2}} ?% done|nearly done"
    r"|almost done|progress: ?.{1,60})"
)
SPLIT = " ,:;，：。"
BEFORE = re.compile(r"\s*(?:i )?(?:accept|take|am stuck on|can't do|cannot do) (?:task )?$")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    more = r"(?P<more>[\s,:;,。].{1,100})?"
    kinds = (("progress", PROGRESS), ("trouble", TROUBLE), ("accepted", ACCEPTED))
    return tuple((how, re.compile(rf"(?:{said}){more}")) for how, said in kinds)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The message names one task and tells how it stands, and nothing else."""
    if clause.place or len(scene.folded) > LONGEST:
        return
    named = named_in(scene, clause)
    if len(named) != 1:
        return
    slots, place = named[0]
    end = len(scene.folded.rstrip(ENDS))
    if before := BEFORE.fullmatch(scene.folded, 0, max(0, clause.start + _task_start(clause))):
        if place >= end:
            yield slots | {"how": "accepted" if "acc" in before[0] or "take" in before[0] else "trouble"}
        return
    for how, pattern in _patterns():
        said = pattern.fullmatch(scene.folded, place, max(place, end))
        if said is not None and not (how == "accepted" and said["more"]):
            is_mere = how == "trouble" and not said["why"]
            text = scene.original(*(said.span("more") if is_mere else said.span())).lstrip(SPLIT)
            yield slots | {"how": how} | ({"text": text} if text and how != "accepted" else {})
            return


def _task_start(clause: Clause) -> int:
    task = clause.first("task")
    return task.start - clause.start if task else 0


WORDS = ("#", "任务", "待办", "个", "task", "todo", "it", "that", "this")
RULES = (Rule("report_task", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "#7做了一半",
    "#7完成了一半",
    "#7进度:方案写到第三章",
    "#7有困难,数据没拿到",
    "#7做不完",
    "#7接受",
    "#7收到",
    "#7没空",
    "#7我不接",
    "#7 ok, I'll take it",
    "#7 is half done",
    "accept #7",
    "#7 is stuck, no data yet",
    "#7 is 80% done",
)
COUNTER_EXAMPLES = (
    "#7做完了",
    "#7 done",
    "#7 推到下周三",
    "#7给小方",
    "白鹭收到报价了",
    "项目进展顺利",
    "接受了白鹭的报价",
    "这个客户有困难",
)
