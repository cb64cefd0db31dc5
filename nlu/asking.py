"""What a question asks of its topic: a list, a count, a sum, how a thing stands; whose; and what it is narrowed to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nlu.clauses import Clause
from nlu.names import fold
from nlu.numerals import bounds, english
from nlu.rule import Mention
from nlu.scene import Scene
from nlu.segment import is_ordinary
from nlu.short_forms import surname_of

SUM = re.compile(
    r"多少钱|多少金额|多大金额|总额|总金额|合计|总共多少(?![个家次单条位])|一共多少(?![个家次单条位])|金额(?:是|有|加起来)?多少"
    r"|how much|\btotal\b|\bsum\b|combined value|worth"
)
COUNT = re.compile(r"(?<![好没十])几[个家次单条件位]|多少|how many|number of|\bcount\b")
STATE = re.compile(
    r"到哪|哪一?步|哪个阶段|什么阶段|什么进度|进展|进度|怎么样|咋样|啥情况|什么情况|下一步(?:是|怎么)|(?:什么时候|啥时候|何时|多久)能?签"
    r"|what stage|which stage|status|where (?:are|is|do)|how(?:'s| is| are) |stage is|stand with"
)
STALLED = re.compile(
    r"卡[住着壳]|卡(?=了|在)|停滞|停在|没动静|没有动静|没进展|没有进展|没动过|一直没动|搁置|凉着|晾着|冷掉|很久没|好久没|长期没|没人跟|[没未]有?(?:联系|跟进)"
    r"|\bstalled\b|\bstuck\b|\bidle\b|gone (?:quiet|cold|silent)|\bstale\b|not moving|no movement"
)
IDLE = re.compile(
    r"(?:超过|超)?(?P<zh>\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?P<unit>天|日|周|星期|礼拜|月)(?:以上|多)?(?:都|还|内)?"
    r"(?:没有?|未|不)(?:人)?(?:再)?(?:联系|跟进|拜访|沟通|联络|动|碰|更新|去)"
    r"|(?:no contact|not contacted|not touched|untouched|silent|idle|quiet|no activity|stalled|stuck) "
    r"(?:for|in|since)? ?(?:over |more than |at least |the last )?(?P<en>\d{1,3}|[a-z]{3,6}) (?P<span>day|week|month)s?"
)
DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "day": 1, "week": 7, "month": 30}
NO_NEXT_STEP = re.compile(
    r"(?:没有?|缺|无)(?:安排|定|写)?(?:任何)?(?:下一步|后续|跟进计划|跟进任务|下步|待办|任务)"
    r"|下一步(?:没有?|还没|空着|是空)|no next (?:step|action)|without (?:a |any )?next (?:step|action)"
)
EVERYONE = re.compile(
    r"(?<![见约找系进访过了给跟])谁|哪些人|哪[个位](?:同事|销售)|全组|全队|全员|团队|大家|所有人|各人|每个人|人均|组里|我们组|下属|手下|底下"
    r"|\bteam(?:'s)?\b|every(?:one|body)(?:'s)?|\bwho(?:se)?\b(?! (?:should|do|did|am|can|have) i)|\breps\b"
)
NONE_MADE = re.compile(  # asked of people: who made no visit
    r"没(?:有)?(?:去|拜访|跑|出去|见客|记)|一[次家个]都没|\b(?:hasn't|haven't|didn't|has not|have not|did not) "
    r"(?:logged?|visit(?:ed)?|made?|seen?|see|met|meet|report(?:ed)?)|\bno visits?\b|\bwithout (?:a |any )?visits?"
)
DONE = re.compile(
    r"完成了(?!多少[钱万])|做完了|干完了|办完了|已完成|完成的|做完的|办结"
    r"|\bfinished\b|\bcompleted\b|\bdone\b|did .{0,12}finish"
)
NOT_DONE = re.compile(r"没(?:有)?(?:做|干|办|完)|未完成|还没|not (?:done|finished)|\bopen\b|unfinished")
CREATED = re.compile(r"新增|新建|新开|新立|新进来?的|新的|\bnew\b|created|opened|added")
POINTS_BACK = re.compile(
    r"[这那]个?(?:单|家|边|客户|项目|商机)|该客户|他们|她们|它|人家|对方|[他她](?!们?说)"
    r"|\b(?:this|that) (?:deal|one|customer|account)|\btheir\b|\bthey\b|\bit\b"
)
MY = r"\bmy\b(?! (?:team|people|reps|group|department))"
OUR_TEAM = r"(?:的|们的?)?(?:团队|组|队|下属|手下|部门)|下[面属边]"  # 我的团队 is more than oneself
MINE = re.compile(
    rf"[我俺](?!{OUR_TEAM})(?:这|名下|手|还|都|今|明|昨|后|上|下|本|的|最近|要(?!看|查|一份|个)|有|去|拜访|跑|见|签|开了|卖|丢"
    r"|负责|约)"
    rf"|^[我俺](?!{OUR_TEAM}|们|方|司|看|想|先|再|来|找)|我这个"
    rf"|{MY}|\bmine\b"
    r"|\bi\b(?! (?:need|want|mean|think|guess|would|wonder|see\b))(?<!can i)(?<!could i)(?<!may i)"
)
MY_OWN = re.compile(rf"[我俺](?!{OUR_TEAM})(?:名下|手[上头里]|的|这边|负责|自己|要去|要支持)|{MY}|\bmine\b")
NOBODY = re.compile(
    r"(?:看看|看一?下|查一?下|查查|帮我查)?(?P<zh>[小老阿]?[一-鿿]{1,3})"
    r"(?=的(?:任务|待办|商机|单子|拜访|日程|安排|行程|业绩|漏斗)|(?:上周|上个月|昨天|今天|这周|本周|这个月|本月|最近|手[上里]|名下))"
    r"|(?P<en>[a-z]{2,12})(?='s (?:open |overdue )?(?:tasks|deals|visits|schedule|pipeline|calendar))"
)
NO_NAMES = frozenset({"today", "tomorrow", "yesterday", "week", "month", "team", "everyone", "everybody", "customer"})


def asked_for(scene: Scene, clause: Clause, topic: str) -> dict[str, Any]:
    """How the answer is wanted and what it is narrowed to, as slots: how, stalled, idle_days, no_next_step, everyone,
    none_made, done, by. What is not said is left out.
    """
    text = "".join(c.text for c in scene.sentence(clause) if abs(c.start - clause.start) < 40)
    found: dict[str, Any] = {}
    if how := _how(text, topic):
        found["how"] = how
    if topic in ("deals", "customers"):
        found |= _neglected(text)
    if topic == "deals" and CREATED.search(text):
        found["by"] = "created"
    if topic == "tasks" and DONE.search(text) and not NOT_DONE.search(text):
        found["done"] = True
    if EVERYONE.search(text):
        found["everyone"] = True
        if topic == "visits" and NONE_MADE.search(text):
            found["none_made"] = True
    return found


def _how(text: str, topic: str) -> str:
    if topic in ("deals", "visits", "tasks"):
        if topic == "deals" and SUM.search(text):
            return "sum"
        if COUNT.search(text):
            return "count"
    return "state" if topic == "deals" and STATE.search(text) else ""


def _neglected(text: str) -> dict[str, Any]:
    if NO_NEXT_STEP.search(text):
        return {"no_next_step": True}
    idle = IDLE.search(text)
    if idle is None:
        return {"stalled": True} if STALLED.search(text) else {}
    days = days_told(idle.groupdict())
    return {"stalled": True} | ({"idle_days": days} if days else {})


def days_told(idle: Mapping[str, str | None]) -> int:
    """How many days a stretch told in words is (zh and unit, or en and span), 0 where it cannot be told."""
    day = DAYS.get(idle["unit"] or idle["span"] or "", 0)
    if idle["zh"] == "半":
        return day // 2
    if idle["zh"]:
        exact = bounds(idle["zh"])
        return int(exact[0]) * day if exact else 0
    return int(english(idle["en"] or "") or 0) * day


def nobody(scene: Scene, clause: Clause) -> Mention | None:
    """A colleague's name that nobody goes by: 小黄的任务. What was found to be something else is no name."""
    said = NOBODY.match(clause.text)
    if said is None:
        return None
    group = "zh" if said["zh"] else "en"
    name, start, end = said[group], clause.start + said.start(group), clause.start + said.end(group)
    is_called = name[0] in "小老阿" and len(name) == 2  # whoever is called so asks of a colleague, not of a contact
    finds = [find for find in clause.finds if not (is_called and find.kind == "person")]
    if EVERYONE.search(name) or any(find.start < end and start < find.end for find in finds):
        return None
    if group == "zh":
        if not surname_of(name.lstrip("小老阿") if is_called else name) or is_ordinary(name) or len(name) == 1:
            return None
    elif name in NO_NAMES or any(fold(product) == name for product in scene.names.products):
        return None
    return Mention(scene.original(start, end))
