"""A new customer, or new facts of one.

Slots: customer Mention, industry, address, phone, source, region, size, tax_id str, tier str (potential, target, key or
vip), is_new True. What it is called for short is read in `update_customer_called`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.lexicon import groups
from nlu.mood import asked, supposed
from nlu.rule import Mention, Rule
from nlu.scene import Scene

INDUSTRY = re.compile(
    r"(?:^|[,，、\s]|主营|从事|是|深圳|上海|们)(?:做|搞|卖)(?P<a>[一-鿿a-z0-9 ]{2,12}?)(?:的|$"
    r"|[,。;，])|行业(?:是|改成|改为|为|:"
    r"|写)(?P<b>[一-鿿a-z]{2,12})|they (?:make|sell|run) (?P<c>[a-z ]{3,30}?)(?= and|[,.]|$)"
    r"|\bindustry(?: is| to|:) ?(?P<d>[a-z &/-]{3,30}?)(?=[,.;]| and |$)"
)
SOURCE = re.compile(
    r"来源(?:是|写|为|:|改成)?(?P<a>[一-鿿a-z]{2,12})|(?P<b>[一-鿿]{0,8}(?:介绍|转介绍))(?:的|了|咗|$"
    r"|[,。])|(?:透过|通过"
    r"|在)(?P<c>[一-鿿]{2,8}?)(?:认识|加的|找到)|(?P<d>[一-鿿]{2,6})找(?:来|上门|过来)的"
    r"|(?:found us|came) (?:via|through|from) (?P<e>[a-z ]{3,24})|from (?P<f>linkedin|google|facebook)"
    r"|(?P<g>官网)线索|\bsource(?: is| to|:) ?(?P<h>[a-z -]{3,24}?)(?=[,.;]| and |$)"
)
ADDRESS = re.compile(
    r"(?:地址(?:在|是|:|改为|改成|变更为|迁至)?|[迁搬]至|搬到|搬至|门市在|moved to"
    r"|located at|address(?: is| to|:))[ ]?(?P<at>[一-鿿a-z0-9()（）\-]{5,50}?)(?=[,，。;；!！]|$)"
    r"|(?:moved to|located at|address(?: is| to|:)) ?(?P<en>\d{1,6}[a-z]? [a-z0-9 .'-]{3,40}(?:, [a-z .'-]{2,30}){0,3})"
)
REGION = re.compile(
    r"(?:地区|区域|大区|省份|所在地)(?:是|为|:|改成|改为|调到|归)?[ ]?(?P<zh>[一-鿿]{2,8}?)(?=[,，。;；吧了]|$)"
    r"|\bregion(?: is| to|:) ?(?P<en>[a-z ]{3,24}?)(?=[,.;]| and |$)"
)
SIZE = re.compile(
    r"(?:规模|员工|人数)(?:是|为|:|有|大概|大约|约|改成|差不多)*(?P<a>\d{1,6}(?:[-~到至]\d{1,6})?[多来余]?(?:个|名)?人?(?:左右|以上|以内)?)"
    r"|有(?P<b>\d{2,6}[多来余]?(?:个|名)?(?:员工|人)(?:左右)?)"
    r"|(?:headcount|staff|company size|size)(?: is| of| to|:) ?(?:about |around )?(?P<c>\d{1,6}(?:-\d{1,6})?)"
    r"|(?:has|have|employs?) (?:about |around |some )?(?P<d>\d{2,6}) (?:people|employees|staff)"
)
TAX_ID = re.compile(
    r"(?:税号|纳税人识别号|统一社会信用代码|信用代码|统一编号|统编|tax (?:id|no\.?|number)|vat(?: id| no\.?| number)?)"
    r"(?:是|为|:| is|号| ){0,3}(?P<id>[0-9a-z-]{8,20})(?![0-9a-z])"
)
FACTS = (("industry", INDUSTRY), ("source", SOURCE), ("address", ADDRESS))
SAID_OUTRIGHT = (("region", REGION), ("size", SIZE), ("tax_id", TAX_ID))
NAMES_A_FACT = re.compile(r"行业|来源|industry|source")
RAISED = (
    r"(?:(?:升级?|降级?|提升|调整|标记?|设置?|定|改|调|列|归|评|转|算|划)(?:为|成|到|入|作|是|在)?|级别|等级|分级|评级|客户类型|客户级别"
    r"|tier)(?:是|为|:|改成|改为|定为|调到| is| to)?[ ]?(?:an? )?"
)
BECAME = r"(?:is|as|to|into|becomes?|made|make) (?:now )?(?:an? |our )?"


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A customer called new, or a fact told of one."""
    if not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    facts: dict[str, Any] = {}
    unknown = clause.customer.key is None and not clause.customer.candidates
    is_new = unknown and any(f.rule == "called new" for f in clause.all("customer"))
    if is_new:
        facts["is_new"] = True
    in_full = any(f.rule == "full name" for c in scene.block(clause) for f in c.all("customer"))
    in_full = in_full and scene.says("customer_new")
    all_facts = unknown or in_full or NAMES_A_FACT.search(scene.folded)
    told = (*(FACTS if all_facts else FACTS[-1:]), *SAID_OUTRIGHT)
    facts |= {slot: said for slot, pattern in told if (said := _said(scene, clause, slot, pattern))}
    if phone := _own_phone(scene, clause, clause.customer):
        facts["phone"] = phone
    if tier := _tier(clause):
        facts["tier"] = tier
    if facts:
        yield {"customer": clause.customer} | facts


