"""A person is asked for, or how to reach them: 何总电话多少, who is Lena, 白鹭谁拍板; a name alone.

Slots as in answer_query; wanted tuple of str, what is asked of them (nlu/facts_asked.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.facts_asked import OF_PEOPLE, facts_named
from nlu.finders.people import Person
from nlu.masked import C, P, masked
from nlu.person_facts import JOB
from nlu.question import known_by
from nlu.rule import Find, Mention, Rule
from nlu.scene import Scene
from nlu.settle import person_of
from nlu.whole import is_full_name, whole

ZH_FIELD = (
    r"(?:联系方式|电话号码?|电话|手机号码?|手机|号码|座机|微信号?|邮箱地址?|邮箱|邮件地址|生日|职务|职位|头衔|资料"
    r"|信息)"
)
ZH_ASKS = (
    r"(?:是?多少|是?什么(?:时候)?|是?几号|是?哪天|是啥|有没有|有吗|给我|发我|发一?下|给一?下|告诉我|推我|一[个下])"
)
ZH_LEAD = r"(?:帮我|麻烦|请|我要|我想要)?(?:查一?下|查查|看看|看一?下|找一?下|找|问一?下|给我|发我|要)?"
OF = rf"(?:{C}(?:那边|那儿|那个|公司|他们)?[的 ]?)?(?:(?:[一-鿿]{{1,4}}部的?)?(?:{JOB}){{1,2}})?"
END = r"[\s?。.!~吧呢啊呀]{0,4}"
ASKED = re.compile(
    rf"\s?{ZH_LEAD}{OF}{P}[的 ]?{ZH_FIELD} ?{ZH_ASKS}{{1,3}}{END}"
    rf"|\s?(?:帮我|麻烦|请)?(?:查一?下|查查|看看|看一?下|找一?下|给我|发我){OF}{P}的?{ZH_FIELD}{END}"
    rf"|\s?{OF}{P}(?:是谁|是哪位|哪位|是干[嘛什]么?的|是做什么的|是什么人|什么(?:职务|职位|来头)|负责什么|管什么|是?(?:哪个|哪家)(?:公司|单位)的人?)(?:来着)?{END}"
    rf"|\s?谁是{OF}{P}{END}"
    rf"|(?:please )?(?:what(?:'s| is)|give me|show me|send me|do (?:we|you) have|i need) (?:the )?{P}(?:'s)? "
    r"(?:phone number|phone|number|mobile|cell|e-?mail address|e-?mail|wechat|contact details|contact info|contact"
    rf"|birthday|title|details|card)(?: (?:at|from|of|in) {C})?{END}"
    rf"|(?:what(?:'s| is) the )?(?:phone number|phone|number|mobile|e-?mail|wechat|birthday) (?:of|for) {P}"
    rf"(?: (?:at|from|of|in) {C})?{END}"
    rf"|who(?:'s| is) {P}(?: (?:at|from|of|in) {C})?{END}"
    rf"|(?:what|which) (?:company|firm|customer) is {P} (?:from|at|with){END}"
    rf"|(?:where|who) does {P} work(?: for| at)?{END}"
    rf"|when is {P}'s birthday{END}"
)
NAMED = re.compile(  # without a word of asking, as a message of its own
    rf"\s?(?:看看|找一?下|找|查一?下|查查|查)?{OF}{P}(?:[的 ]?{ZH_FIELD})?{END}"
    rf"|\s?{P}(?: ?(?:{JOB}){{1,2}}|[ ,]?{C}(?:那边)?的?){END}"
    rf"|(?:find |show me |look up )?{P}"
    r"(?:'s (?:phone number|phone|number|mobile|e-?mail|wechat|birthday|details))?"
    rf"(?: (?:at|from|of) {C})?{END}"
)
# The same of somebody whom nobody knows: 王建华的电话多少. What may be a thing's as well (资料) is not asked of them.
NOBODY = re.compile(
    ASKED.pattern.replace(P, r"([一-鿿]{2,4}?|[a-z][\w'-]+(?: [a-z][\w'-]+){1,2})").replace("|资料|信息", "")
)
SHORT = 24
WHO = re.compile(r"谁|哪[个位]|\bwho\b")
ROLES = ("decision_maker", "influencer", "champion", "blocker", "user")
ROLE_ASKED = re.compile(
    r"(?P<decision_maker>决策人|决策者|拍板|说了算|做主|话事|关键人|decision maker|decides|signs off)"
    r"|(?P<influencer>影响者|influencer)|(?P<champion>支持者|内线|champion)|(?P<blocker>反对者|反对|blocker)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The person whose card is wanted."""
    people = clause.all("person")
    if len({find.start for find in people}) != 1 or clause.all("money", "when", "percent", "phone", "email", "task"):
        return
    text = masked(clause, people[0])
    if ASKED.fullmatch(text) or (len(scene.clauses) == 1 and NAMED.fullmatch(text) and not _is_colleague(clause)):
        wanted = tuple(fact for fact in facts_named(text) if fact in OF_PEOPLE)
        yield {"topic": "contact"} | whom_at(scene, clause, people[0]) | ({"wanted": wanted} if wanted else {})


