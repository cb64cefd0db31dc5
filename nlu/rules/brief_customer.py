"""The sender wants the brief of a customer. Slots: customer Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customer_in
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

WHO = r"(?P<{}>[^,。;!?]{{1,40}}?)"
SAID = re.compile(
    rf"{PLEASE}(?:看看|看一?下|查看|给我|来一?份)?{WHO.format('a')}的?(?:客户)?(?:交接)?简报"
    rf"|{PLEASE}(?:(?:give me )?(?:the |a )?brief(?:ing)?(?: me)? (?:on|of|for|about) {WHO.format('b')}"
    rf"|{WHO.format('c')} brief(?:ing)?)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it, and names one customer."""
    said = whole(scene, clause, SAID)
    if said is not None and (customer := customer_in(scene, said)):
        yield {"customer": customer}


WORDS = ("简报", "brief")
RULES = (Rule("brief_customer", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = ("晨岚的简报", "给我白鹭的交接简报", "brief me on Northwind", "Northwind briefing")
COUNTER_EXAMPLES = ("简报发给晨岚了", "给晨岚写一份简报", "今天的简报", "brief Lena on the rollout tomorrow")
