"""Something is to be done, by anyone in the team.

Slots: title str, due When, assignee Mention (left out: the sender), customer Mention, for_everyone True (nobody is
called on by name).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nlu.assignees import assignee_of, called_on, called_with, is_only_called, mention_of
from nlu.clauses import Clause
from nlu.deadlines import deadline_of
from nlu.following import ADDS, goes_on
from nlu.lists import parts_of
from nlu.mood import ahead, asked, failed, is_plan, supposed, told_as_past
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.telling import due_of, missed
from nlu.titles import says_thing, title_of

ASKED_FOR = re.compile(  # what asks for something to be done, or promises it
    r"提醒|记得|别忘|待办|任务|日程|务必|麻烦|拜托|尽快|答应|承诺|(?:[让叫催要]|请(?=我们))(?:我|咱)|跟进一?下|安排一?下|[盯催]一下|约[了咗好在定]|改[约到]"
    r"|remind|don't forget|please|make sure|need to|must\b|follow up|chase|i'll|we'll|we owe|on my desk"
    r"|(?:set|booked) (?:for|up)|\btold \w+ (?:i|we)(?:'d|'ll| would| will)\b|\btold \w+ (?:he|she|they)(?:'d"
    r"|'ll) (?:have|get)\b"
)
MEETS = re.compile(
    r"见|约|会|聊|谈|吃|饭|访|培训|演示|\b(?:lunch|dinner|breakfast|coffee|call|zoom|meeting|demo|visit|kickoff)\b"
)
DONE = re.compile(r"(?:今[天早]|[昨前]天|刚才?|[上下中]午)[^把,。]{0,8}(?:去|见|聊|谈|跑|拜访|到|打)了")
THEIRS = re.compile(  # what the customer does or says
    r"^[\s,嗯呃啊哦]*(?:(?:客户|对方|院方|他们|人家|[他她佢]|they|he|she)(?!的|那边|们的|家的)|[^,。;:]{0,4}(?:说|讲|表示))"
    r"(?![^,。]{0,14}(?:[让要请叫催]我|us\b|me\b))"
)
THEY = re.compile(r"[\s,]{0,3}(?:and |but |so )?(?:they|he|she)\b")
THEY_WILL = re.compile(  # behind a customer or somebody there
    r"(?: \w+)? ?(?:will|'ll|is going to|are going to|(?:has|have)? ?promised to|hopes? to|plans? to|intends? to"
    r"|is due to|are due to)"
    r" (?!(?:also |then )?(?:see|meet|host|visit|join|come|have|need|be)\b)"
)
THEY_ANSWER = re.compile(  # whatever else is told: he lets us know, and we wait
    r"(?:客户|对方|[一-鿿]方|人家|[他她佢](?:们|哋)?|[一-鿿](?:总|工|经理|主任|院长))(?:说|讲|话)?(?:那边|这边|那里)?[^,。我咱@]{0,10}"
    r"(?:给|有|出|俾|畀)(?:我们?|咱们?|我哋)?个?(?:答复|回复|反馈|准信|回话|结果|结论|消息|答覆|信)[了吧啊。, ]{0,3}$"
)
OUTRIGHT = re.compile(  # asks for a task whatever else is said
    r"(?<![我还不没])(?:记得(?!上次|上回|他|她|那|当时|以前)|别忘了?(?!了?吧)|提醒我(?!们)|务必)"
    r"|\bremind me to\b|\bdon't forget to\b"
)
NEXT_STEP = re.compile(  # whom to talk to next; nothing in it that says that one has
    r"(?:下一步|接下来|后面|然后|回头|最好|先|再|还|你|我们?|咱们?|得|要|需要|应该|该|必须|可以|打算|准备|想|去|安排"
    r"|建议|,|:| ){0,5}"
    r"(?:找|跟|和|约|同|与)[^,。;!?了过完]{1,20}?(?:再)?(?:谈|聊|见|沟通|碰|对|会|吃)(?:一?[次下面聊谈顿]|一?个面|次饭|顿饭)*"
    r"|(?:next step:? ?|next,? |we |i |you |should |need to |needs to |must |have to |let's |please |try to |to ){0,4}"
    r"(?:talk|speak|meet|sit down|(?:have|set up) a (?:talk|chat|word|call|meeting)) (?:to |with )?"
    r"(?:their|the|his|her|mr|mrs|ms|dr|[a-z]+'s)\b[^,;!?]{1,40}?(?: (?:once|again|first|in person))?"
)
TOLD_TO = re.compile(r"(?:请|麻烦|帮我)?(?:提醒|叮嘱)(?!我|大家|客户)|(?:please )?remind (?!me\b|us\b)")
DEALS = ("money", "percent")
OF_DEALS = (
    *("budget", "payment", "probability", "terms", "expires", "deal_won", "close_on", "target_close", "customer_new"),
    *("address", "birthday"),
)
EACH = re.compile(r"都|各|分别|、|\b(?:both|each)\b")
NEAR = 24  # characters before a clause in which all may be called on
AFTERTHOUGHT = re.compile(
    r"^[\s,]*(?:你|可|千万)?(?:别|莫|甭|不要|不能)再?(?:等|拖|误|超|迟|晚|漏|压)"
)  # of a task told before
EVERYONE = re.compile(
    r"各位|大家|诸位|所有人|全员|全体|每人|每个人|人人|谁有空|[在谁]家?的?谁|咱们?几个|我们几个"
    r"|(?<!his )(?<!her )(?<!its )(?<!'s )(?<!their )(?<!your )\bteam\b|\beveryone\b"
)
NOT_NOW = re.compile(r"再[说定]|先[不别放]|不用|不急|^\s*(?:我?估计|希望)")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What a clause surely wants done."""
    if clause.heading.mode == "past" or (clause.all("task") and clause.has("move", "done")) or not _does(clause):
        return
    if asked(scene, clause) or supposed(scene, clause):
        return
    if failed(scene, clause) and not ASKED_FOR.search(clause.text):
        return
    if not DONE.search(clause.text) and not NOT_NOW.search(clause.text) and _is_asked_for(scene, clause):
        yield from _wanted(scene, clause)


