"""A superior says what they think of a visit of their people: of the last one to a customer, or of a colleague's.

Slots: customer or user Mention; text str, as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import colleague_at, customer_in
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, told, whole

WHO = r"(?P<a>[^,。;!?:]{1,40}?)"
SAID = re.compile(
    rf"{PLEASE}(?:点评|批注)(?:一?下)?[ ]?{WHO}"
    r"(?:的?(?:这次|上次|最近一次|最近)?的?(?:拜访|跟进))?[ ]?[:,][ ]?(?P<text>.{2,})"
    rf"|{PLEASE}comment on (?:the |my )?(?:last |latest )?(?:visit (?:to|of|by) )?(?P<b>[^,;!?:]{{1,40}}?)"
    r"(?:(?:'s|’s)? (?:last |latest )?visit)?[:,] ?(?P<text_en>.{2,})",
    re.DOTALL,
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message names one of them, and says something after a colon."""
    said = whole(scene, clause, SAID)
    if said is None:
        return
    who, what = ("a", "text") if said["a"] else ("b", "text_en")
    text = told(scene, said, what)
    customer = customer_in(scene, said)
    if customer is not None and (customer.key is not None or customer.candidates):
        yield {"customer": customer, "text": text}
    elif user := colleague_at(scene, *said.span(who)):
        yield {"user": user, "text": text}


WORDS = ("点评", "批注", "comment")
RULES = (Rule("comment_visit", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "点评晨岚:价格别再让了",
    "點評晨嵐:價格別再讓了",
    "点评一下林晓禾:客户跑得太少",
    "批注白鹭的拜访:下次带上售前",
    "comment on Northwind: hold the price",
    "comment on the last visit to Northwind: bring presales along",
)
COUNTER_EXAMPLES = (
    "晨岚的点评",
    "何总点评了方案:太贵",
    "备注晨岚:开票要专票",
    "Lena's comment on the quote: too expensive",
    "no comment from Northwind",
    "客户点评不错",
)
