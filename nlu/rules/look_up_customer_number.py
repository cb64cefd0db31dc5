"""Whose number it is, is asked of a number or its end: 尾号1001是谁, 1001结尾的, whose number is 199-0000-1001.

Slots: customer Mention, whose text is the number as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, told, whole

NUMBER = r"(?P<{}>[+(]?\d[\d() -]{{2,18}}\d)"
LOOK = rf"{PLEASE}(?:(?:查|看|找)(?:一?下|查|看|找)?)?"
PHONE = r"(?:手机号码?|手机|电话号码?|电话|号码|座机|号)"
WHO = r"(?:谁|哪位|哪个人|哪家|哪个客户|什么人|哪个公司|客户|联系人)"
END = rf"(?:的|这个|那个)?{PHONE}?(?:的?是)?{WHO}?(?:的{PHONE}?)?(?:呢|啊|来着)?"
TAIL = r"(?:尾号|尾数|后四位|末四位|最后四位|后4位)"
PHONE_EN = r"(?:(?:phone |mobile |cell )?(?:number|phone|mobile|cell))"
ENDS_EN = r"(?:that )?(?:ends|ending|ended)(?: in| with| on)?"
SAID = re.compile(
    rf"{LOOK}{PHONE}?{TAIL}(?:是|为|:)?{NUMBER.format('a')}{END}"
    rf"|{LOOK}{PHONE}?{NUMBER.format('b')}(?:结尾|收尾|尾号){END}"
    rf"|{LOOK}{NUMBER.format('c')} ?(?:的|这个|那个)?{PHONE}?的?是?{WHO}(?:的{PHONE}?)?(?:呢|啊|来着)?"
    rf"|{LOOK}谁的?{PHONE}?(?:{TAIL})?是{NUMBER.format('d')}"
    rf"|{LOOK}(?P<h>(?=[a-z]{{0,4}}\d)[0-9a-z]{{8,20}})是?(?:谁|哪家(?:公司)?|哪个(?:公司|客户))的?(?:税号|信用代码)?"
    rf"|who(?:'s| is| has| called(?: me)?(?: from)?| rang(?: me)?(?: from)?)?"
    rf" ?(?:the |this )?(?:{PHONE_EN} )?(?:{ENDS_EN} )?{NUMBER.format('e')}"
    rf"|(?:whose|which) {PHONE_EN}? ?(?:is|{ENDS_EN}) (?:the )?(?:{PHONE_EN} )?{NUMBER.format('f')}"
    rf"|{PLEASE}(?:(?:find|look up|show me|who has) )?(?:the |a )?"
    rf"(?:(?:{PHONE_EN} )?{ENDS_EN}|last (?:four|4)(?: digits)?(?: is| are)?) {NUMBER.format('g')}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks it."""
    said = whole(scene, clause, SAID)
    if said is not None and (group := next((group for group in "abcdefgh" if said[group]), "")):
        yield {"customer": Mention(told(scene, said, group))}


WORDS = ("尾", "四位", "4位", "是谁", "是哪", "谁的", "谁", "who", "ending", "ends", "last")
RULES = (Rule("look_up_customer", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "尾号1001是谁",
    "手机尾号1001",
    "1001结尾的是谁",
    "查一下尾号是1001的客户",
    "13800138000是谁",
    "谁的电话是138-0013-8000",
    "who is 1001",
    "whose number is 13800138000?",
    "number ending in 1001",
)
COUNTER_EXAMPLES = (
    "何总的手机尾号是1001",
    "2026年谁是第一",
    "晨岚的电话是13800138000",
    "合同尾号1001的发给晨岚",
    "#1001是谁的",
    "who is Lena",
    "the order ends in 1001",
)
