"""A contract was signed or its terms are told.

Slots: customer, deal Mention, amount Amount, signed_on When, expires_on When, instalments tuple of
{percent float or amount Amount, due When}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.instalments import instalments_in
from nlu.mood import ahead, asked, denied, supposed
from nlu.rule import Rule, When
from nlu.scene import Scene
from nlu.settle import deal_of
from nlu.telling import about, sums, told_at

SIGNED = re.compile(r"签[了咗啦下约署完好的字]|已签|刚签|签订|signed|renewed|closed|合同[^,。]{0,6}签")
NOT_SIGNED = re.compile(
    r"没签|未签|尚未|还没|没有签|预计|计划|估计|能签|再签|就签|准备签|多少钱签|再|签不下|not |n't "
    r"|would|could|拟定|初定"
)
TERMS_TOLD = re.compile(
    r"付款|首付|尾款|分期|条款|预付|payment|upfront|[三四五六七八九一二]{3}|\d[-/]\d[-/]\d|质保|先付|季付|instal|合同"
)
PART = re.compile(r"付|首付|尾款|余款|第[一二三四]笔|到账|定金|预付|前到|原报")
EXPIRES = re.compile(
    r"到期|到[^,。]{4,14}止|服务期|有效期|期限|管到|服务[^,。]{0,4}到|合[同约][^,。]{0,2}到|至|runs"
    r"|expires|valid until|through|until"
)


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
    if ahead(scene, clause) and not re.search(r"签[了咗啦]|已", clause.text):
        return
    told = _around(scene, clause)
    slots = about(scene, clause)
    facts: dict[str, Any] = {}
    if total := _total(scene, told):
        facts["amount"] = total
    if at := told_at(scene, clause) or _signed_near(scene, told):
        facts["signed_on"] = at
    elif facts and re.search(r"刚签|刚刚|just signed|今天|today", "".join(c.text for c in told)):
        facts["signed_on"] = When(on=scene.now.date())
    if parts := instalments_in(scene, told):
        facts["instalments"] = parts
    if facts:
        yield slots | facts


def _around(scene: Scene, clause: Clause) -> list[Clause]:
    """The clauses that go on about the same contract: of the same customer, in this block or the unlisted text."""
    return [
        c
        for c in scene.near(clause)
        if c.customer == clause.customer
        and (c.block == clause.block or (not clause.listed and not c.listed) or _is_terms(c))
    ]


def _is_terms(clause: Clause) -> bool:
    return bool(re.search(r"^[\s]*付款", clause.text))


def _total(scene: Scene, told: list[Clause]) -> Any:
    for clause in told:
        for find in sums(scene, clause):
            around = scene.folded[max(clause.start, find.start - 8) : find.start]
            if not PART.search(around) and not clause.has("payment", "fault", "quote"):
                return find.value
    return None


def _signed_near(scene: Scene, told: list[Clause]) -> When | None:
    for clause in told:
        if re.search(r"签|signed|sign", clause.text) and not ahead(scene, clause) and (at := told_at(scene, clause)):
            return at
    return None


def read_terms(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Payment terms told without a signing, or when a contract ends."""
    if supposed(scene, clause) or asked(scene, clause) or not clause.customer:
        return
    if ends := _expiry(scene, clause):
        yield about(scene, clause) | {"expires_on": ends}
    if not clause.has("terms"):
        return
    told = [
        c
        for c in scene.near(clause)
        if c.customer == clause.customer and (c.block == clause.block or not clause.listed)
    ]
    if TERMS_TOLD.search("".join(c.text for c in told)):
        parts = instalments_in(scene, told)
        if len(parts) > 1:
            facts: dict[str, Any] = {"instalments": parts}
            if re.search(r"合同|总价|条款", "".join(c.text for c in told)) and (total := _total(scene, told)):
                facts["amount"] = total
            yield about(scene, clause) | facts


def _expiry(scene: Scene, clause: Clause) -> When | None:
    said = EXPIRES.search(clause.text)
    if (
        said is None
        or clause.has("ask", "question")
        or not (clause.has("contract", "expires") or deal_of(scene, clause))
    ):
        return None
    if not re.search(r"到期|止|服务|合[同约]|期|管到|runs|expires|through|contract", clause.text):
        return None
    days = [f for f in clause.all("when") if (last := f.value.last_day) is not None and last > scene.now.date()]
    if not days or not re.search(r"到期|到|至|through|until|to |expires", clause.text):
        return None
    when: When = days[-1].value
    return When(on=when.last_day) if when.until else when


RULES = (
    Rule("note_contract", "signed", ("deal_won", "contract"), read),
    Rule("note_contract", "terms", (), read_terms),
)
EXAMPLES = ("白鹭签了,合同76万", "晨岚的合同昨天签了", "白鹭付款方式:签约付30%,上线付70%")
COUNTER_EXAMPLES = ("白鹭还没签", "白鹭的合同什么时候到期?", "如果何总点头就签,80万")
