"""The sender wants to see something.

Slots: topic str (contact, deals, tasks, schedule, visits, funnel, forecast, performance, receivables, quotes,
contracts, tickets, competitors, knowledge, customers), customer, deal, user, contact Mention, stage, role, tier str,
since date, until date, overdue True. How it is wanted: how str (count, sum, state, last), everyone True, stalled True,
idle_days int, no_next_step True, none_made True (who made no visit), done True (finished tasks), by str (created),
per str (customers counted by province, city, industry, tier, owner, source).
`team` str: the team that is named. `known_by` str: the person or deal that stands for the customer where none is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.asking import COUNT, SUM
from nlu.clauses import Clause
from nlu.question import TOPICS, questions, topic_of
from nlu.rule import Rule
from nlu.scene import Scene

ASKING = re.compile(
    r"[?]|多少|干[嘛啥]|几[个家次单条件笔天]|谁|哪|什么|啥|怎么样|怎么[回应办]|了没|来着|(?<!没)有没有"
    r"|拉[一出]?下?来?|列|调[出给]|发我|给我(?:看|个|一|列|查|$|[,。?吧])|看看|看一下|看下|查一?下|查查"
    r"|推我|出一?张|发群里|排名|预测|清单|了吗|吗$"
    r"|show|pull up|\blist\b|what|who|how|which|where|when (?:did|was|were)|any\b|does|leaderboard|need a name"
)
ALONE = re.compile(
    r"\s{0,8}(?:漏斗|预测|业绩|排名|日程|待办|任务|应收|工单|funnel|forecast|leaderboard|pipeline|tasks|schedule"
    r"|[一二三四q\d]++季?度?)++(?:发我|给我|看看|图|表)?[\s。!?]{0,8}|q[1-4] ?预测"
)
REQUEST = re.compile(
    r"帮我查|查一?下|列一?下|拉一?下|给我列|发我|给我看|给我一份|看一下|看看|给我个数|列出来|拉出来"
    r"|调出来|超期的|please|show me"
)
TELLING = re.compile(
    r"帮我建|帮我 ?block|\bremind\b(?! me (?:who|what|where|how|when))|可以吗|能不能|行吗|提醒|记一下|记上|问我|客户问"
    r"|前[^,。]{0,12}(?:发我|给我)"
)
NOT_ASKED = re.compile(r"那什么|没什么|没啥|没怎么|不怎么|不管什么|没几|好几")
LISTED = re.compile(  # 赵敏的待办, 本月业绩, 白鹭最近的拜访记录: whose or when, and what; nothing is told of it
    r"^(?![^,。]*[了过给把发要])[^,。]{2,12}?(?:待办|任务|日程|行程|业绩|排名|漏斗|商机|应收|工单"
    r"|(?:拜访|跟进|报价|联系|回款|合同|投诉)记录)(?:清单|列表|情况|汇总|明细)?[。? ]*$"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What a clause asks to see."""
    topic = topic_of(clause)
    if topic is not None:
        yield from _read(scene, clause, topic)


def read_stage(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """How many deals, or how much money, stand in the stage that a clause names."""
    if topic_of(clause) is None and (SUM.search(clause.text) or COUNT.search(clause.text)):
        yield from _read(scene, clause, "deals")


def _read(scene: Scene, clause: Clause, topic: str) -> Iterator[dict[str, Any]]:
    if TELLING.search(clause.text):
        return
    if not (_is_asking(scene, clause) or ALONE.fullmatch(clause.text)) or clause.heading.mode or clause.first("money"):
        return
    yield from questions(scene, clause, topic)


def _is_asking(scene: Scene, clause: Clause) -> bool:
    """Whether the clause asks, or one beside it that says no more than "show me"."""
    if ASKING.search(NOT_ASKED.sub("", clause.text)):
        return True
    if len(scene.clauses) == 1 and LISTED.search(clause.text) and not clause.has("deal_new"):
        return True
    beside = [c for c in (scene.before(clause), scene.after(clause)) if c and c.block == clause.block]
    return any(REQUEST.search(c.text) and len(c.text) <= 14 for c in beside)


RULES = (
    Rule("answer_query", "asked", tuple(f"ask_{topic}" for topic in TOPICS), read),
    Rule("answer_query", "counted by stage", (), read_stage, ("stage",)),
)
EXAMPLES = (
    "方一诺今天去哪了",
    "漏斗",
    "林晓禾上周跑了几家客户?",
    "白鹭还欠我们多少钱?",
    "What's our forecast for this quarter?",
    "商务谈判阶段一共多少钱",
    "哪些单子没有下一步",
    "哪些单子十天没联系了",
    "which deals had no contact for 10 days?",
    "any deals that nobody touched for two weeks?",
)
COUNTER_EXAMPLES = (
    "今天去了晨岚,见了何总",
    "谢谢大家",
    "下周三前给白鹭发报价",
    "晨岚推进到商务谈判,金额80万",
    "let Joy do #7",
    "晨岚的对手是云杉软件",
)
