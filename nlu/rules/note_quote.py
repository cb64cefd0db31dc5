"""A price was offered, or is asked to be approved. Slots: customer, deal Mention, amount Amount, discount float."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, denied, supposed
from nlu.rule import Find, Rule
from nlu.scene import Scene
from nlu.telling import about, sums

THEIRS = re.compile(
    r"[他她]们?(?:要|想要|问)|张口|希望|客户要求|能不能[七八九\d]|让我们降|一直push|嫌|砍价|client side"
    r"|\b(?:they|he|she|client|customer)(?:'re| are|'s| is)? (?:want|ask|demand|push|after|need)"
    r"|\b(?:wants?|asking for|asked for|demand(?:s|ing|ed)|pushing for) (?:another |a further |an extra "
    r"|us to give )?\d"
)

WE = re.compile(r"我[^,。]{0,6}(?:报|顶多|最多|替|帮|申请)|quoted")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The price or the discount that a clause offers."""
    if not scene.has_any("money", "percent"):
        return
    approved = scene.says("approve") and any(c.has("approve") for c in scene.block(clause))
    if not _may_offer(scene, clause, approved):
        return
    money = [f for f in sums(scene, clause) if not _is_budget(clause, f)]
    discounts = [f for f in _with_next(scene, clause) if _is_discount(scene, f)]
    told_next = _sum_behind(scene, clause) if re.search(r"报了?个?价|报了|quoted", clause.text) else None
    if not (money or discounts or told_next) or re.search(r"你报的|录成|听反", scene.folded):
        return
    if not money and not clause.has("approve") and not re.search(r"报|顶多|最多|打|给|quot", clause.text):
        return
    slots = about(scene, clause)
    if money and not re.search(r"标准价|原价|list price", clause.text[: money[-1].start - clause.start][-4:]):
        slots["amount"] = money[-1].value
    elif later := _sum_behind(scene, clause):
        slots["amount"] = later
    if discounts:
        slots["discount"] = discounts[-1].value
    if "amount" in slots or "discount" in slots:
        yield slots


def _may_offer(scene: Scene, clause: Clause, approved: bool) -> bool:
    """Whether a clause speaks of a price of ours at all: told, not wished for by them, not denied, not supposed."""
    if clause.has("payment", "deal_won", "budget"):
        return False
    if not approved and (
        not clause.has("quote", "approve") or (THEIRS.search(clause.text) and not WE.search(clause.text))
    ):
        return False
    if supposed(scene, clause) or (asked(scene, clause) and not clause.has("approve")):
        return False
    word = clause.word("quote")
    return not _is_rivals(clause) and not (word and denied(clause, word))


def _is_rivals(clause: Clause) -> bool:
    """Whether the price is a competitor's: Oakfield quoted 15% lower."""
    return bool(clause.all("competitor")) and not re.search(r"我|\b(?:i|we|our)\b", clause.text)


def _is_budget(clause: Clause, find: Find) -> bool:
    return clause.has("budget") and "报" not in clause.text


def _with_next(scene: Scene, clause: Clause) -> list[Find]:
    """The shares of the clause and of its neighbours in the sentence."""
    return [f for c in scene.sentence(clause) if abs(c.start - clause.start) < 60 for f in c.all("percent")]


def _is_discount(scene: Scene, find: Find) -> bool:
    after = scene.folded[find.end : find.end + 14]
    before = scene.folded[max(0, find.start - 8) : find.start]
    return find.rule == "discount" or bool(
        re.match(r" ?(?:off|another|的折扣|折扣|优惠|below|discount)", after)
        or re.search(r"(?:折扣|优惠|another|discount of|max)[ ]?$", before)
    )


def _sum_behind(scene: Scene, clause: Clause) -> Any:
    """A sum alone in the next clause, which a discount made: 按85折报的 34万."""
    after = scene.after(clause)
    if (
        after
        and after.sentence == clause.sentence
        and (found := sums(scene, after))
        and len(after.text.strip(" ,。")) <= len(found[0].text) + 8
    ):
        return found[0].value
    return None


RULES = (Rule("note_quote", "offered", (), read),)
EXAMPLES = ("给白鹭报了90万", "白鹭的仓储平台打85折报了76万", "想申请九折,晨岚那单")
COUNTER_EXAMPLES = (
    "Northwind came back on price, they want another 5% off",
    "何总要八折,我没答应",
    "给白鹭报过什么价?",
    "下周三前给白鹭发报价",
)
