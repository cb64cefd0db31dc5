"""The sender wants the brief of a customer, which tells what they promised too. Slots: customer Mention."""

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
    rf"|{PLEASE}{WHO.format('d')}(?:之前|上次|都)?(?:答应|承诺)(?:了|过|给){{0,2}}(?:我们?|咱们?)?(?:了|过)?(?:什么|啥|哪些)(?:事|条件)?了?"
    rf"|{PLEASE}what (?:did|has|have) {WHO.format('e')} promised?(?: us)?"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it, and names one customer."""
    said = whole(scene, clause, SAID)
    if said is not None and (customer := customer_in(scene, said)):
        yield {"customer": customer}


WORDS = ("简报", "brief", "答应", "承诺", "promise")
RULES = (Rule("brief_customer", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "晨岚的简报",
    "给我白鹭的交接简报",
    "brief me on Northwind",
    "Northwind briefing",
    "白鹭答应我们什么了",
    "what did Northwind promise us",
)
COUNTER_EXAMPLES = ("简报发给晨岚了", "给晨岚写一份简报", "今天的简报", "brief Lena on the rollout tomorrow")