def read_outright(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What a message that says nothing else asks for in words that ask for nothing else: 月底前记得贴报销单."""
    if len(scene.clauses) == 1 and OUTRIGHT.search(clause.text) and not clause.all("task"):
        yield from read(scene, clause)


def read_next_step(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A talk that is still to be had, without a day, where a message says nothing else: 找他们财务总监谈一次."""
    if len(scene.clauses) > 1 or clause.all("task") or asked(scene, clause) or told_as_past(clause):
        return
    text = clause.text.strip(" ,。!.~")
    if NEXT_STEP.fullmatch(text) or (TOLD_TO.match(text) and _reminded(scene, clause)):
        yield from _wanted(scene, clause)


def _reminded(scene: Scene, clause: Clause) -> bool:
    """Whether a colleague is the first to be named, and something is said behind: 提醒李娜注意付款条件."""
    first = min(clause.finds, key=lambda find: find.start, default=None)
    called = assignee_of(scene, clause)
    return first is not None and called is not None and called.start == first.start and clause.end - called.end > 2


def read_perhaps(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What may be something to do."""
    yield from _wanted(scene, clause)


def _wanted(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    someone = assignee_of(scene, clause)
    others = called_with(scene, someone)
    title = title_of(scene, clause, replace(someone, end=others[-1].end) if someone and others else someone)
    if len(title) < 2 or is_only_called(scene, clause) or AFTERTHOUGHT.match(clause.text) or _is_theirs(scene, clause):
        return
    if someone is None and clause.heading.mode != "plan" and THEY_ANSWER.match(clause.text.lstrip()):
        return
    slots: dict[str, Any] = {"title": title}
    if clause.customer and (clause.customer.by != "focus" or goes_on(scene, clause)):
        slots["customer"] = clause.customer
    if due := deadline_of(scene, clause):
        slots["due"] = due
    if someone:
        slots["assignee"] = mention_of(scene, someone)
    elif _is_for_everyone(scene, clause):
        slots["for_everyone"] = True
    yield from _each(scene, clause, slots)
    for other in others:
        if other.value != (scene.sender,):
            yield slots | {"assignee": mention_of(scene, other)}


def _is_theirs(scene: Scene, clause: Clause) -> bool:
    """Whether a clause begins with a customer, or somebody there, who will do something: Lena will send it."""
    if (they := THEY.match(clause.text)) and THEY_WILL.match(clause.text, they.end()):
        return True
    first = next(iter(clause.finds), None)
    opens = first is not None and first.kind in ("customer", "person") and first.start - clause.start <= 1
    return first is not None and opens and THEY_WILL.match(scene.folded, first.end, clause.end) is not None


def _is_for_everyone(scene: Scene, clause: Clause) -> bool:
    """Whether all are called on at once, in the clause or shortly before: 各位, 大家; no part of a name."""
    called = EVERYONE.search(scene.folded, max(0, clause.start - NEAR), clause.end)
    return called is not None and not any(find.start <= called.start() < find.end for find in scene.finds)


def _each(scene: Scene, clause: Clause, slots: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A task for every customer where a clause names several for whom the same is to be done, each with its time where
    as many are told: 明天10点、2点分别去晨岚、白鹭.
    """
    parts = parts_of(scene, clause) if EACH.search(clause.text) else []
    if len(parts) < 2:
        yield slots
        return
    times = [due_of(scene, find) for find in clause.all("when")]
    for number, part in enumerate(parts):
        own = {"due": times[number]} if len(times) == len(parts) else {}
        yield slots | own | {"customer": part.customer}


def _does(clause: Clause) -> bool:
    return clause.has("task_ask", "task_verb") or MEETS.search(clause.text) is not None


def _is_coming(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells a coming time, or a deadline, be it over."""
    if ahead(scene, clause) and is_plan(scene, clause):
        return True
    told = [find.value for find in clause.all("when")]
    is_due = any(when.on is None and when.until and when.until >= scene.now.date() for when in told)
    return (is_due and not told_as_past(clause)) or missed(scene, clause) is not None


def _is_asked_for(scene: Scene, clause: Clause) -> bool:
    """A colleague is called on, it is asked for outright, or stands in a plan, or at a coming time."""
    if clause.heading.mode == "plan" and clause.listed:
        return True
    if THEIRS.match(clause.text):
        return False
    if called_on(scene, clause):
        return clause.has("task_verb")
    coming = _is_coming(scene, clause)
    before = scene.before(clause)
    led = before and before.sentence == clause.sentence and not says_thing(scene, before)
    if ASKED_FOR.search(clause.text) or ADDS.match(clause.text) or (led and before and ASKED_FOR.search(before.text)):
        return coming or clause.has("task_verb")
    return coming and not clause.all(*DEALS) and not clause.has(*OF_DEALS)


RULES = (
    Rule("create_task", "wanted", (), read),
    Rule("create_task", "outright", (), read_outright, certain=True),
    Rule("create_task", "next step", (), read_next_step, certain=True),
    Rule("create_task", "perhaps", (), read_perhaps, perhaps=True),
)
EXAMPLES = (
    "提醒林晓禾周一交周报",
    "@方一诺 @石佳 周五前把晨岚的方案过一遍",
    "方一诺和石总下周二去白鹭勘场",
    "让方一诺周五前交总结",
    "明天上午十点去晨岚拜访何总",
    "下周三前给白鹭发修订报价",
    "提醒我周五给何总打电话",
    "Remind me to call Lena on Friday",
    "明天记得给老婆买花",
    "remind me to file my expenses tomorrow",
    "told Lena we'd have the quote with her by Friday",
    "owe Northwind the price list by Friday",
    "met Lena and must send her the drawings tomorrow",
    "下次见何总记得带样册",
    "记得贴发票",
    "找他们财务总监谈一次",
    "下一步找晨岚的财务总监谈一次",
    "提醒方一诺注意白鹭的付款条件",
    "得跟他们的采购经理聊聊",
    "need to talk to their CFO",
)
COUNTER_EXAMPLES = (
    "今天去了晨岚,见了何总",
    "他们月底给答复",
    "谢谢大家",
    "白鹭预计月底签",
    "Lena will send us the drawings by Friday",
    "他那边下周给答复",
    "我还记得何总说过要打折",
    "跟他们财务总监谈了一次",
    "找他们财务总监谈一次了吗",
    "we met their CFO",
    "will you talk to their CFO?",
)
