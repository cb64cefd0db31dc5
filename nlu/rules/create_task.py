"""Something is to be done, by anyone in the team.

Slots: title str, due When, assignee Mention (left out: the sender), customer Mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.assignees import assignee_of, called_on, is_only_called, mention_of
from nlu.clauses import Clause
from nlu.deadlines import deadline_of
from nlu.following import ADDS, goes_on
from nlu.mood import ahead, asked, failed, is_plan
from nlu.rule import Rule, When
from nlu.scene import Scene
from nlu.telling import due_at
from nlu.titles import title_of

GROUPS = ("task_ask", "task_verb")
ASKED_OF_US = re.compile(r"[让叫请要催求](?:我们|咱们|我方|我|咱|他们?给)|要求|we owe|wants?\b|needs?\b|asked")
TO_US = re.compile(r"[让叫请催](?:我们|咱们|我方|我)(?!再?(?:等|考虑|想|别|不|放心|说|问|觉得|感觉|看看|看到|有点|很))")
EXPLICIT = re.compile(
    r"提醒|记得|别忘|要记|需要|尽快|答应|承诺|得去|要去|安排一?下|跟进一?下|盯一?下|催一?下|建个?任务"
    r"|待办|记个日程|帮我记上|挂个提醒|务必|麻烦|拜托|改约|改到|约了|约咗|约好"
    r"|约在|remind|don't forget|please|\bask \w+ to|make sure|let's|can you|could you|need to"
    r"|needs? |must|i'll|we'll|we owe"
    r"|going to|follow up|get a|confirmed for|is set for|booked for|set up|chase|prep|on my desk|back to"
    r"|gets|wants?\b"
)
DEADLINE = re.compile(r"前|之前|以前|内|截止|最晚|为止|\bby\b|before|within|until|\bbefore\b")
NOT_OURS = re.compile(r"\b(?:they|he|she|the [a-z]+(?: [a-z]+)?) (?:must|will|have to|has to|can|could)\b")
NOT_NOW = re.compile(r"^[\s一二三四五六]*、?希望|如果|要是|假如|万一|\bif\b|本来|原定|原本|不用|不急|先不|先别|别跟了")
WHICH = re.compile(
    r"哪些|哪几|几家|几个客户|多少|什么时候|有没有|(?:见|约|找|联系|跟进|拜访)了?谁|去哪|干[嘛啥]|[该要]做什么|干什么"
    r"|\bwhat\b|\bwhich\b|\bwho (?:should|do|did|am)\b|\bwhere (?:is|are|was|were)\b|\bhow (?:many|much)"
)
THEIRS = re.compile(
    r"^[\s,嗯呃啊哦]*(?:(?:客户|对方|院方|他们|人家|他|她|佢)(?!的|那边|们的|家的)|[^,。;:]{0,4}?(?:说|讲|表示|话))"
    r"(?![^,。]{0,14}(?:让|要我|请我|叫我|催我|我[^,。]{0,12}[给去发]))"
)
SIGNING = re.compile(
    r"(?:预计|估计|计划|有望|争取|大概|应该|应)?[^,。]{0,6}(?:签单|签约|签下|签得|签不|能签|就签|签了"
    r"|签订|签合同|签[ ~～!。,;啊吧]*$|成交|delay|(?:万|款|元)[^,。]{0,6}到[ ,。]*$|开标|over the line"
    r"|到期|到账|拿下|关单"
    r"|(?:预计|估计|有望|争取|大概|应该|可能)[^,。]{0,14}签|落单|付清|支付|付\d|付[三四五六七八九一二]|付一半|close|sign\b|expires?|runs)"
)
DONE_TODAY = re.compile(r"(?:今[天早]|[昨前]天|刚才?|[上下中]午)[^把,。]{0,8}(?:去|见|聊|谈|跑|拜访|到|打)了")
DO = re.compile(r"送|发|寄|提交|去|拜访|准备|整理|写|打电话|联系|催")
NOTHING_TO_DO = re.compile(
    r"特此|退休|离职|休产假|休假|接班|调走|汇报一?下|情况[::]|还没|尚未|给我个数|没空|别让我|谁还没"
    r"|如下|地址|迁至|总机|到期|有效期"
    r"|管到|合[同约]到|服务[^,。]{0,4}到|please fix"
    r"|please log|改一?下$|各位,|应收提醒|放假|返程|生日"
    r"|开会通知|羽毛球|爬山|聚餐|团建|奶茶|请假|吃粉|先到先得|再说吧?|口味|再定|不考虑|再施工"
)
TALK_AHEAD = re.compile(
    r"见|约|会|聊|谈|拜访|去|吃|喝|饭|lunch|dinner|breakfast|call|zoom|meeting|demo|visit|see|到|培训|演示|kickoff"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What a clause wants done."""
    if (
        clause.heading.mode == "past"
        or not _wants_doing(scene, clause)
        or (clause.all("task") and clause.has("move", "done"))
    ):
        return
    for slots in _wanted(scene, clause):
        if (
            slots.keys() & {"due", "assignee"}
            or _is_explicit(clause)
            or TO_US.search(clause.text)
            or (clause.heading.mode == "plan" and clause.listed)
        ):
            yield slots


