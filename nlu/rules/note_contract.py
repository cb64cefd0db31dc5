"""A contract was signed or its terms are told.

Slots: customer, deal Mention, amount Amount, signed_on When, expires_on When, instalments tuple of
{percent float or amount Amount, due When}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from nlu.clauses import Clause
from nlu.instalments import Part, parts_in
from nlu.mood import ahead, asked, denied, supposed
from nlu.rule import Find, Rule, When
from nlu.scene import Scene
from nlu.settle import deal_of
from nlu.telling import about, sums, told_at

SIGNED = re.compile(r"签[了咗啦下约署完好的字]|已签|刚签|签订|signed|renewed|closed|合同[^,。]{0,6}签")
NOT_SIGNED = re.compile(
    r"没签|未签|尚未|还没|没有签|预计|计划|估计|能签|可以签|再签|就签|准备签|多少钱签|再|签不下|not |n't "
    r"|would|could|拟定|初定"
)
TERMS_TOLD = re.compile(
    r"付款|首付|尾款|分期|条款|预付|payment|upfront|[三四五六七八九一二]{3}|\d[-/]\d[-/]\d|质保|先付|季付|instal|合同"
)
IN_ALL = re.compile(r"合同|总价|总额|条款")
NO_TOTAL = re.compile(r"付|首付|尾款|余款|第[一二三四]笔|到账|定金|订金|预付|前到|原报|单价|每[年月台套]$")
TODAY = re.compile(r"刚|今天|今早|今日|today|just")
ENDS_AT = re.compile(
    r"(?:到期日?|有效期|效期|服务期|期限|租期|期至)[^,。\d]{0,6}$|[到至]$"
    r"|\b(?:until|till|through|to|ends?(?: on)?|expir\w+(?: on)?|runs out(?: on)?)(?: the)? ?$"
)
ENDS_BEHIND = re.compile(r" ?(?:止|到期|期满|为止|截止)")
SERVES = re.compile(r"服务|合[同约]|协议|[租保管用]到|runs|valid|through|contract|agreement")
PUT_OFF = re.compile("[延推挪改拖提赶拉压放约等]到$")  # 推到5月: no end of a contract
SHORTEST = timedelta(days=20)  # what ends sooner is rather a day of payment, unless it is said to expire


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A signed contract with its sum and day, as the clauses around the signing tell them."""
    word = clause.word("deal_won", "contract")
    if word is None or denied(clause, word) or supposed(scene, clause) or asked(scene, clause) or not clause.customer:
        return
    if (
        not SIGNED.search(clause.text)
        or NOT_SIGNED.search(clause.text)
        or (clause.has("ask_contracts") and clause.has("question"))
    ):
        return
    if not ahead(scene, clause) or re.search(r"签[了咗啦]|已", clause.text):
        yield from signed_in(scene, clause)


