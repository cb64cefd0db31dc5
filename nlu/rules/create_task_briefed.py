"""A meeting that a brief is wanted for is planned: 明天跟晨岚开会,给我准备个简报. The brief is brief_customer's.

Slots as in create_task.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import ahead
from nlu.rule import Rule
from nlu.rules import create_task
from nlu.rules.brief_customer_before import WORDS, is_wanted
from nlu.scene import Scene


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The meeting with the customer named, where the clause behind it wants the brief."""
    after = scene.after(clause)
    if after is None or after.sentence != clause.sentence or not clause.all("customer"):
        return
    if ahead(scene, clause) and is_wanted(scene, after):
        yield from create_task.read(scene, clause)


RULES = (Rule("create_task", "briefed", (), read, ("when",), certain=True, words=WORDS),)
EXAMPLES = (
    "明天跟晨岚开会,给我准备个简报",
    "下周三去白鹭开会,帮我准备一下资料",
    "meeting Northwind tomorrow, brief me",
)
COUNTER_EXAMPLES = ("今天跟晨岚开了会,给我个简报", "晨岚的简报")
