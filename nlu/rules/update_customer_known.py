"""A customer called new that goes by the name of a known one, or nearly so. Slots: customer Mention, is_new True."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import customers_at
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

SAID = re.compile(
    rf"{PLEASE}(?:(?:新建|新增|创建|添加|录入?|建)(?:一?[个家])?(?:新)?客户|新客户"
    r"|(?:create|add|new)(?: an?)?(?: new)? (?:customer|account|client|lead))"
    r"[ :,]{0,3}(?:叫|名叫|called|named)? ?(?P<what>[^,;!?\n]{2,60}?)(?:,[^\n]{0,60})?"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The message begins with it, and tells at most facts behind the name."""
    said = whole(scene, clause, SAID)
    if said is None or any(f.rule == "called new" for f in clause.all("customer")):
        return
    named = customers_at(scene, *said.span("what"))
    if len(named) == 1:
        yield {"customer": named[0], "is_new": True}


WORDS = ("客户", "customer", "account", "client", "lead")
RULES = (Rule("update_customer", "new of a known name", (), read, whole=True, certain=True, words=WORDS),)
EXAMPLES = (
    "新客户杭州晨岚科技有限公司",
    "新客户:晨岚",
    "新建客户白鹭",
    "new customer Northwind Instruments Ltd.",
    "新客户:深圳市白鹭电子有限公司",
)
COUNTER_EXAMPLES = ("晨岚是新客户吗", "新客户拜访了晨岚", "新客户有几家", "new customers at Northwind this month")
