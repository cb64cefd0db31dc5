"""A task need not be done any more: 取消任务12, 给何总发方案那个任务不用做了, cancel #7, drop that task.

Slots: task, tasks, title or points as `finish_task` has them. The whole message must say it of a task and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.tasks import named_in
from nlu.whole import PLEASE, whole

DROP = r"(?:取消|删除|删掉|删了|删|去掉|撤掉|作废)"
NEEDLESS = r"(?:(?:不用|不必|不需要|不)(?:再)?(?:做|办|管|弄|跟|搞|发|去)|不要|算)了"
TASK = r"(?:任务|待办)"
END = r"(?:掉|了|吧|啊|一下|它){0,3}"
SAID = re.compile(
    rf"{PLEASE}{DROP}(?:一下)?(?P<a>[^,。;!?]{{1,40}}?){END}"
    rf"|{PLEASE}(?:把|将)?(?P<b>[^,。;!?]{{1,40}}?)(?:都|就|先|也|已经?|可以|给我){{0,2}}(?:{DROP}{END}|{NEEDLESS}(?:吧|啊)?)"
    rf"|{PLEASE}(?:cancel|drop|delete|remove|scrap) (?P<c>[^,;!?]{{1,60}}?)"
    r"|(?P<d>[^,;!?]{1,60}?) (?:(?:is|was|has been) )?(?:cancell?ed|dropped|(?:no longer|not) needed(?: any ?more)?)"
)
NUMBERED = re.compile(  # what may stand beside numbers
    rf"(?:第|号|条|个|项|这|那|的|和|跟|与|、|#|{TASK}|\b(?:the|my|tasks?|to-?dos?|number|and)\b|[\s&])*"
)
A_TASK = re.compile(rf".*(?:{TASK}(?:项|事项)?|[这那](?:个|条|项){TASK}?)|.*\b(?:task|to-?do)\b")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The tasks that the message numbers, points at or tells by their words."""
    said = whole(scene, clause, SAID)
    if said is None or len(scene.clauses) > 1:
        return
    group = next(name for name in "abcd" if said[name])
    if numbered := clause.all("task"):
        rest = said[group]
        for find in numbered:
            rest = rest.replace(find.text, " ", 1)
        if NUMBERED.fullmatch(rest):
            yield from ({"task": find.value} for find in numbered)
    elif A_TASK.fullmatch(said[group]) and re.search(rf"{TASK}|task|to-?do", said[group]):
        for told, _ in named_in(scene, clause)[:1]:
            is_any = "title" in told and clause.customer is not None  # 晨岚的任务不做了: which of them is asked
            yield {"points": True, "customer": clause.customer} if is_any else told


WORDS = (
    *("取消", "删", "去掉", "撤掉", "作废", "不", "算了"),
    *("cancel", "drop", "delete", "remove", "scrap", "needed"),
)
RULES = (Rule("drop_task", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "取消任务7",
    "取消#7",
    "删除任务7",
    "#7 不用做了",
    "把任务7取消了吧",
    "#7和#8取消",
    "那个任务不用做了",
    "取消那个任务",
    "给何总发方案的任务取消",
    "cancel task 7",
    "cancel #7",
    "#7 is no longer needed",
    "drop that task",
)
COUNTER_EXAMPLES = (
    "#7 完成了",
    "晨岚的任务取消了没有",
    "取消任务提醒",
    "取消明天的拜访",
    "客户把订单7取消了",
    "#7 不急",
    "晨岚取消了任务书的评审",
    "cancel the meeting",
    "task 7 is not done",
    "Northwind cancelled the order",
)
