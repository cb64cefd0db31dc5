"""A deal goes to a colleague, or the sender takes it over; its customer stays whose it is.

Slots: assignee Mention, or to_me True; customer, deal Mention where they are known; called str, what else names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import COLLEAGUE, addressed_at, several_at
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.settle import deal_of
from nlu.whole import PLEASE, whole

DEAL = r"(?:(?<![价账订清菜名工传])单子?|商机|项目|生意)"
WHAT = r"(?P<what>[^,;。!?]{0,40}?)"
DOES = r"(?:来)?(?:跟进|跟|负责|接手|接管|接|做|管)?"
GIVEN = (
    rf"{PLEASE}(?:把|将)?{WHAT}{DEAL}(?:以后|现在)?(?:转交|移交|转|交|分配|分|改派|派)?"
    rf"(?:给|到|由|让)(?P<who>{COLLEAGUE}(?:(?:和|跟|与|、){COLLEAGUE}){{0,2}}){DOES}(?:吧|了)?",
    rf"{PLEASE}(?:give|hand over|hand|pass|transfer|assign|reassign|move) (?:the |that |this )?{WHAT} ?"
    rf"(?:deal|opportunity) (?:over )?to (?P<who>{COLLEAGUE})",
)
TAKEN = (
    rf"{WHAT}{DEAL}(?:以后|现在|还是|就)?(?:由|归|让)?我(?:来)?(?:跟进|跟|接手|接管|负责|接|管)(?:吧|了)?",
    rf"(?:以后)?我来(?:接手|接管|跟进|跟|负责){WHAT}{DEAL}(?:吧|了)?",
    rf"(?:i'll|i’ll|i will|let me|i) (?:take over|take|own|handle|run) (?:the |this |that )?{WHAT} ?"
    r"(?:deal|opportunity)(?: myself| from here| now| from now on)?",
)
OF_A_NAME = (  # no word says that it is a deal: its name does
    rf"{WHAT}(?:以后|现在|还是|就)?(?:由|归|让)?我(?:来)(?:跟进|跟|接手|接管|负责|接|管)(?:吧|了)?",
    rf"我(?:来)?(?:接手|接管){WHAT}(?:吧|了)?",
    rf"(?:i'll|i’ll|i will|let me|i) take over (?:the |this |that )?{WHAT}",
)
NAMED_TAKEN = [re.compile(one) for one in OF_A_NAME]
GIVING, TAKING = [re.compile(one) for one in GIVEN], [re.compile(one) for one in TAKEN]
SMALL = re.compile(
    r"^(?:这|那|the|this|that|my|我的?|his|her)|的$|^的|(?:这|那)个?$|^个|[\s'’]+s?$|^\s+", re.IGNORECASE
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the hand-over."""
    if clause.place:
        return
    for pattern in (*GIVING, *TAKING, *NAMED_TAKEN):
        said = whole(scene, clause, pattern)
        if said is None or (pattern in NAMED_TAKEN and not _names_deal(scene, said)):
            continue
        someone = _someone(scene, said) if pattern in GIVING else None
        if pattern in GIVING and someone is None:
            continue
        yield _about(scene, clause, said) | ({"assignee": someone} if someone else {"to_me": True})
        return


def _someone(scene: Scene, said: re.Match[str]) -> Mention | None:
    return addressed_at(scene, *said.span("who")) or several_at(scene, *said.span("who"))


def _names_deal(scene: Scene, said: re.Match[str]) -> bool:
    """Whether what is taken over ends with the name of a deal."""
    return any(find.kind == "deal" and find.end == said.end("what") for find in scene.finds)


def _about(scene: Scene, clause: Clause, said: re.Match[str]) -> dict[str, Any]:
    """The deal and its customer as far as they are known, and the words that else name it."""
    start, end = said.span("what")
    slots: dict[str, Any] = {}
    if clause.customer is not None:
        slots["customer"] = clause.customer
        deal = deal_of(scene, clause, fill=False)
        if deal is not None and deal.key is not None:
            return slots | {"deal": deal}
    rest = list(scene.original(start, end)) if end > start else []
    named = "".join(rest)
    for find in clause.all("customer"):
        named = named.replace(scene.original(find.start, find.end), "")
    before = ""
    while before != named:
        before, named = named, SMALL.sub("", named)
    return slots | ({"called": named} if named else {})


WORDS = ("我来", "我接", "take", "单", "商机", "项目", "生意", "deal", "opportunity")
RULES = (Rule("hand_over_deal", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "把晨岚的单子给石佳",
    "晨岚的项目转给石佳",
    "晨岚那单让石佳跟进",
    "晨岚的单子我来跟",
    "这个单子我来跟",
    "晨岚的排产项目我来跟",
    "give the Northwind deal to Joy",
    "把晨岚的单子分给石佳和小方",
    "I'll take over the Northwind deal",
)
COUNTER_EXAMPLES = (
    "把晨岚的报价单给石佳",
    "晨岚的单子给何总看了",
    "晨岚的项目让客户负责",
    "我来负责这个客户",
    "give the quote to Joy",
    "晨岚把项目给了云杉",
)
