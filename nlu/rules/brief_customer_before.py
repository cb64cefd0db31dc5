"""A brief is asked for with the meeting that it is for: 明天见晨岚,给我个简报. The meeting itself is create_task's.

Slots: customer Mention; none where nobody tells of whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import spoken_of
from nlu.mood import ahead
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import ENDS, PLEASE

GIVE = r"(?:先|再|顺便|帮忙|帮我|给我|发我|来|要|出|准备|做|看|整理|弄|发|给){0,4}"
ONE = r"(?:一?[个份下遍]|下)?"
BRIEF = r"(?:(?:会前|见面前|拜访前|客户)的?)?简报"
ALONE = re.compile(  # a clause that says no more than that a brief is wanted
    rf"{PLEASE}{GIVE}{ONE}{BRIEF}(?:给我|发我|我)?{ONE}(?:吧|呗|哈)?"
    rf"|{PLEASE}简报(?:我|来|给我)?{ONE}(?:吧)?"
    rf"|(?:and |then )?{PLEASE}(?:(?:can you )?(?:brief|prep) me(?: up)?(?: on (?:it|them))?(?: first| beforehand)?"
    r"|(?:give|send|get) me (?:a |the )?brief(?:ing)?(?: first| beforehand| on (?:it|them))?"
    r"|(?:prepare|prep|make|pull up|put together)(?: me)? (?:a |the )?brief(?:ing)?(?: for me)?(?: first| beforehand)?)"
)
PAPERS = re.compile(  # the same, where a meeting is to come: what is prepared for us, not for them
    rf"(?:先|再|顺便)?(?:{PLEASE}|给我)(?:先)?(?:准备|整理|看|找|出|弄|调|过){{1,2}}{ONE}"
    r"(?:(?:会前|见面前|拜访前|开会|客户|他们|对方)的?)?(?:资料|情况|背景)(?:给我)?(?:吧|呗|哈)?"
    r"|先?(?:给我|帮我)先?(?:过|捋)一?[遍下](?:吧|呗)?"
)
FOR_IT = re.compile(  # one that names the meeting too
    rf"(?:[^,。;!?]{{0,12}}?)(?:见|去|拜访|到|约了?|和|跟|与)[^,。;!?]{{1,30}}?"
    rf"(?:之?前|见面前?|开会前?|会面|碰面|的会议?|谈)?(?:的)?{GIVE}{ONE}{BRIEF}(?:给我|发我|我)?{ONE}(?:吧|呗)?"
    r"|[^,。;!?]{0,12}?(?:见|去|拜访|到)[^,。;!?]{1,30}?之?前(?:先)?(?:给我|帮我)(?:准备|过|整理)(?:一?[下遍份])?(?:资料|情况)?"
    r"|(?:please )?(?:brief|prep) me on [^,.;!?]{1,40}? (?:for|before|ahead of) "
    r"[^,.;!?]{0,40}(?:meet|visit|call)[^,.;!?]{0,20}"
    r"|(?:please )?(?:brief|prep) me (?:for|before|ahead of) [^,.;!?]{0,60}(?:meet|visit|call|see|go)[^,.;!?]{0,60}"
    r"|(?:please )?(?:give|send|get) me a brief(?:ing)? (?:for|before|ahead of) "
    r"[^,.;!?]{0,60}(?:meet|visit|call|see|go)[^,.;!?]{0,60}"
)
WRITTEN = re.compile(r"给[^我,。]{1,20}(?:写|做|发|准备|出)|(?:写|做)(?:完|好)|发给|发了|了简报")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The customer whom the message names, in this clause or in its sentence before it."""
    said = _said(clause)
    is_for_it = bool(clause.all("customer")) and FOR_IT.fullmatch(said) is not None and not WRITTEN.search(said)
    if clause.customer is not None and (is_for_it or is_wanted(scene, clause)):
        yield {"customer": clause.customer}


BEFORE_IT = re.compile(  # 明天见客户: whoever it is, it is the one spoken of
    r"[^,。;!?]{0,12}?(?:见|去|拜访|到|约了?)(?:客户|他们|对方|[他她])(?:那边|那里|公司|那儿)?"
    r"|(?:i'm |i am )?(?:meeting|seeing|visiting) (?:them|the (?:customer|client))[^,.;!?]{0,20}"
)


def read_alone(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The message wants a brief and says of nobody: of the one spoken of, else it is asked of whom."""
    before = scene.clauses[: clause.place]
    if scene.has_any("customer", "person", "deal", "user") or len(scene.clauses) != clause.place + 1 or len(before) > 1:
        return
    said, is_before = _said(clause), all(BEFORE_IT.fullmatch(_said(one)) for one in before)
    if is_before and ALONE.fullmatch(said) and (not before or scene.focus):
        customer = spoken_of(scene)
        yield {"customer": customer} if customer else {}


def _said(clause: Clause) -> str:
    return clause.text.strip(ENDS + " ")


def is_wanted(scene: Scene, clause: Clause) -> bool:
    """Whether a clause asks for the brief of a customer that its sentence named before."""
    named = [one for one in scene.sentence(clause) if one.start < clause.start and one.all("customer")]
    said = _said(clause)
    if WRITTEN.search(said):
        return False
    if ALONE.fullmatch(said):
        return bool(named)
    return PAPERS.fullmatch(said) is not None and any(ahead(scene, one) for one in named)


WORDS = ("简报", "给我", "帮我", "brief", "prep me", "资料", "情况", "背景")
RULES = (
    Rule("brief_customer", "before", (), read, certain=True, words=WORDS, of_customer=True),
    Rule("brief_customer", "alone", (), read_alone, certain=True, words=("简报", "brief", "prep me")),
)
EXAMPLES = (
    "明天见晨岚,给我个简报",
    "下午三点去白鹭,先来份简报",
    "见晨岚前给我简报一下",
    "明天跟晨岚开会,给我准备个简报",
    "下周三去白鹭开会,帮我准备一下资料",
    "meeting Northwind tomorrow, brief me",
    "prep me for tomorrow's meeting with Northwind",
    "拜访晨岚前给我准备一下",
    "后天下午3点去晨岚,先给我过一遍",
    "Brief me on Northwind before tomorrow's meeting",
    "给我个简报",
    "简报",
    "brief me",
)
COUNTER_EXAMPLES = (
    "明天见晨岚",
    "去晨岚之前给何总发一份简报",
    "今天去了晨岚,给他们做了简报",
    "brief Lena before the meeting with Northwind",
    "明天见晨岚,简报发给何总",
    "今天去了晨岚,帮我准备一下资料",
    "明天见晨岚,给何总准备一下资料",
    "今天的简报",
    "明天开会,给我个简报",
    "简报我写完了",
)
