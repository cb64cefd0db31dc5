"""A brief is asked for with the meeting that it is for: 明天见晨岚,给我个简报. The meeting itself is create_task's.

Slots: customer Mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import ENDS, PLEASE

GIVE = r"(?:先|再|顺便|帮忙|帮我|给我|发我|来|要|出|准备|做|看|整理|弄|发|给){0,4}"
ONE = r"(?:一?[个份下]|下)?"
BRIEF = r"(?:(?:会前|见面前|拜访前|客户)的?)?简报"
ALONE = re.compile(  # a clause that says no more than that a brief is wanted
    rf"{PLEASE}{GIVE}{ONE}{BRIEF}(?:给我|发我|我)?{ONE}(?:吧|呗|哈)?"
    rf"|{PLEASE}简报(?:我)?{ONE}(?:吧)?"
    rf"|(?:and |then )?{PLEASE}(?:(?:can you )?(?:brief|prep) me(?: up)?(?: on (?:it|them))?(?: first| beforehand)?"
    r"|(?:give|send|get) me (?:a |the )?brief(?:ing)?(?: first| beforehand| on (?:it|them))?)"
)
FOR_IT = re.compile(  # one that names the meeting too
    rf"(?:[^,。;!?]{{0,12}}?)(?:见|去|拜访|到|约了?|和|跟|与)[^,。;!?]{{1,30}}?"
    rf"(?:之?前|见面前?|开会前?|会面|碰面|的会议?|谈)?(?:的)?{GIVE}{ONE}{BRIEF}(?:给我|发我|我)?{ONE}(?:吧|呗)?"
    r"|(?:please )?(?:brief|prep) me (?:for|before|ahead of) [^,.;!?]{0,60}(?:meet|visit|call|see|go)[^,.;!?]{0,60}"
    r"|(?:please )?(?:give|send|get) me a brief(?:ing)? (?:for|before|ahead of) "
    r"[^,.;!?]{0,60}(?:meet|visit|call|see|go)[^,.;!?]{0,60}"
)
WRITTEN = re.compile(r"给[^我,。]{1,20}(?:写|做|发|准备|出)|(?:写|做)(?:完|好)|发给|发了|了简报")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The customer whom the message names, in this clause or in its sentence before it."""
    said = clause.text.strip(ENDS + " ")
    if clause.customer is None or WRITTEN.search(said):
        return
    before = [one for one in scene.sentence(clause) if one.start < clause.start]
    is_for_it = bool(clause.all("customer")) and FOR_IT.fullmatch(said) is not None
    if is_for_it or (any(one.all("customer") for one in before) and ALONE.fullmatch(said)):
        yield {"customer": clause.customer}


WORDS = ("简报", "brief", "prep me")
RULES = (Rule("brief_customer", "before", (), read, certain=True, words=WORDS, of_customer=True),)
EXAMPLES = (
    "明天见晨岚,给我个简报",
    "下午三点去白鹭,先来份简报",
    "见晨岚前给我简报一下",
    "meeting Northwind tomorrow, brief me",
    "prep me for tomorrow's meeting with Northwind",
)
COUNTER_EXAMPLES = (
    "明天见晨岚",
    "去晨岚之前给何总发一份简报",
    "今天去了晨岚,给他们做了简报",
    "brief Lena before the meeting with Northwind",
    "明天见晨岚,简报发给何总",
)