def read_nobody(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Somebody of a full name whom nobody goes by: it is said that there is none."""
    said = whole(scene, clause, NOBODY) if not scene.finds else None
    if said is not None and said.lastindex is not None:
        name = scene.original(*said.span(said.lastindex))
        if is_full_name(name):
            yield {"topic": "contact", "contact": Mention(name)}


def read_role(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Who decides at a customer."""
    role = ROLE_ASKED.search(clause.text)
    if role and clause.customer and WHO.search(clause.text) and not clause.all("person", "money", "when"):
        named = next(name for name in ROLES if name in role.re.groupindex and role[name])
        yield {"topic": "contact", "role": named} | _at(scene, clause)


def read_role_alone(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The same where nothing else is said."""
    if len(scene.clauses) == 1 and len(clause.text) <= SHORT:
        yield from read_role(scene, clause)


def _is_colleague(clause: Clause) -> bool:
    return any(user.start == person.start for user in clause.all("user") for person in clause.all("person"))


def _whom(scene: Scene, clause: Clause, find: Find) -> Mention:
    """The contact by key, several that fit equally, or the words alone; of those the customer's who is named."""
    text = scene.original(find.start, find.end)
    if clause.all("customer") or (scene.focus and clause.customer and clause.customer.key == scene.focus.customer):
        at_customer = person_of(scene, clause, find, clause.customer)
        if at_customer is not None or clause.all("customer"):
            return at_customer or Mention(text)
    person: Person = find.value
    best = max((strength for _, _, strength in person.contacts), default=0)
    keys = tuple(dict.fromkeys(contact for _, contact, strength in person.contacts if strength == best))
    return Mention(text, keys[0]) if len(keys) == 1 else Mention(text, None, keys)


def whom_at(scene: Scene, clause: Clause, find: Find) -> dict[str, Any]:
    """The person that a find names, and their customer where it is told, as slots."""
    return {"contact": _whom(scene, clause, find)} | _at(scene, clause)


def _at(scene: Scene, clause: Clause) -> dict[str, Any]:
    return {"customer": clause.customer} | known_by(scene, clause) if clause.customer else {}


FIELDS = (
    *("联系方式", "电话", "手机", "号码", "座机", "微信", "邮箱", "邮件", "生日", "职务", "职位", "头衔"),
    *("是谁", "谁是", "哪位", "干", "做什么", "什么"),
    *("phone", "number", "mobile", "cell", "mail", "wechat", "contact", "birthday", "title", "details", "card", "who"),
)
RULES = (
    Rule("answer_query", "person", (), read, ("person",), certain=True),
    Rule("answer_query", "nobody", (), read_nobody, certain=True, whole=True, words=FIELDS),
    Rule("answer_query", "role", ("question",), read_role),
    Rule("answer_query", "role alone", ("question",), read_role_alone, certain=True),
)
EXAMPLES = (
    "何总电话多少",
    "白鹭的沈经理是谁",
    "what's Lena's phone number?",
    "何建明",
    "晨岚 何总 电话",
    "何总 微信",
    "白鹭谁拍板?",
    "who is Lena at Northwind",
    "王建华的电话是多少",
    "王建华是谁",
    "who is Peter Marsh?",
    "what's Peter Marsh's phone number?",
)
COUNTER_EXAMPLES = (
    "何总电话里说预算80万",
    "跟何总打了电话",
    "何总 电话沟通了报价",
    "何总拍板",
    "陶欣是技术部的新负责人",
    "晨岚的何总是决策人",
    "高清资料发我",
    "公司是做什么的",
)
