"""The sender teaches what a customer is called. Slots: name str, customer Mention, for_all True."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.lists import mention_of
from nlu.rule import Find, Rule
from nlu.scene import Scene

ALL_ZH = r"(?:(?:对|给|让)?(?:所有人|大家|全公司|全员|每个人|所有同事))"
ALL_EN = r"(?:(?:for )?(?:everyone|everybody|the whole team|all of us))"
SAID = re.compile(
    rf"(?:请|帮我)?(?:记住|记一下|以后|今后|往后)?[,: ]{{0,2}}(?P<all1>{ALL_ZH})?(?:都)?[,: ]{{0,2}}"
    r"(?:我们?说的?|说的?|提到的?)?(?P<name>[^,:;!?。]{2,20}?)(?P<tie>就是指?|指的就?是|是指|就指|指|代表|就等于|=|是)"
    rf"(?P<customer>[^,:;!?。=]{{2,40}}?)"
    rf"(?:[, ]{{0,2}}(?P<all2>{ALL_ZH})(?:都|也)?(?:这样|这么叫|这么说|算|一样|通用|生效|适用)?)?[。! ]*"
)
SAID_EN = re.compile(
    rf"(?:please )?(?:remember[:,]? )?(?P<all1>{ALL_EN}[:,]? )?(?P<name>[^,:;!?。]{{2,30}}?) ?"
    r"(?P<tie>means|is short for|stands for|refers to|=) ?"
    rf"(?P<customer>[^:;!?。=]{{2,60}}?)(?:,? (?P<all2>{ALL_EN}))?[.! ]*"
)

NO_NAME = re.compile(
    r"的$|^[这那他她它我你您佢]|客户|公司|项目|商机|[去见找聊谈]|\b(?:he|she|it|this|that|they|which|what)\b"
)
OTHERS = ("when", "person", "user", "money", "stage")  # what no name holds


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """What the whole message teaches, where it ends in a known customer."""
    said = SAID.fullmatch(scene.folded) or SAID_EN.fullmatch(scene.folded)
    if said is None:
        return
    find = _customer(scene, said)
    if find is None or not _may_be_name(scene, *said.span("name"), is_bare=said["tie"] == "是"):
        return
    slots = {"name": scene.original(*said.span("name")), "customer": mention_of(scene, find)}
    yield slots | ({"for_all": True} if said["all1"] or said["all2"] else {})


def _customer(scene: Scene, said: re.Match[str]) -> Find | None:
    """The known customer that the words behind the tie are, and nothing else."""
    start, end = said.span("customer")
    named = [f for f in scene.finds if f.kind == "customer" and not isinstance(f.value, str)]
    return next((f for f in named if f.start == start and end - f.end <= 2 and said["name"] != f.text), None)


def _may_be_name(scene: Scene, start: int, end: int, *, is_bare: bool) -> bool:
    """Whether the words before the tie may be a name; before a mere 是 they have to be a customer's already:
    星河是苏州星河, but not 何总是晨岚.
    """
    within = [f for f in scene.finds if start <= f.start < end]
    if NO_NAME.search(scene.folded[start:end]) or any(f.kind in OTHERS for f in within):
        return False
    return not is_bare or any(f.kind == "customer" and (f.start, f.end) == (start, end) for f in within)


WORDS = ("是", "指", "代表", "等于", "=", "means", "is short for", "stands for", "refers to")
RULES = (Rule("learn_short_name", "taught", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "星河就是苏州星河",
    "老陈家指的是晨岚",
    "以后说小白就是白鹭",
    "小白=白鹭",
    "星河是长沙星河",
    "星河就是蘇州星河,所有人都這樣",
    "大家:星河就是苏州星河",
    "CL means 晨岚",
    "everyone: NW means Northwind",
    "NW is short for Northwind, for everyone",
)
COUNTER_EXAMPLES = (
    "何总是晨岚的决策人",
    "沈经理就是白鹭的采购",
    "今天就是去晨岚",
    "竞品是云杉软件",
    "明天去的就是白鹭",
)
