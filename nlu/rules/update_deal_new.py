"""A deal that a message calls new, or that a customer without one wants. Slots: `update_deal`'s, with is_new True.

What it is called stands behind 叫, in quotation marks, right behind the words for a new deal, or behind what they want.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.telling import about, sums
from nlu.triggers import Word

END = (  # what a name goes on to
    r"(?=[ ,。;:!?()\n]|大概|大约|约莫|差不多|预算|估计|金额|先放|先挂|先叫|让我|你帮|帮我|你记|就叫|$)"
)
MEASURE = r"(?:(?:[一二两三四五六七八九十]|\d{1,4})?[台套个批条块张部辆间座组件份把款]|一[些点下])?"
CALLED = re.compile(
    r"(?:单子?|商机|项目|机会|名字|先|就|,) ?(?:就?叫做?|名为|取名|命名为)[ :「“\"]?"
    rf"(?P<zh>[^,。;!\n「」“”\"]{{2,16}}?){END}"
    r"|[「“\"](?P<quoted>[^「」“”\"\n]{2,40})[」”\"]"
    r"|\b(?:called|named) (?P<en>[^,.;\n]{2,40})"
)
BEHIND = re.compile(
    r"(?:[ :是为]|,(?=[一-鿿])){0,3}(?:叫做?|for|about|on|with|:)?[ :]?"
    r"(?P<what>(?:[^\s,。;:!?(–—-]| (?=[a-z0-9]))(?:[^,。;!?\n( ]| (?=[a-z0-9])){1,15})"
)
WANTED = re.compile(
    r"(?:想|要|打算|需要|准备|计划|考虑)(?:再|重新|先|多)?(?:上|买|做|看看?|采购|装|换|用|建|搞|添|订|增加|加)(?:了)?"
    rf"{MEASURE}[ ]?(?P<zh>[a-z][a-z0-9 -]{{1,20}}[a-z0-9]|[一-鿿a-z0-9]{{2,8}}?){END}"
    rf"|(?:还有|另有|另外有)一?[台套个批条块张部][ ]?(?P<more>[一-鿿a-z0-9]{{2,8}}?){END}"
    r"|\b(?:(?:they'?re |is |are )?(?:after|looking for|interested in)|wants?|needs?|asked for|searche?s(?: for)?"
    r"|asking about|a supplier for|pricing on|a quote (?:for|on)) (?:(?:pricing|a quote|a supplier|some|a|an|the) "
    r"(?:(?:for|on) )?)?(?P<en>[a-z][a-z -]{2,30}?)(?= pricing|,|\.|;|$| around| about| for | by | from )"
)
OF_CUSTOMER = re.compile(r"[一两]?[家个间]?(?:新)?(?:客户|客)")  # 新开一家客户: no deal
VALUES = ("money", "when", "percent", "stage", "user", "customer")  # kinds of finds that are no name
NO_NAME = re.compile(
    r"(?:\d|[一二两三四五六七八九十百千万]+$|.{0,2}[万千元k%]|占|放|挂|先|登|记|吧|嘛|啊|哈|了|的"
    r"|around|about|in |at |on |and )"
)

FIELD = re.compile(  # what a deal's fields are called: with a value behind it, or nothing, no name
    r"(?:(?:合同|商机|预计|预期|计划|项目|大概)?(?:金额|总价|总额|价格|价钱|报价|预算|阶段|赢率|概率|胜率|把握|成交|签约|签单|关单|落单"
    r"|时间|日期|来源|备注|负责人|联系人|对手|竞品|竞争对手)|预计|预期|估计"
    r"|\b(?:amount|budget|value|price|total|stage|probability|win rate|odds|close date|closing|expected"
    r"|source|notes?)\b)"
    r"(?:大概|大约|约|差不多|暂定|暂时|先|按|定|放|在|是|为|有|到|算|[:= ]|of |is |at |in |about |around )*"
)
FRONT = re.compile(  # 华信的CRM新商机: the name stands before the words for a new deal
    r"(?:的|['’]s )?[ ]?(?P<latin>[a-z][a-z0-9-]{1,15}(?: ?[一二三四五六]期)?)[ ]?(?:的|这个)?(?:一个|个)?$"
    r"|的(?P<zh>[^ ,。;:!?有开了个给建加出来又那这再立是在谈新]{2,10})的?$"
)


def read_new(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A deal that the message calls new."""
    word = clause.word("deal_new")
    if word is None or not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    slots: dict[str, Any] = {"customer": clause.customer, "is_new": True}
    if deal := _new_name(scene, clause, word):
        slots["deal"] = deal
    slots |= _nearest_sum(scene, clause, word.start)
    if slots.keys() & {"deal", "amount"} or not scene.brings_new:
        yield slots  # else 新线索 is the customer itself


def _nearest_sum(scene: Scene, clause: Clause, place: int) -> dict[str, Any]:
    """The sum told next to where a deal is called new, of the same customer and line."""
    found = [f for c in scene.block(clause) if c.customer == clause.customer for f in sums(scene, c)]
    return {"amount": min(found, key=lambda f: abs(f.start - place)).value} if found else {}


