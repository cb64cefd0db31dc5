"""What the records hold of one customer is asked for: whom we know there, what was promised and comes next, its
visits. Slots: topic as in answer_query (contact, tasks, visits), and customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.facts_asked import THERE
from nlu.masked import C, topic_of_one
from nlu.rule import Rule
from nlu.scene import Scene

OF = rf"{C}{THERE}的?"
LOOK = r"(?:请|麻烦|帮我|给我|我想)?(?:(?:看|查|列|说|提醒我)(?:一?下|看|查|说)?)?"
TELL = r"(?:please |can you )?(?:(?:show|tell|remind|give) me |list |check )?(?:about )?"
WE = r"(?:我们?|咱们?|你们?)?"
WHAT = r"(?:什么|啥|哪些|哪几件|几件)"
WHOM = r"(?:谁|哪些人|什么人|哪几个人|哪几位)"
THINGS = r"(?:的?(?:事情?|东西|活|内容|工作))?"
PROMISED = r"(?:答应|承诺|许诺|应承)(?:了|过|给){0,2}"
OWED = r"(?:(?:还|都)?没有?(?:做|给|办|交|完成|兑现)(?:完|好)?的?)"
NEXT = r"(?:下一?步|接下来|后续|后面|之后)"
DO = rf"(?:怎么(?:走|办|跟|弄|做|推进?|安排|打算)|干?{WHAT}|干嘛|做{WHAT}|{WHAT}?(?:安排|计划|动作|打算))"
MUST = r"(?:是|要|该|应该|得|准备|打算|计划|有){0,2}"
END = r"(?:了|没有?|呢|啊|来着|吗|呀){0,2}"
SAYS = {
    "contact": (
        rf"{LOOK}{OF}{WE}(?:都|现在)?(?:有|认识|熟悉?){WHOM}{END}",
        rf"{LOOK}{WE}(?:在{OF}|认识{OF})(?:都)?(?:有|认识)?{WHOM}{END}",
        rf"{LOOK}{C}{THERE}的(?:人|人员|人脉|关键人|对接人|接口人)(?:都?有{WHOM}|有哪些|是{WHOM}|名单|列表)?",
        rf"{OF}(?:该|要|应该)?(?:跟|和|找|由)?谁(?:来|在)?(?:对接|接洽)的?{END}",
        rf"{TELL}whom? (?:do|did|have) (?:we|i) (?:all )?(?:know|have|met|talk to|deal with|speak to|work with)"
        rf" (?:over )?(?:at|in|from) {C}",
        rf"{TELL}who (?:works|is there) (?:at|for|in) {C}|any(?:one|body) (?:we|i) know (?:at|in) {C}",
        rf"{TELL}(?:the |our )?(?:key )?people (?:we know )?(?:at|in|of|from) {C}|{C}(?:'s)? (?:people|staff|team)",
    ),
    "tasks": (
        rf"{LOOK}{WE}(?:都|还|之前|上次)?{PROMISED}{OF}过?{WHAT}{THINGS}{OWED}?{END}",
        rf"{LOOK}{WE}(?:都|还|之前|上次)?{PROMISED}{C}{THERE}的(?:事情?|东西)?(?:都?有{WHAT}|是{WHAT}|呢)?",
        rf"{LOOK}{WE}(?:对|给|跟){OF}(?:都|还)?(?:有|做)?(?:过|了)?{WHAT}?的?{PROMISED}{WHAT}?{THINGS}{END}",
        rf"{LOOK}{WE}还?欠(?:着|了)?(?:{OF}{WHAT}{THINGS}{OWED}?{END}|{C}{THERE}的(?:事情?|东西|活))",
        rf"{LOOK}{C}{THERE}的承诺|{LOOK}{WE}还?有{WHAT}{THINGS}(?:还)?没(?:给|答复|回复){OF}",
        rf"{LOOK}(?:给|对)?{OF}还?有{WHAT}{THINGS}(?:{OWED}|(?:要|该)(?:做|办|给|跟进?)的?){END}",
        rf"{LOOK}{OF}{NEXT}的?{MUST}{DO}?{END}|{NEXT}对?{OF}{MUST}{DO}{END}",
        rf"{TELL}what(?:'ve|'d| have| did| had)? (?:we|i) (?:have |had )?"
        rf"(?:promised?|commit(?:ted)?(?: to)?|owe)(?: to)? {C}",
        rf"{TELL}what do (?:we|i) (?:still )?owe(?: to)? {C}",
        rf"{TELL}(?:our |open |the ){{0,2}}(?:promises|commitments|action items|actions) (?:to|for|with|at) {C}",
        rf"{TELL}(?:what(?:'s| is| are) )?(?:the |our |my )?next (?:steps?|actions?|moves?) (?:for|with|at|on) {C}",
        rf"{TELL}{C}(?:'s)? next (?:steps?|actions?)|{TELL}what(?:'s| is| comes) (?:up )?next (?:for|with|at|on) {C}",
        rf"{TELL}what(?:'s| is) (?:planned|pending|due|coming up|left to do) (?:for|with|at|on) {C}",
        rf"{TELL}what (?:should|do) (?:i|we) do next (?:for|with|at|on|about) {C}",
    ),
    "visits": (rf"{LOOK}{OF}(?:跟进|联系|拜访|沟通|走访)(?:情况|记录|历史)",),
}
SAID = {topic: re.compile("|".join(patterns)) for topic, patterns in SAYS.items()}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks it of one customer."""
    if topic := topic_of_one(scene, clause, SAID):
        yield {"topic": topic, "customer": clause.customer}


RULES = (Rule("answer_query", "command", (), read, certain=True, whole=True, of_customer=True),)
EXAMPLES = (
    "晨岚都有谁",
    "晨岚那边有哪些人",
    "我们认识白鹭的谁",
    "白鹭的人",
    "晨岚谁对接",
    "who do we know at Northwind",
    "who works at Northwind?",
    "答应晨岚什么了",
    "我们答应过白鹭什么",
    "对晨岚有什么承诺",
    "我们还欠晨岚什么",
    "晨岚还有什么没做",
    "晨岚的下一步",
    "晨岚接下来要干嘛",
    "下一步白鹭怎么跟",
    "what did we promise Northwind?",
    "next steps for Northwind",
    "what's next with Northwind?",
)
COUNTER_EXAMPLES = (
    "答应晨岚周五给报价",
    "我们答应了白鹭送一年维保",
    "晨岚答应了",
    "晨岚下一步要看演示",
    "晨岚的下一步是周五给报价",
    "下一步给晨岚报价",
    "晨岚的人都很好",
    "上次去晨岚聊了报价",
    "we promised Northwind a quote by Friday",
    "next step for Northwind: send the quote",
    "Northwind's next step is a demo",
)
