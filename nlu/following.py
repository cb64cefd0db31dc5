"""Whether what a clause wants done goes on about the customer last spoken of, or is an affair of our own."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.scene import Scene

THEY = re.compile(
    r"(?<!其)[他她佢](?!人)[们哋]?|对方|客户|人家|[这那]边|[这那]家|[这那该]单|[这那该]个?项目"
    r"|\b(?:he|she|they|him|them|his|her|their|client|customer|clients|customers)\b"
)
ADDS = re.compile(  # words that add a task to what was told before
    r"[\s,]{0,4}(?:(?:再|还|另外?)?[加记补添]上?[一多]?(?:[条项件]|个(?:任务|待办))|还有一?[条项件]"
    r"|(?:and |add )?(?:one|another) more(?: thing| task)?\b|(?:add )?another (?:one|task)\b)"
)
TOLD_BESIDE = ("deal", "stage", "money", "percent", "person")  # found in another clause, the message is about customers


def goes_on(scene: Scene, clause: Clause) -> bool:
    """Whether a task told in a clause without a customer of its own is one for the chat's customer.

    A name, a person or a pronoun says so; an affair of our own (报销, 周报) never is; else the work has to be such as
    is done for customers (报价, 回访), or the message has to say that it adds to what was told.
    """
    if scene.has_any("customer", "deal") or clause.all("person") or THEY.search(clause.text):
        return True
    if clause.has("inward"):
        return False
    others = [other for other in scene.near(clause) if other is not clause]
    is_told_beside = any(other.all(*TOLD_BESIDE) or THEY.search(other.text) for other in others)
    return clause.has("dealings") or ADDS.match(scene.folded) is not None or is_told_beside
