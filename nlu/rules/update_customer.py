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
from nlu.lexicon import groups, words
from nlu.mood import asked, supposed
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.tiers import tier_of

INDUSTRY = re.compile(
    r"(?:^|[,、\s(]|主营|是|深圳|上海|们|家)(?:专门?|主要)?(?:做|搞|卖|干|产|种|养|生产|加工|代工|批发|代理|经营|主营|从事|开)"
    r"(?P<a>[一-鿿a-z0-9 ]{2,12}?)(?:的|$|[,。;)\s])"
    r"|^[^一-鿿]{0,2}(?P<e>[一-鿿]{2,8})嚟[嘅㗎]?[,。;!]?$"
    r"|行业(?:是|改成|改为|为|:|写)(?P<b>[一-鿿]{2,12})"
    r"|they (?:make|sell|run|build|produce|do) (?P<c>[a-z ]{3,30}?)(?= and|[,.]|$)"
    r"|(?<!what )(?<!which )\bindustry(?: is| to|:) ?(?P<d>[a-z &/-]{3,30}?)(?=[,.;]| and |$)"
)
TRADE_BEHIND = re.compile(  # 新客户叫青禾包装做纸箱的老板叫…
    r"[,]?(?P<is>(?:是|公司|主要|专门?){1,3})?(?:做|搞|卖|干|生产|加工|代工|批发|经营|主营|从事)(?P<a>(?![了过我咱他什啥哪一几这那])[一-鿿a-z0-9]{2,10}?)的(?=[,。;!?\s]|$|老板|联系人|负责人|来源|在|电话|有)"
)
CORRECTED = re.compile(r"改成|改为|应该是")
IN_APPOSITION = re.compile(
    r"\s*(?![喺在说想要来由对联老找听])(?P<a>[一-鿿]{2,12})[,。;]"
)  # 新客户:绍兴越溪纺织,针织面料,
SOURCE = re.compile(
    r"来源(?:是|写|为|:|改成|算)?(?P<a>[一-鿿]{2,12}?)"
    r"(?=老板|联系|电话|手机|微信|负责|窗口|对接|地址|姓|名?叫|[^一-鿿]|$)|(?<!由)由?(?P<b>(?!由)(?:(?!来源)[一-鿿]){0,12}(?:转?介绍|推荐|引荐))(?:的|了|咗|个|$|[,。])"
    r"|(?:透过|通过|在)(?P<c>[一-鿿]{2,8}?)(?:认识|加的|找到)"
    r"|(?P<d>(?:(?!咱|我|们|案例)[一-鿿]){2,6}?)上?找(?:来|上门|过来)的"
    r"|(?P<f>[a-z][a-z.'-]{1,16}(?: [a-z][a-z.'-]{1,16})?) (?:passed|gave) (?:me|us)"
    r" (?:their|the) (?:name|details|number|contact)"
    r"|(?:referred|introduced|recommended) (?:to us )?by (?P<g>[a-z .'-]{3,30}?)(?=[,.;]|$)"
    r"|(?:found us|came) (?:via|through|from) (?P<e>[a-z ]{3,24})"
    r"|\bsource(?: is| to|:) ?(?P<h>[a-z -]{3,24}?)(?=[,.;]| and |$)"
)
WAY_TOLD = re.compile(  # that a word for a way says how somebody found us: 抖音 does in 抖音上刷到的, not in 想做抖音
    r"来的|嚟的|嚟嘅|过来|介绍|推荐|认识|找|揾|刷到|看到|见到|睇到|私信|加的|咨询|询|留言|拿到|收到|转来|投放|路过|came|found|through|via|from|met"
)
LED_TO_US = re.compile(r"(?:给|帮|替|畀)?(?:我们|咱们?|我哋)?(?:搭|牵)(?:的|了|上)?线")
MOVED_TO = (
    r"(?:(?:新|厂|店|地|办公){0,3}[地厂店新]址|门市|位于|坐落于?|[搬迁](?:家|了|咗)?(?:到|至|去|往)|(?:现在|而家)[在喺]"
    r"|located at|based at"
    r"|address(?: of [a-z][a-z0-9&. -]{1,40}?(?= is ))?"
    r"|moved (?:to|offices?|premises)|relocated to|new (?:office|premises))"
    r"(?:在|是|系|到|至|:|改[成为到]|[变更][更改][为成]?|换[成到]|变成|迁至| is| at| to){0,2}[ :]{0,2}"
)
ADDRESS = re.compile(
    rf"{MOVED_TO}(?P<at>"
    r"[一-鿿][一-鿿a-z0-9()\-]{2,44}?(?:\d|[一二三四五六七八九十])[一-鿿a-z0-9()\-]{1,16}?|[一-鿿]{2,20}[路街道巷区镇村园])"
    r"(?=[,。;!\s]|了|寄|$|她|他)"
    rf"|{MOVED_TO}(?P<en>\d{{1,6}}[a-z]?(?:[-/]\d{{1,4}})? [a-z0-9 .'-]{{3,40}}(?:, [a-z0-9 .'-]{{2,30}}){{0,3}})"
)
PLACE = re.compile(r"[路街道巷弄区镇乡村园城楼座号厦市县]")
NEW_AT = re.compile(r"^\s*[在喺](?P<at>[一-鿿][一-鿿a-z0-9()\-]{2,44}?号?)(?=[,。;!\s]|$)")
OWN_LINE = re.compile(r"座机|分机|直线|direct")
REGION = re.compile(
    r"(?:地区|区域|大区|省份|所在地)(?:是|为|:|改成|改为|调到|归)?[ ]?(?P<zh>[一-鿿]{2,8}?)(?=[,，。;；吧了]|$)"
    r"|(?<!what )(?<!which )\bregion(?: is| to|:) ?(?P<en>[a-z ]{3,24}?)(?=[,.;]| and |$)"
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
HINTS = (  # of ADDRESS, and of SAID_OUTRIGHT
    *(
        "址",
        "门市",
        "位于",
        "坐落",
        "迁",
        "搬",
        "现在",
        "而家",
        "located",
        "based",
        "address",
        "moved",
        "relocated",
        "new",
    ),
    *("地区", "区域", "大区", "省份", "所在地", "region", "规模", "员工", "人数", "有", "headcount", "staff", "size"),
    *("has", "have", "employ", "税", "纳税人", "信用代码", "统一编号", "统编", "tax", "vat"),
)
NAMES_A_FACT = re.compile(r"行业|来源|industry|source")


def read_new(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A customer called new, with what is told of it."""
    yield from (facts for facts in _told(scene, clause) if "is_new" in facts)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A fact told of a customer."""
    yield from (facts for facts in _told(scene, clause) if "is_new" not in facts)


def _told(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    if not clause.customer or asked(scene, clause) or supposed(scene, clause):
        return
    facts: dict[str, Any] = {}
    unknown = clause.customer.key is None and not clause.customer.candidates
    is_new = unknown and any(f.rule == "called new" for f in clause.all("customer"))
    if is_new:
        facts["is_new"] = True
    all_facts = unknown or _is_named_in_full(scene, clause) or scene.tells(NAMES_A_FACT)
    _told_behind_name(scene, clause, facts)
    if not (facts or all_facts or clause.first("phone") or _hints().search(clause.text)):
        return
    told = (*(FACTS if all_facts else FACTS[-1:]), *SAID_OUTRIGHT)
    facts |= {slot: said for slot, pattern in told if (said := _said(scene, clause, slot, pattern))}
    if unknown:
        _told_beside(scene, clause, facts)
    if is_new:
        _told_around(scene, clause, facts)
    if phone := _own_phone(scene, clause, clause.customer):
        facts["phone"] = phone
    if tier := tier_of(clause):
        facts["tier"] = tier
    if facts:
        yield {"customer": clause.customer} | facts


def _is_named_in_full(scene: Scene, clause: Clause) -> bool:
    """Whether a message that speaks of a new customer gives the full name of one that is known."""
    named = (find for c in scene.block(clause) for find in c.all("customer"))
    return scene.says("customer_new") and any(find.rule == "full name" for find in named)


@lru_cache(maxsize=1)
def _hints() -> re.Pattern[str]:
    """What one of the facts that are told of any customer is told by, quickly looked for first."""
    tiers = (re.escape(word) for words in groups("tier").values() for word in words)
    return re.compile("|".join((*HINTS, *tiers)))


def _told_around(scene: Scene, clause: Clause, facts: dict[str, Any]) -> None:
    """What the other clauses of the line that bring the same new customer tell of it."""
    for other in scene.block(clause):
        is_lead = other.place < clause.place and other.customer is None
        if other is clause or not (is_lead or other.customer == clause.customer) or asked(scene, other):
            continue
        told: dict[str, Any] = {}
        if not is_lead:
            told = {slot: said for slot, pattern in FACTS if (said := _said(scene, other, slot, pattern))}
        if WAY_TOLD.search(other.text) or is_lead:
            _told_beside(scene, other, told)
        for slot, said in told.items():
            facts.setdefault(slot, said)


def _told_behind_name(scene: Scene, clause: Clause, facts: dict[str, Any]) -> None:
    """The trade that is told right behind a customer's name; behind a known one's as what it is: 晨岚是做齿轮的."""
    for find in clause.all("customer"):
        said = TRADE_BEHIND.match(scene.folded, find.end)
        if said and "industry" not in facts and (find.rule == "called new" or said["is"]):
            facts["industry"] = scene.original(*said.span("a"))


def _told_beside(scene: Scene, clause: Clause, facts: dict[str, Any]) -> None:
    """What a message that brings a new customer tells beside: where it came from, its trade behind its name."""
    if "source" not in facts and (source := _came_from(scene, clause)):
        facts["source"] = source
    if "address" not in facts and (said := NEW_AT.search(clause.text)) and PLACE.search(said["at"]):
        facts["address"] = scene.original(clause.start + said.start("at"), clause.start + said.end("at"))
    before = scene.before(clause)
    behind_name = (
        before is not None
        and before.sentence == clause.sentence
        and any(f.rule == "called new" and f.end >= before.end - 2 for f in before.all("customer"))
    )
    if behind_name and not clause.finds and "industry" not in facts and (said := IN_APPOSITION.fullmatch(clause.text)):
        facts["industry"] = scene.original(clause.start + said.start("a"), clause.start + said.end("a"))


def _came_from(scene: Scene, clause: Clause) -> str:
    """The way a customer found us, as the clause calls it, or who led it to us."""
    for find in (*clause.all("person"), *clause.all("customer")):
        if LED_TO_US.match(scene.folded, find.end, clause.end):
            return scene.original(find.start, find.end) + "介绍"
    said = next((w for w in _ways() if w in clause.text), "")
    at = re.search(rf"(?<![a-z]){re.escape(said)}(?![a-z])", clause.text) if said else None
    inside = at and any(
        f.start < clause.start + at.end() and clause.start + at.start() < f.end for f in clause.all("customer")
    )
    return scene.original(clause.start + at.start(), clause.start + at.end()) if at and not inside else ""


@lru_cache(maxsize=1)
def _ways() -> tuple[str, ...]:
    return tuple(sorted(words("came_from"), key=len, reverse=True))


def _said(scene: Scene, clause: Clause, slot: str, pattern: re.Pattern[str]) -> str:
    """What a clause says of a fact, in the sender's words, "" where nothing."""
    said = pattern.search(clause.text)
    if said is None:
        return ""
    name = next(key for key, value in said.groupdict().items() if value)
    if slot == "industry" and name == "b" and (put_right := CORRECTED.search(said[name])):
        return said[name][put_right.end() :]
    if slot == "address" and not said[name].isascii() and not PLACE.search(said[name]):
        return ""
    if slot == "address" and said[name].isascii() and not re.search(r"\d", said[name]):
        return ""
    end = clause.start + said.end(name)
    if name == "en" and slot == "address":
        end = _rest_of_address(scene, clause, end)
    return scene.original(clause.start + said.start(name), end).strip(" ,")


def _rest_of_address(scene: Scene, clause: Clause, end: int) -> int:
    """Where an address goes on behind its comma: 12 Harbour Road, Singapore 048693."""
    for other in scene.sentence(clause):
        is_next = clause.end <= other.start <= clause.end + 1
        if is_next and not other.words and re.fullmatch(r"[a-z0-9 .,'-]{2,40}", other.text):
            return other.end
    return end


def _own_phone(scene: Scene, clause: Clause, customer: Mention) -> str:
    """The firm's number: its switchboard's, or one told of the firm where nobody is named whose it could be."""
    phone = clause.first("phone")
    if phone is None:
        return ""
    nobody = not any(c.all("person") or c.has("contact_new") for c in scene.block(clause))
    is_named = customer.key is None or any(c.all("customer") for c in scene.sentence(clause))
    told = is_named and re.search(r"电话|座机|phone|\btel\b", clause.text)
    ours = clause.has("switchboard") and (nobody or not OWN_LINE.search(clause.text))
    return scene.original(phone.start, phone.end) if ours or (nobody and told) else ""


RULES = (
    Rule("update_customer", "new", (), read_new, ("customer",), certain=True),
    Rule("update_customer", "told", (), read, of_customer=True),
)
EXAMPLES = (
    "新客户:青禾包装,做纸箱的",
    "官網表單進來一條:苗栗青禾有機農場,種香草的",
    "录一家新的,青禾玩具,展会上认识的",
    "新客户叫青禾包装做纸箱的老板叫许青",
    "🎉新客户 青禾花艺 来源是展会",
    "早上打通一家,叫青禾制药,做原料药的",
    "晨岚是做齿轮的",
    "please add Bluebell Veterinary Group as a customer",
    "晨岚的行业改成医疗,来源是展会",
    "白鹭搬到上海市浦东新区云杉路18号了,新地址:上海市浦东新区云杉路18号",
    "晨岚地址变更:杭州市滨江区云杉路9号3幢",
    "白鹭迁往厦门市集美区杏林路30号",
    "晨岚升为重点客户",
    "白鹭標成VIP",
    "upgrade Northwind to VIP",
    "Northwind is a key account now",
    "晨岚电话改成0571-88886666",
    "白鹭的税号是91350200MA2XXXXX1Y",
    "晨岚规模500人左右",
    "晨岚的地区改成华东",
    "晨岚的来源是老客户介绍",
    "the address of Northwind is 12 Long Road",
)
COUNTER_EXAMPLES = (
    "晨岚的地址在哪?",
    "本月新客户有哪些?",
    "晨岚不是什么新客户,老客户了",
    "今天去了晨岚",
    "晨岚还没升为VIP",
    "白鹭是不是重点客户?",
    "何总电话13800000001",
    "晨岚推进到商务谈判",
    "对手是一家叫Oakfield的公司",
    "中午找了一家餐厅叫外婆家",
    "晨岚是做了几年的老客户",
    "what region is Northwind in and who owns it",
)
