"""Something to be remembered of a customer in the sender's words. Slots: customer, deal, contact Mention, text str."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.settle import deal_of, people_of

OUTRIGHT = re.compile(
    r"(?P<before>[^,。;:\n]{0,24}?)(?:加一?个?|记一?个?|写一?个?)?备[注忘](?:一?下|一条|信息)?"
    r"(?:[ ]?[:,]|[ ](?=\S)|[^,。;:\n]{1,16}:)"
    r"|(?:please )?(?:add a |make a )?note(?: (?:for|on|about) [a-z][a-z0-9 .'&-]{1,30}?)?(?:: ?| that )"
)
REMEMBER = re.compile(r"(?:帮我|麻烦|请)?(?:记一?下|记一笔|记住|记着|记录一下)(?:[^,。;:\n]{0,16}[:,])?")
LEAST = 4  # characters that are worth remembering
NO_NOTE = re.compile(r"^(?:没有|无|暂无|没|none|n/a|-)?$")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """备注:王总不喝茶, 华信备注:…, note: …; what follows is kept as it was written, to the end of the line."""
    if (said := OUTRIGHT.match(scene.folded, clause.start, clause.end)) and _opens_a_line(scene, clause):
        yield from _note(scene, clause, said, {})


def read_remember(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """记一下华信:他们在看SAP; only where nothing else is read from what follows."""
    if (said := REMEMBER.match(scene.folded, clause.start, clause.end)) and clause.place == 0:
        yield from _note(scene, clause, said, {"if_nothing_else": True})


def _note(scene: Scene, clause: Clause, said: re.Match[str], more: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if asked(scene, clause):
        return
    lines = scene.block(clause)
    text = scene.original(said.end(), lines[-1].end).strip(" ,，。:：")
    if NO_NOTE.match(text.lower()) or (more and (len(text) < LEAST or not scene.has_any("customer", "person"))):
        return
    slots: dict[str, Any] = {"text": text} | more
    customer = next((c.customer for c in lines if c.customer), None)
    if customer:
        slots["customer"] = customer
        people = [person for c in lines for person in people_of(scene, c, customer) if person.key is not None]
        if len(people) == 1:
            slots["contact"] = people[0]
        if any(c.all("deal") for c in lines) and (deal := deal_of(scene, lines[-1], fill=False)):
            slots["deal"] = deal
    yield slots


def _opens_a_line(scene: Scene, clause: Clause) -> bool:
    return scene.block(clause)[0] is clause


RULES = (
    Rule("add_note", "outright", ("note",), read),
    Rule("add_note", "to remember", ("note",), read_remember),
)
EXAMPLES = (
    "备注:何总不喝茶",
    "晨岚备注:开票要专票",
    "备注晨岚:开票要专票",
    "备注一下,白鹭年底搬家",
    "記一下晨嵐:他們在看雲杉軟件",
    "note: Lena prefers calls in the morning",
    "note that Northwind is moving in May",
    "记住何总不吃辣",
    "add a note for Northwind: they audit suppliers in March",
)
COUNTER_EXAMPLES = (
    "帮我记一下,今天去了晨岚见何总",
    "备注:无",
    "记一下明天给何总打电话",
    "晨岚的备注",
    "看看晨岚有什么备注?",
)