def read_perhaps(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What may be something to do."""
    yield from _wanted(scene, clause)


def _wanted(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    someone = assignee_of(scene, clause)
    title = title_of(scene, clause, someone)
    if len(title) < 2 or is_only_called(scene, clause):
        return
    slots: dict[str, Any] = {"title": title}
    if clause.customer and (clause.customer.by != "focus" or goes_on(scene, clause)):
        slots["customer"] = clause.customer
    if due := deadline_of(scene, clause):
        slots["due"] = due
    if someone:
        slots["assignee"] = mention_of(scene, someone)
    yield slots


def _wants_doing(scene: Scene, clause: Clause) -> bool:
    text = clause.text
    if NOTHING_TO_DO.search(text) or not (clause.has(*GROUPS) or TALK_AHEAD.search(text)) or _asks(scene, clause):
        return False
    if clause.heading.mode == "plan":
        return not _is_for_them(scene, clause)
    if clause.heading.mode == "past" and not (ahead(scene, clause) and (DEADLINE.search(text) or _is_explicit(clause))):
        return False
    moves_deal = clause.first("stage") is not None and clause.has("stage_move") and not clause.all("when")
    if moves_deal or NOT_OURS.search(text) or NOT_NOW.search(text):
        return False
    if called_on(scene, clause):
        return clause.has("task_verb") and not DONE_TODAY.search(text)
    signing = SIGNING.search(text) and not _is_explicit(clause) and not DO.search(text)
    theirs = (THEIRS.match(text) or _is_demanded(clause)) and not ASKED_OF_US.search(text.replace("要求", "", 1))
    return not signing and not theirs and _is_told_ahead(scene, clause)


def _is_demanded(clause: Clause) -> bool:
    """何总要求12月前上线: what the customer wants to come about, asked of nobody."""
    people = clause.all("person", "customer")
    return bool(
        people
        and re.match(r"(?:那边)?(?:要求|希望|计划|打算|准备|预计)(?!我)", clause.text[people[0].end - clause.start :])
    )


def _is_for_them(scene: Scene, clause: Clause) -> bool:
    """Whether an item of a plan is the customer's: 陶欣: 提供测试数据."""
    people = [f for f in clause.all("person") if not any(u.start == f.start for u in clause.all("user"))]
    return (
        bool(people) and people[0].start <= clause.start + 1 and scene.folded[people[0].end : people[0].end + 1] == ":"
    )


def _asks(scene: Scene, clause: Clause) -> bool:
    """Whether a clause wants to know something rather than to have it done."""
    if WHICH.search(clause.text) and not re.search(r"提醒|确认|问|查清", clause.text):
        return True
    return asked(scene, clause) and not _is_explicit(clause) and not called_on(scene, clause)


def _is_told_ahead(scene: Scene, clause: Clause) -> bool:
    """A coming time with something to do at it, or words that ask for it outright."""
    deadline = due_at(scene, clause) is not None and bool(DEADLINE.search(clause.text))
    before = scene.before(clause)
    told_before = (
        before is not None and before.block == clause.block and _says_only_when(before) and ahead(scene, before)
    )
    coming = (ahead(scene, clause) and is_plan(scene, clause)) or (told_before and not clause.all("when"))
    money_matter = clause.has("budget", "payment", "probability", "customer_new") or clause.all("money", "percent")
    if (money_matter or _of_terms(clause)) and not _is_explicit(clause):
        return deadline and bool(re.search(r"[给交打](?!过来)", clause.text)) and not re.search("付|质保", clause.text)
    if ASKED_OF_US.search(clause.text) and (clause.has("task_verb") or deadline):
        return deadline or coming or (not failed(scene, clause) and "让我" in clause.text)
    if _is_explicit(clause) and (clause.has("task_verb") or coming):
        return True
    return (deadline or coming) and (clause.has("task_verb") or bool(TALK_AHEAD.search(clause.text)))


def _of_terms(clause: Clause) -> bool:
    """Whether a clause tells when the customer pays, rather than that somebody is to ask about it."""
    return clause.has("terms") and not re.search(
        r"确认|催|发|打电话|沟通|谈|问|提醒|核对|remind|chase|send", clause.text
    )


def _is_explicit(clause: Clause) -> bool:
    return bool(EXPLICIT.search(clause.text) or ADDS.match(clause.text))


def _due_around(scene: Scene, clause: Clause) -> Any:
    """The time that the clause before or behind gives, where that says little else; in a plan any before it."""
    for other in (scene.before(clause), scene.after(clause)):
        if other and other.block == clause.block and _says_only_when(other) and (due := due_at(scene, other)):
            return due
    if clause.heading.has_day and clause.heading.base and clause.heading.mode == "plan":
        return When(on=clause.heading.base.date())
    if clause.heading.mode == "plan":
        earlier = [c for c in scene.sentence(clause) if c.start < clause.start]
        return next((due for other in reversed(earlier) if (due := due_at(scene, other))), None)
    return None


def _says_only_when(clause: Clause) -> bool:
    rest = clause.text
    for find in clause.all("when"):
        rest = rest.replace(find.text, "", 1)
    return bool(clause.all("when")) and len(rest.strip(" ,。:!")) <= 3


RULES = (Rule("create_task", "wanted", (), read), Rule("create_task", "perhaps", (), read_perhaps, perhaps=True))
EXAMPLES = (
    "明天上午十点去晨岚拜访何总",
    "下周三前给白鹭发修订报价",
    "提醒我周五给何总打电话",
    "Remind me to call Lena on Friday",
)
COUNTER_EXAMPLES = ("今天去了晨岚,见了何总", "他们月底给答复", "谢谢大家", "白鹭预计月底签")
