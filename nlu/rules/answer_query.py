"""The sender wants to see something.

Slots: topic str (contact, deals, tasks, schedule, visits, funnel, forecast, performance, receivables, quotes,
contracts, tickets, competitors, knowledge), customer, deal, user Mention, stage str, since date, until date,
overdue True.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from nlu.clauses import Clause
from nlu.lists import parts_of
from nlu.rule import Mention, Rule, When
from nlu.scene import Scene
from nlu.settle import deal_of

TOPICS = (
    "knowledge",
    "contact",
    "competitors",
    "tickets",
    "quotes",
    "receivables",
    "forecast",
    "funnel",
    "performance",
    "schedule",
    "tasks",
    "visits",
    "contracts",
    "deals",
)
ASKING = re.compile(
    r"[?]|多少|干[嘛啥]|几[个家次单条件笔天]|谁|哪|什么|啥|怎么样|怎么[回应办]|了没|来着|(?<!没)有没有"
    r"|拉[一出]?下?来?|列|调[出给]|发我|给我(?:看|个|一|列|查|$|[,。?吧])|看看|看一下|看下|查一?下|查查"
    r"|推我|出一?张|发群里|排名|预测|清单|了吗|吗$"
    r"|show|pull up|\blist\b|what|who|how|which|where|any\b|does|leaderboard|need a name"
)
ALONE = re.compile(
    r"\s{0,8}(?:漏斗|预测|业绩|排名|日程|待办|任务|应收|工单|funnel|forecast|leaderboard|pipeline|tasks|schedule"
    r"|[一二三四q\d]+季?度?)+(?:发我|给我|看看|图|表)?[\s。!?]{0,8}|q[1-4] ?预测"
)
REQUEST = re.compile(
    r"帮我查|查一?下|列一?下|拉一?下|给我列|发我|给我看|给我一份|看一下|看看|给我个数|列出来|拉出来"
    r"|调出来|超期的|please|show me"
)
TELLING = re.compile(
    r"帮我建|帮我 ?block|\bremind\b|可以吗|能不能|行吗|把[^,。]{2,20}给我|工作日内|信息变更|提醒"
    r"|记一下|记上|请[^,。]{0,10}前|让我|问我|客户问|投诉"
    r"|报价(?!记录|历史)[^,。]{0,3}(?:给|发)|方案[^,。]{0,8}(?:发我|给我|给我看)"
    r"|合同[^,。]{0,10}(?:发我|给我)|前[^,。]{0,12}(?:发我|给我"
    r"|给我看)"
)
NOT_WORK = re.compile(r"羽毛球|奶茶|酸奶|口味|爬山|有人|carpool|吃|打赌|哈哈$")
NOT_ASKED = re.compile(r"那什么|没什么|没啥|没怎么|不怎么|不管什么|没几|好几")
LISTED = re.compile(  # 赵敏的待办, 本月业绩, 白鹭最近的拜访记录: whose or when, and what; nothing is told of it
    r"^(?![^,。]*[了过给把发要])[^,。]{2,12}?(?:待办|任务|日程|行程|业绩|排名|漏斗|商机|应收|工单"
    r"|(?:拜访|跟进|报价|联系|回款|合同|投诉)记录)(?:清单|列表|情况|汇总|明细)?[。? ]*$"
)
MINE = re.compile(r"我(?:这|名下|还|都|手|今|明|上|下|本|的|最近|要|有)|\bmy\b|我这个")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What a clause asks to see."""
    sentence = scene.sentence(clause)
    text = "".join(c.text for c in sentence if abs(c.start - clause.start) < 40)
    topic = next((t for t in TOPICS if clause.has(f"ask_{t}")), None)
    if topic is None or NOT_WORK.search(text) or TELLING.search(clause.text):
        return
    if not (_is_asking(scene, clause) or ALONE.fullmatch(clause.text)) or clause.heading.mode or clause.first("money"):
        return
    slots: dict[str, Any] = {"topic": topic}
    customer = (
        clause.customer
        if _is_said(scene, clause)
        or topic in ("contact", "competitors", "tickets", "deals", "quotes", "receivables", "contracts")
        else None
    )
    if customer and topic not in ("knowledge", "funnel", "forecast", "performance", "schedule"):
        slots["customer"] = customer
        if topic in ("deals", "contracts") and (deal := deal_of(scene, clause, fill=False)):
            slots["deal"] = deal
    slots |= _whose(scene, clause, topic) | _period(scene, clause, topic) | _narrowed(scene, clause, topic)
    several = parts_of(scene, clause) if "customer" in slots else [clause]
    for part in several:
        yield slots | ({"customer": part.customer} if len(several) > 1 else {})


def _is_asking(scene: Scene, clause: Clause) -> bool:
    """Whether the clause asks, or one beside it that says no more than "show me"."""
    if ASKING.search(NOT_ASKED.sub("", clause.text)) or (len(scene.clauses) == 1 and LISTED.search(clause.text)):
        return True
    beside = [c for c in (scene.before(clause), scene.after(clause)) if c and c.block == clause.block]
    return any(REQUEST.search(c.text) and len(c.text) <= 14 for c in beside)


def _is_said(scene: Scene, clause: Clause) -> bool:
    return any(c.all("customer", "person") for c in scene.sentence(clause))


def _whose(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    if topic in ("knowledge", "contact", "competitors"):
        return {}
    for other in (clause, *scene.sentence(clause)):
        users = [
            f for f in other.all("user") if not any(p.start == f.start and clause.customer for p in other.all("person"))
        ]
        if users and not (topic == "deals" and clause.customer):
            return {"user": Mention(scene.original(users[0].start, users[0].end), users[0].value[0])}
    if (
        scene.sender is not None
        and MINE.search(clause.text)
        and topic not in ("receivables", "contracts", "tickets")
        and scene.sender in scene.names.users
    ):
        return {"user": Mention(scene.names.users[scene.sender].name, scene.sender)}
    return {}


def _period(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    """The days asked about; a period still running ends with its own end, a mere end has no beginning."""
    earlier = [f for c in scene.sentence(clause) if c.start < clause.start for f in c.all("when")]
    alone = sum(any(c.has(f"ask_{t}") for t in TOPICS) for c in scene.sentence(clause)) == 1
    later = [f for c in scene.sentence(clause) if alone for f in c.all("when")]
    times = [
        f
        for f in clause.all("when") or earlier or later
        if f.rule != "just" and not scene.folded[: f.start].endswith(("超过", "超", "超出", "over ", "than "))
    ]
    if not times or topic in ("contact", "knowledge"):
        return {}
    when: When = times[0].value
    since, until = when.on, when.last_day
    if re.search(r"前|before|\bby\b", scene.folded[times[0].start : times[0].end + 2]):
        since = None
    found: dict[str, date] = {}
    if since:
        found["since"] = since
    if until:
        found["until"] = until
    return found


def _narrowed(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if topic == "deals":
        if stage := clause.first("stage"):
            found["stage"] = stage.value
        elif clause.has("deal_lost"):
            found["stage"] = "lost"
    if clause.has("ask_overdue") or (topic == "receivables" and any(c.has("ask_overdue") for c in scene.near(clause))):
        found["overdue"] = True
    return found


RULES = (Rule("answer_query", "asked", tuple(f"ask_{topic}" for topic in TOPICS), read),)
EXAMPLES = ("漏斗", "林晓禾上周跑了几家客户?", "白鹭还欠我们多少钱?", "What's our forecast for this quarter?")
COUNTER_EXAMPLES = ("今天去了晨岚,见了何总", "谢谢大家", "下周三前给白鹭发报价")
