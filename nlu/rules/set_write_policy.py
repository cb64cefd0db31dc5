"""An admin settles which writes wait for a tap or for the superior.

Slots: kinds tuple of str (the lexicon's table of writes), policy auto, confirm or manager, limit float (percent),
is_only True: what stays within the limit is written at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.lexicon import groups
from nlu.made_of import made_of
from nlu.rule import Find, Rule
from nlu.scene import Scene

# Kinds that a limit can be told of, and which one each then is.
BEYOND = {
    "amount": "large_amount_change",
    "large_amount_change": "large_amount_change",
    "discount_beyond_limit": "discount_beyond_limit",
}
# What people also say of the one record at hand: a policy only where the words speak of all, or of the superior.
EVERYDAY = {"visit", "task", "contact", "customer", "move", "competitors", "fact", "quote", "contract_terms"}
GENERAL = {"every", "only", "never", "superior", "auto", "beyond", "below"}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is made of what is written, what shall be asked, and small words; once, at its first clause."""
    if clause.place:
        return
    made = made_of(scene, "write", "policy")
    said = {name.removeprefix("policy.") for name in made}
    shares = [find for find in scene.finds if find.kind == "percent"]
    kinds = tuple(kind for kind in groups("write") if f"write.{kind}" in made)
    if not kinds and made and shares and _is_discount(shares[0]):
        kinds = ("discount_beyond_limit",)
    policy = _policy(said)
    if not kinds or not policy or not _is_limit(shares, said) or (EVERYDAY & set(kinds) and not GENERAL & said):
        return
    if shares and not BEYOND.keys() >= set(kinds):
        return
    slots: dict[str, Any] = {"kinds": kinds, "policy": policy}
    if shares:
        slots |= {"kinds": tuple(BEYOND[kind] for kind in kinds), "limit": shares[0].value}
        slots |= {"is_only": True} if "only" in said else {}
    elif "discount_beyond_limit" in kinds and "every" in said and policy != "auto":
        slots["limit"] = 0.0
    yield slots


def _policy(said: set[str]) -> str:
    """What the words ask for, "" where they ask for nothing or contradict each other."""
    asks = said & {"confirm", "approve", "superior"}
    if said & {"auto", "never"}:
        return "auto" if asks != {"superior"} and not {"auto", "never"} <= said else ""
    if "approve" in said or asks == {"superior", "confirm"}:
        return "manager"
    return "confirm" if asks == {"confirm"} else ""


def _is_limit(shares: list[Find], said: set[str]) -> bool:
    """Whether a share is told as a limit, and one only; 八折 is passed downwards, everything else upwards."""
    told = said & {"beyond", "below"}
    if not shares:
        return not told
    return len(shares) == 1 and told == {"below" if _is_discount(shares[0]) else "beyond"}


def _is_discount(share: Find) -> bool:
    return share.text.endswith("折")


ASKS = ("auto", "never", "confirm", "approve", "superior")  # what a policy is told by
WORDS = tuple(word for group in ASKS for word in groups("policy")[group])
RULES = (Rule("set_write_policy", "settled", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "金额变动都要确认",
    "赢单不用确认",
    "新客户要上级批",
    "折扣超过10%要上级批",
    "金额变动超过30%才确认",
    "以后拜访和任务都要确认",
    "折扣超过-5%要上级批",
    "低于八折要上级批",
    "折扣都要经理审批",
    "confirm every change of an amount",
    "wins need no confirmation",
    "new customers need the manager's approval",
    "discounts above 10% need approval",
    "all visits must be confirmed",
)
COUNTER_EXAMPLES = (
    "报价要确认一下",
    "合同确认了",
    "金额确认了,80万",
    "晨岚的金额要确认",
    "赢单了",
    "折扣超过10%了",
    "新客户",
    "下周要跟经理确认报价",
    "何总不同意折扣",
    "折扣不同意",
    "折扣10%以下不用批",
    "no discounts approved",
    "win confirmed",
)
