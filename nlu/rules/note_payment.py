"""Money came in. Slots: customer Mention, amount Amount, at When."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.lists import listed_below, parts_of
from nlu.mood import asked, supposed
from nlu.rule import Amount, Rule, When
from nlu.scene import Scene
from nlu.telling import sums, told_at, told_times

NO_MONEY = re.compile(  # 打了九折, 回了电话, PO received: no money that came in
    r"折|电话|招呼|微信|邮件|消息|短信|打印|包装|算"
    r"|\b(?:po|purchase order)\b[^,.;]{0,12}\b(?:received|came|landed|is in|arrived)\b"
    r"|\b(?:received|got) [^,.;]{0,12}\b(?:po|purchase order)\b"
)
TODAY = re.compile(r"刚|今早|头先|just|today")
PAID_FOR = re.compile(  # behind a period that something is paid for
    r"份?的(?=[\d一二三四五六七八九十两])|份?的?[一-鿿]{0,4}?(?:费|租|[货尾余账帐保罚工]款|首款|款项|工资|账单|帐单|发票|货(?![到运])|单子|订单|订金|定金|租金)"
)
NEAR = 50  # characters between the words that money came in and the sum
LISTING = re.compile(r"(?:到账|回款|收款|进账|入账|received|receipts|payments)[^\n]{0,8}[::\n]")
NOT_YET = re.compile(
    r"没到|未到|没进账|没收|还没|没付|不算|谁说|没影|前付|前到|催一|去催|待收|应收|保证金|会[打付]"
    r"|要[打付]|准备[打付]|计划|预计|争取|承诺|答应|回款\d? ?0|如果"
    r"|下[周个]|\bwill\b|not |n't|until|签约付|上线付|验收付"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The payment that a sentence tells of; the sum may stand in a neighbouring clause."""
    if not _tells_of_money(scene, clause):
        return
    near = [c for c in scene.block(clause) if c.customer == clause.customer and abs(c.start - clause.start) < NEAR]
    sentence = [c for c in near if c.sentence == clause.sentence or _says_only_a_sum(c)]
    text = "".join(c.text for c in sentence)
    if len(parts_of(scene, clause)) > 1:
        return
    if (
        supposed(scene, clause)
        or _still_to_come(scene, clause)
        or clause.has("budget")
        or re.search(r"多少|报价|签[了咗啦]|签下", text)
    ):
        return
    found = list(sums(scene, clause)) or [f for c in sentence for f in sums(scene, c)]
    if not found or not clause.customer:
        return
    slots: dict[str, Any] = {"customer": clause.customer, "amount": _amount(scene, clause, found)}
    at = paid_at(scene, clause) or next((at for c in sentence if (at := paid_at(scene, c))), None)
    if at is None and TODAY.search(text):
        at = When(on=scene.now.date())
    yield slots | ({"at": at} if at else {})


def paid_at(scene: Scene, clause: Clause) -> When | None:
    """When money came in: the time nearest to the words for it, none of what is paid for (8月运费, 三季度的服务费)."""
    told = [(find, when) for find, when in told_times(scene, clause) if not PAID_FOR.match(scene.folded, find.end)]
    came = clause.word("came_in", "money_in", "payment")
    if came and len(told) > 1:
        told.sort(key=lambda pair: (pair[0].start > came.start, abs(pair[0].start - came.start)))
    return told[0][1] if told else None


def _tells_of_money(scene: Scene, clause: Clause) -> bool:
    if not clause.has("came_in") or NOT_YET.search(clause.text) or asked(scene, clause):
        return False
    return not NO_MONEY.search(clause.text)


def _still_to_come(scene: Scene, clause: Clause) -> bool:
    """Whether a clause's time lies ahead as a whole: 本周 does not, 下周 does, and so does a deadline."""
    today = scene.now.date()
    for find in clause.all("when"):
        first = find.value.on or find.value.until
        if first is not None and first > today:
            return True
    return False


def _says_only_a_sum(clause: Clause) -> bool:
    """到账了! | 28.5万: the sum that an exclamation mark parted from its words."""
    found = clause.all("money")
    return len(found) == 1 and len(clause.text.strip(" ,。!")) <= len(found[0].text) + 3


def _amount(scene: Scene, clause: Clause, found: list[Any]) -> Amount:
    """Of several sums the one next behind the words that it came in, else the first."""
    came = clause.word("came_in")
    place = came.end if came else clause.start
    behind = [f for f in found if place <= f.start < place + 4]
    amount: Amount = (behind or found)[0].value
    return amount


def read_list(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Payments listed: 今日到账: 晨岚3万, 白鹭5万."""
    if not _tells_of_money(scene, clause) or _still_to_come(scene, clause):
        return
    if re.search(r"多少|签[了咗啦]", clause.text):
        return
    own = parts_of(scene, clause)
    items = (
        own if len(own) > 1 else [] if sums(scene, clause) and not scene.tells(LISTING) else listed_below(scene, clause)
    )
    at = told_at(scene, clause)
    for item in items:
        if (found := sums(scene, item)) and item.customer and not NOT_YET.search(item.text):
            day = told_at(scene, item) or at
            yield {"customer": item.customer, "amount": found[0].value} | ({"at": day} if day else {})


RULES = (
    Rule("note_payment", "came in", ("came_in",), read),
    Rule("note_payment", "list", ("came_in",), read_list),
)
EXAMPLES = (
    "白鹭回款22.8万",
    "晨岚首付款30万今天到账",
    "Received 50k USD from Northwind today",
    "Northwind settled the Q3 invoice last Friday, 18k",
)
COUNTER_EXAMPLES = ("PO received from Northwind, 40k", "白鹭的首付款还没到", "白鹭还欠我们多少钱?", "他们月底前付30万")