def signed_in(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What the clauses around a signing tell of the contract, nothing where they tell nothing of it."""
    told = around(scene, clause)
    parts = parts_in(scene, told)
    facts: dict[str, Any] = {}
    if total := _total(scene, told, parts):
        facts["amount"] = total
    if at := told_at(scene, clause) or _signed_near(scene, told):
        facts["signed_on"] = at
    elif facts and TODAY.search("".join(c.text for c in told if c.has("signing"))):
        facts["signed_on"] = When(on=scene.now.date())
    if parts:
        facts["instalments"] = tuple(part.told() for part in parts)
    if ends := _ends(scene, told, parts):
        facts["expires_on"] = ends
    if facts:
        yield about(scene, clause) | facts


def around(scene: Scene, clause: Clause) -> list[Clause]:
    """The clauses that go on about the same contract: of the same customer, in this block or the unlisted text."""
    return [
        c
        for c in scene.near(clause)
        if c.customer == clause.customer
        and (c.block == clause.block or (not clause.listed and not c.listed) or c.text.lstrip().startswith("付款"))
    ]


def _total(scene: Scene, told: list[Clause], parts: list[Part]) -> Any:
    """The first sum that is no part of the payment and was not paid, quoted or asked before."""
    taken = {part.start for part in parts}
    for clause in told:
        if clause.has("payment", "fault", "quote"):
            continue
        for find in sums(scene, clause):
            before = scene.folded[max(clause.start, find.start - 8) : find.start]
            if find.start not in taken and not NO_TOTAL.search(before):
                return find.value
    return None


def _signed_near(scene: Scene, told: list[Clause]) -> When | None:
    for clause in told:
        if (
            clause.has("signing", "deal_won", "contract")
            and not ahead(scene, clause)
            and (at := told_at(scene, clause))
        ):
            return at
    return None


def _ends(scene: Scene, told: list[Clause], parts: list[Part]) -> When | None:
    """The day until which a contract runs: behind 到, 至 or until, and no day of payment."""
    due = [part.due for part in parts if part.due]
    for clause in told:
        for find in clause.all("when"):
            when: When = find.value
            is_far = when.last_day is not None and when.last_day > scene.now.date() + SHORTEST
            if is_far and when not in due and _is_end(scene, clause, find):
                return When(on=when.last_day) if when.until else when
    return None


def _is_end(scene: Scene, clause: Clause, find: Find) -> bool:
    before = scene.folded[max(clause.start, find.start - 12) : find.start]
    if PUT_OFF.search(before):
        return False
    period = find.value.on is not None and find.value.until is not None  # a term told from its first to its last day
    return bool(
        ENDS_AT.search(before)
        or ENDS_BEHIND.match(scene.folded, find.end)
        or re.match(r"[到至]|until", find.text)
        or (period and re.search(r"[到至]|to|-", find.text))
    )


def read_terms(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Payment terms told without a signing."""
    if clause.customer and not supposed(scene, clause) and not asked(scene, clause):
        told = [c for c in around(scene, clause) if c.block == clause.block or not clause.listed]
        if TERMS_TOLD.search("".join(c.text for c in told)):
            yield from terms_in(scene, clause, told)


def terms_in(scene: Scene, clause: Clause, told: list[Clause]) -> Iterator[dict[str, Any]]:
    """The parts that clauses tell, with the sum of the whole where they call it so."""
    parts = parts_in(scene, told)
    if len(parts) > 1:
        facts: dict[str, Any] = {"instalments": tuple(part.told() for part in parts)}
        if IN_ALL.search("".join(c.text for c in told)) and (total := _total(scene, told, parts)):
            facts["amount"] = total
        yield about(scene, clause) | facts


def read_expiry(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """When a contract ends."""
    if not clause.customer or supposed(scene, clause) or asked(scene, clause) or clause.has("ask", "question"):
        return
    is_its_end = clause.has("expires", "ends") or (
        SERVES.search(clause.text) and (clause.has("contract") or deal_of(scene, clause))
    )
    if is_its_end and (ends := expiry_in(scene, clause)):
        yield about(scene, clause) | {"expires_on": ends}


def expiry_in(scene: Scene, clause: Clause) -> When | None:
    """The coming day on which a clause says that something ends."""
    is_told = clause.has("expires", "ends")
    first = scene.now.date() + (timedelta() if is_told else SHORTEST)
    days = [f for f in clause.all("when") if (last := f.value.last_day) is not None and last > first]
    for find in reversed(days):
        if _is_end(scene, clause, find) or (is_told and find is days[-1]):
            when: When = find.value
            return When(on=when.last_day) if when.until else when
    return None


RULES = (
    Rule("note_contract", "signed", ("deal_won", "contract"), read, of_customer=True),
    Rule("note_contract", "terms", ("terms",), read_terms, of_customer=True),
    Rule("note_contract", "expires", (), read_expiry, ("when",), of_customer=True),
)
EXAMPLES = ("白鹭签了,合同76万", "晨岚的合同昨天签了", "白鹭付款方式:签约付30%,上线付70%", "白鹭签了,合同到明年底")
COUNTER_EXAMPLES = ("白鹭还没签", "白鹭的合同什么时候到期?", "如果何总点头就签,80万")