def _said(scene: Scene, clause: Clause, slot: str, pattern: re.Pattern[str]) -> str:
    """What a clause says of a fact, in the sender's words, "" where nothing."""
    said = pattern.search(clause.text)
    if said is None:
        return ""
    name = next(key for key, value in said.groupdict().items() if value)
    if slot == "address" and said[name].isascii() and not re.search(r"\d", said[name]):
        return ""
    end = clause.start + said.end(name)
    if name == "en" and slot == "address":
        end = _rest_of_address(scene, clause, end)
    return scene.original(clause.start + said.start(name), end).strip(" ,")


def _rest_of_address(scene: Scene, clause: Clause, end: int) -> int:
    """Where an address goes on behind its comma: 12 Harbour Road, Singapore 048693."""
    for other in scene.sentence(clause):
        if other.start == clause.end and not other.words and re.fullmatch(r"[a-z0-9 .,'-]{2,40}", other.text):
            return other.end
    return end


def _own_phone(scene: Scene, clause: Clause, customer: Mention) -> str:
    """The firm's number: its switchboard's, or one told of the firm where nobody is named whose it could be."""
    phone = clause.first("phone")
    if phone is None:
        return ""
    nobody = not any(c.all("person") or c.has("contact_new") for c in scene.block(clause))
    told = (clause.first("customer") is not None or customer.key is None) and re.search(
        r"电话|座机|phone|\btel\b", clause.text
    )
    return scene.original(phone.start, phone.end) if clause.has("switchboard") or (nobody and told) else ""


def _tier(clause: Clause) -> str:
    """What a customer is raised or lowered to: 升为重点客户, 标成VIP, is a key account now."""
    for tier, pattern in _tiers():
        if (said := pattern.search(clause.text)) and not denied_before(clause, clause.start + said.start()):
            return tier
    return ""


def denied_before(clause: Clause, place: int) -> bool:
    """Whether a "not" stands shortly before a place: 还没升为VIP."""
    return any(w.group == "negation" and w.end <= place and place - w.end <= 4 for w in clause.words)


@lru_cache(maxsize=1)
def _tiers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (tier, re.compile(rf"(?:{RAISED}|\b{BECAME})(?:{'|'.join(map(re.escape, words))})(?![a-z])"))
        for tier, words in groups("tier").items()
    )


RULES = (Rule("update_customer", "told", (), read),)
EXAMPLES = (
    "新客户:青禾包装,做纸箱的",
    "晨岚的行业改成医疗,来源是展会",
    "白鹭搬到上海市浦东新区云杉路18号了,新地址:上海市浦东新区云杉路18号",
    "晨岚升为重点客户",
    "白鹭標成VIP",
    "upgrade Northwind to VIP",
    "Northwind is a key account now",
    "晨岚电话改成0571-88886666",
    "白鹭的税号是91350200MA2XXXXX1Y",
    "晨岚规模500人左右",
    "晨岚的地区改成华东",
)
COUNTER_EXAMPLES = (
    "晨岚的地址在哪?",
    "今天去了晨岚",
    "晨岚还没升为VIP",
    "白鹭是不是重点客户?",
    "何总电话13800000001",
    "晨岚推进到商务谈判",
)
