"""The last message is to be taken back, or what was told on a day or about a customer.

Slots: customer Mention, at When; none for the last message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Find, Rule
from nlu.scene import Scene
from nlu.telling import told_at

UNDO = r"/?(?:撤销|撤回|撤消|撤掉|undo|revert|take back)"
LAST = r"(?:上一?条|最后一条|刚才(?:那条|的|那个|说的|发的|记的)|刚刚(?:那条|的|说的|发的|记的))(?:记录|消息|内容)?"
SAID = re.compile(
    rf"\s{{0,8}}(?:{UNDO}(?:上一条|刚才的?|那条|一下|吧|that|last)?"
    rf"|(?:删除|删掉|删了|删){LAST}|(?:把)?{LAST}(?:都)?(?:删除|删掉|删了|删)吧?"
    r"|(?:delete|remove) (?:that|the last (?:one|entry|message|record)|my last (?:message|entry)"
    r"|what i just (?:said|sent|wrote)))[\s。.!?~]{0,8}"
)
TOLD = re.compile(
    rf"\s{{0,4}}(?:请|帮我|麻烦|please )?{UNDO}(?P<what>.{{2,40}})"
    r"|\s{0,4}(?:请|帮我)?把(?P<that>.{2,40}?)(?:都|全|全部)?(?:撤销|撤回|撤掉|撤)(?:了|掉|吧)?"
)
FILLING = re.compile(
    r"给|对|关于|我|的|所有|全部|都|记录|记|写|录|说|过|了|那些|那条|内容|消息|[\s。.!?~,]"
    r"|\b(?:everything|all|what|i|we|noted|wrote|told|said|entered|for|about|on|at|of|from|the|my|records?|entries|notes?)\b"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if clause.place == 0 and SAID.fullmatch(scene.folded):
        yield {}
    elif clause.place == 0 and (told := TOLD.fullmatch(scene.folded)):
        start, end = told.span("what" if told["what"] else "that")
        finds = [f for f in scene.finds if f.kind in ("customer", "when") and start <= f.start and f.end <= end]
        if finds and not FILLING.sub("", _without(scene.folded[start:end], start, finds)):
            yield _slots(scene, clause)


def _without(text: str, start: int, finds: list[Find]) -> str:
    """The text without what was found in it."""
    for find in sorted(finds, key=lambda f: -f.start):
        text = text[: find.start - start] + text[find.end - start :]
    return text


def _slots(scene: Scene, clause: Clause) -> dict[str, Any]:
    about = next((c for c in scene.clauses if c.all("customer")), None)
    slots: dict[str, Any] = {"customer": about.customer} if about is not None and about.customer else {}
    at = next((when for c in scene.clauses if (when := told_at(scene, c))), None)
    return slots | ({"at": at} if at else {})


WORDS = ("撤", "删", "undo", "revert", "take back", "delete", "remove")
RULES = (Rule("undo_changes", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "撤销",
    "撤回",
    "undo",
    "/undo",
    "撤销今天给晨岚记的",
    "把昨天记的都撤了",
    "撤销给白鹭记的内容",
    "undo everything about 白鹭 today",
    "undo what I noted for 晨岚",
    "删掉刚才那条",
    "把上一条删了",
    "delete the last entry",
)
COUNTER_EXAMPLES = ("晨岚把订单撤销了", "谢谢", "撤销晨岚的合同", "把白鹭的报价撤了", "把刚才的合同删了", "删掉晨岚")
