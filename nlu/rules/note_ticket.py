"""A customer reports a fault or complains. Slots: customer Mention, title str."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, is_plan, supposed
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.titles import words_of

FAULT = re.compile(
    r"投诉|客诉|异常|失效|登录不|反馈[^,。]{0,10}(?:问题|故障|错)|抱怨|不满|太慢|卡死|卡顿|掉线|中断|出问题|出故障|有毛病|少发|漏发|错发|不亮|不转"
    r"|不动了|打不了|开不了|收不到|看不到|失败|报错|打不开|登不上|进不去|无法|崩|宕机"
    r"|当机|死机|又停|用不了|异响|怪声|漏[油水液]|堵针|转圈|迟到|没反应|失灵|没入账|算错|发错|错位"
    r"|没效果|(?:[很太好老]|有点|特别|非常)卡|卡得|[开寄送]错|坏了|报个障|故障|报修|开张单|闪退|蓝屏|连不上|对不上|(?<![暂叫喊])停了"
    r"|\b(?:is|are|went|goes|been|still) down\b|down again"
    r"|timing out|keeps|crash|error|broken|fail|leaking|complain|offline|unhappy|upset|stuck|frozen|slow"
    r"|missing parts|damaged|defect|overheat|malfunction|disconnect|wrong invoice|duplicate|furious"
    r"|going off|not working|doesn't work|bouncing|outage|stopped working"
)
SHORT = 6  # a title shorter than this says too little
OURS = re.compile(r"我[搞记弄写]错|录成|点错|记错|说错|写错|税号错|title又错")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The fault that a clause reports, titled by the clause and what goes on about it."""
    if not clause.customer or not FAULT.search(clause.text) or OURS.search(clause.text):
        return
    if (
        asked(scene, clause)
        or supposed(scene, clause)
        or (clause.has("ask_tickets") and clause.has("question"))
        or is_plan(scene, clause)
    ):
        return
    if re.search(r"处理|修好|任务", clause.text) or clause.has("done"):
        return
    yield from _reported(scene, clause)


def read_perhaps(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What may be a fault."""
    if clause.customer:
        yield from _reported(scene, clause)


def _reported(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    before, after = scene.before(clause), scene.after(clause)
    title = words_of(scene, clause)
    if len(title) < SHORT and before and before.sentence == clause.sentence:
        title = f"{words_of(scene, before)}，{title}"
    if (
        after
        and after.sentence == clause.sentence
        and after.customer == clause.customer
        and not after.has("task_ask")
        and not is_plan(scene, after)
    ):
        title = f"{title}，{words_of(scene, after)}"
    yield {"customer": clause.customer, "title": title}


RULES = (
    Rule("note_ticket", "reported", ("ticket",), read),
    Rule("note_ticket", "perhaps", (), read_perhaps, perhaps=True),
)
EXAMPLES = ("白鹭投诉系统打不开", "晨岚那边接口又报错了")
COUNTER_EXAMPLES = ("白鹭的工单处理完了没?", "谢谢何总")