def _new_name(scene: Scene, clause: Clause, word: Word) -> Mention | None:
    """What the new deal is called."""
    near = [c for c in scene.block(clause) if c.customer == clause.customer and c.start >= clause.start]
    start, end = clause.start, (near or [clause])[-1].end
    if said := CALLED.search(scene.folded, start, end):
        return _mention(scene, said)
    if front := _in_front(scene, clause, word):
        return front
    behind = BEHIND.match(scene.folded, word.end, end)
    if behind and not OF_CUSTOMER.match(behind["what"]) and not _is_no_name(scene, behind.span("what")):
        return _mention(scene, behind)
    around = [c for c in scene.block(clause) if c.customer == clause.customer]
    return _wanted(scene, around) or _product(scene, around) or _known(scene, clause)


def _in_front(scene: Scene, clause: Clause, word: Word) -> Mention | None:
    """The name that stands between the customer and the words for a new deal."""
    named = [f for f in clause.all("customer") if f.end <= word.start]
    said = FRONT.fullmatch(scene.folded, named[-1].end, word.start) if named else None
    if said is None or any(f.start < word.start and f.end > named[-1].end for f in scene.finds):
        return None
    return _mention(scene, said)


def _is_no_name(scene: Scene, span: tuple[int, int]) -> bool:
    if NO_NAME.match(scene.folded[span[0] : span[1]]) or _is_field(scene, span):
        return True
    return any(f.start <= span[0] < f.end for f in scene.finds if f.kind in VALUES)


def _is_field(scene: Scene, span: tuple[int, int]) -> bool:
    """Whether it is a field of the deal, with its value or alone: 金额60万, but no 金额管理系统."""
    told = FIELD.match(scene.folded, *span)
    if told is None:
        return False
    rest = scene.folded[told.end() : span[1]]
    is_value = any(f.start <= told.end() < f.end for f in scene.finds if f.kind in VALUES)
    return is_value or not rest.strip(" ,。:") or bool(re.match(r"\d|[一二两三四五六七八九十百]+[成万千百月号]", rest))


def _wanted(scene: Scene, around: Sequence[Clause]) -> Mention | None:
    for clause in around:
        if said := WANTED.search(scene.folded, clause.start, clause.end):
            return _mention(scene, said)
    return None


def _product(scene: Scene, around: Sequence[Clause]) -> Mention | None:
    """One of our products that the clauses name."""
    for product in sorted(scene.names.products, key=len, reverse=True):
        for clause in around:
            if (at := clause.text.find(product.lower())) >= 0:
                return Mention(scene.original(clause.start + at, clause.start + at + len(product)))
    return None


def _known(scene: Scene, clause: Clause) -> Mention | None:
    named = [f for c in scene.sentence(clause) for f in c.all("deal")]
    return Mention(scene.original(named[0].start, named[0].end)) if named else None


def _mention(scene: Scene, said: re.Match[str]) -> Mention:
    group = next(name for name, value in said.groupdict().items() if value)
    end = min(
        (f.start for f in scene.finds if f.kind == "money" and said.start(group) < f.start), default=said.end(group)
    )
    return Mention(scene.original(said.start(group), min(end, said.end(group))).strip(" ,.、"))


def read_wanted(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A new customer, or one without an open deal that wants a product of ours, wants something: 想上套ERP."""
    said = WANTED.search(clause.text)
    if said is None or not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    what = next(value for value in said.groupdict().values() if value)
    is_new = clause.customer.key is None and any(f.rule == "called new" for f in scene.finds)
    is_ours = any(what in product.lower() for product in scene.names.products)
    if (is_new and not clause.customer.candidates) or (is_ours and "deal" not in about(scene, clause)):
        yield from wanted_in(scene, clause)


def wanted_in(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What a clause says a customer wants, with the sum told behind it."""
    if clause.customer and (deal := _wanted(scene, [clause])):
        behind = [c for c in scene.block(clause) if c.start >= clause.start and c.customer == clause.customer]
        found = [f for c in behind for f in sums(scene, c)]
        slots = {"customer": clause.customer, "deal": deal, "is_new": True}
        yield slots | ({"amount": found[0].value} if found else {})


WORDS = (  # of wanting
    *("想", "要", "打算", "准备", "计划", "考虑", "还有", "另有", "另外有", "after", "looking for", "interested in"),
    *("want", "need", "asked for", "search", "asking about", "supplier for", "pricing on", "quote"),
)
RULES = (
    Rule("update_deal", "new", ("deal_new",), read_new),
    Rule("update_deal", "wanted", (), read_wanted, words=WORDS, of_customer=True),
)
EXAMPLES = (
    "晨岚新商机 门禁系统 20万",
    "新客户:青禾包装,想上一套WMS,预算40万",
    "晨岚再开一单:能耗监测,35万",
    "晨岚新商机叫排产软件三期,60万",
    "晨岚的MES新商机,金额60万",
    "晨岚新商机,赢率五成",
    "晨岚新商机 金额管理系统 20万",
)
COUNTER_EXAMPLES = ("今天去了晨岚,见了何总", "晨岚有没有新商机?", "谢谢石总")
