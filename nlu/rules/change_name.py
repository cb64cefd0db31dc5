"""The sender tells how they are called. Slots: called str as told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, holds_values, is_full_name, names_records, told, whole

SAID = re.compile(
    rf"(?:{PLEASE}(?:以后)?(?:就)?叫我|我叫|我的?名字(?:就)?(?:是|叫|改成|改为)|我的?姓名是|{PLEASE}把?我?的?名字(?:改成|改为|改叫))"
    r"[ :]?(?P<a>[^\s,。;!?]{1,20}(?: [^\s,。;!?]{1,20}){0,3}?)(?:就行|就好|吧|就可以)?"
    rf"|{PLEASE}(?:call me|my name is|my name's|rename me(?: to| as)?|change my name to|set my name to) "
    r"(?P<b>[\w'’.-]{1,30}(?: [\w'’.-]{1,30}){0,3}?)(?: please)?"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command, and what it names looks like a person's name."""
    said = whole(scene, clause, SAID)
    if said is None or names_records(scene) or holds_values(scene):
        return
    name = told(scene, said, "a" if said["a"] else "b")
    if is_full_name(name) or (said["b"] and "name" in said[0] and is_full_name(name.title())):
        yield {"called": name}


WORDS = ("叫我", "我叫", "名字", "姓名", "call me", "my name", "rename me")
RULES = (Rule("change_name", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("我叫李娜", "请叫我周岚", "call me Anna", "my name is Jane Doe", "我的名字改成欧阳明")
COUNTER_EXAMPLES = (
    "我叫何总明天过来",
    "叫我明天去晨岚",
    "我叫小方去送样品了",
    "call me tomorrow",
    "call me asap",
    "白鹭新来的采购叫许青禾",
    "我叫外卖",
)
