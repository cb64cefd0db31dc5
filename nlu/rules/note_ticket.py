"""A customer reports a fault or complains. Slots: customer Mention, title str."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, denied, is_plan, supposed
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.titles import words_of

GROUPS = ("fault", "complaint")
SHORT = 6  # a title shorter than this says too little
LEAST = 3  # letters that tell of anything
OURS = re.compile(
    r"我们?[搞记弄写说点录填发看听]错|[录写记填]成|点错|记错|说错|我迟到|title又错|\bmy (?:mistake|bad|fault)\b"
)
REPAIRED = re.compile(r"处理|修好|修复|解决了|恢复了?|任务|\b(?:fixed|resolved|repaired|sorted|patched|back up)\b")
FEARED = re.compile(  # what is not so, or not yet: 怕漏水, 免得掉线, 防水防漏, worried it might
    r"怕|担心|以防|以免|免得|避免|防止|防[水漏潮锈霉摔火腐]|省得|预防|会不会|不会再?|没再|不再|没有再|没出过|从没|从未|别再|假如"
    r"|\b(?:in case|afraid|avoid|prevent)\b"
    r"|\b(?:worr(?:y|ied)|scared|fears?|concerned|nervous)\b[^,.;]{0,30}\b(?:might|may|could|would|will"
    r"|to)\b|\b(?:never|has not|hasn't) (?:broken?|failed)\b"
)
OBJECTED = re.compile("嫌")  # to the price, the place, the way: nothing is broken
SAID = re.compile(
    r"[^,。;]{0,24}?(?:投诉|客诉|反映|反馈|抱怨|报修|报障|说(?!明|法)|讲|话)(?:说|讲)?[:,，： ]{0,2}"
    r"|.{0,40}?\b(?:reports?|complain(?:s|ed|ing)?|says|said)\b(?: that| about)?[: ]{0,2}",
    re.IGNORECASE,
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The fault that a clause reports, titled by the clause and what goes on about it."""
    if OURS.search(clause.text) or REPAIRED.search(clause.text) or asked(scene, clause) or supposed(scene, clause):
        return
    if all(denied(clause, word) for word in clause.words if word.group in GROUPS):
        return
    if not (clause.has("ask_tickets") and clause.has("question")):
        yield from read_perhaps(scene, clause)


def read_perhaps(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What may be a fault."""
    if FEARED.search(clause.text) or (OBJECTED.search(clause.text) and not clause.has("fault")):
        return
    if any(find.value == "lost" for find in clause.all("stage")):
        return  # a deal was lost, and nothing is broken
    if clause.customer and len(re.findall(r"\w", title := _title(scene, clause))) >= LEAST:
        yield {"customer": clause.customer, "title": title}


def _title(scene: Scene, clause: Clause) -> str:
    """What is wrong: the clause, the one before it where it says too little, and the one that goes on about it."""
    before, after = scene.before(clause), scene.after(clause)
    title = _told(scene, clause)
    if len(title) < SHORT and before and before.sentence == clause.sentence:
        title = f"{words_of(scene, before)}，{title}"
    if after and _goes_on(scene, clause, after):
        only_complains = clause.has("complaint") and after.has("fault") and not clause.has("fault")
        title = _told(scene, after) if only_complains else f"{title}，{words_of(scene, after)}"
    return title


def _goes_on(scene: Scene, clause: Clause, after: Clause) -> bool:
    """Whether the next clause is still about what is wrong, and asks nobody to do anything."""
    is_near = after.sentence == clause.sentence and after.customer == clause.customer
    return is_near and not after.has("task_ask") and not is_plan(scene, after)


def _told(scene: Scene, clause: Clause) -> str:
    """A clause in the sender's words, without who complains where it says of what."""
    whole = words_of(scene, clause)
    said = SAID.match(whole)
    return whole[said.end() :] if said and len(whole) - said.end() > LEAST else whole


RULES = (
    Rule("note_ticket", "reported", GROUPS, read, of_customer=True),
    Rule(
        "note_ticket",
        "perhaps",
        (*GROUPS, "amiss", "keeps", "shows", "resented"),
        read_perhaps,
        perhaps=True,
        of_customer=True,
    ),
)
EXAMPLES = (
    "白鹭投诉系统打不开",
    "晨岚那边接口又报错了",
    "白鹭沈经理反映货架生锈,刚装了两个月",
    "Northwind reports the sensor keeps losing its connection",
    "晨岚嗰部打印機又卡紙,幫手開張單",
    "Northwind says the labels came out wrong",
    "晨岚退件三十箱,说螺丝滑牙",
    "白鹭那批标签贴反了",
    "沈经理说小票打不出来了",
    "星河苏州那批布起皱,要退",
    "白鹭说少发了两箱",
    "白鹭冷库不制冷了,急",
    "晨岚那台压机有异响,停机了",
    "白鹭说外箱压扁了",
)
COUNTER_EXAMPLES = (
    "白鹭的工单处理完了没?",
    "谢谢何总",
    "白鹭那台叉车修好了",
    "白鹭沈经理今天没发火",
    "我说错了,白鹭是30万",
    "Lena is worried the sensor might fail",
    "怕白鹭的货漏水,多包一层",
    "白鹭这回没再掉线",
    "白鹭那个仓储项目丢单了,因为价格太高",
    "沈经理担心标签贴反",
)
