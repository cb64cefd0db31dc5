"""Customers are asked for as a list: 我的客户, 哪些客户很久没联系了, key accounts. Slots as in answer_query; tier str.

The whole message must name the list and nothing else, as in answer_query_short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.question import question
from nlu.rule import Rule
from nlu.rules.answer_query_short import MOST, is_only_named
from nlu.scene import Scene

CUSTOMERS = re.compile(r"客户(?!卡)|\b(?:customers|accounts)\b")
OTHER = frozenset({"ask_visits", "ask_tasks", "ask_deals", "ask_schedule", "ask_receivables", "ask_contracts"})
WHO_DID = re.compile(r"谁(?!的)")  # asks for people
NEGLECTED = re.compile(r"[没未](?:有)?(?:联系|跟进|拜访)|no contact")
TIERS = {
    "vip": re.compile(r"(?<![a-z])vip(?![a-z])"),
    "key": re.compile(r"重点|大客户|\bkey\b"),
    "target": re.compile(r"目标|\btarget\b"),
    "potential": re.compile(r"潜在|\bpotential\b"),
}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The list of customers that the whole message names."""
    text = clause.text
    if len(scene.clauses) > 1 or len(text) > MOST:
        return
    if not CUSTOMERS.search(text) or WHO_DID.search(text) or clause.all("customer", "person", "deal", "stage"):
        return
    if not is_only_named(scene, clause) or (clause.groups & OTHER and not NEGLECTED.search(text)):
        return
    slots = question(scene, clause, "customers")
    if NEGLECTED.search(text) and "stalled" not in slots:
        slots["stalled"] = True
    if slots.get("stalled"):
        slots = {name: value for name, value in slots.items() if name not in ("since", "until")}
    tier = next((tier for tier, said in TIERS.items() if said.search(text)), None)
    yield slots | ({"tier": tier} if tier else {})


WORDS = ("客户", "customers", "accounts")
RULES = (Rule("answer_query", "customers", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "我的客户",
    "重点客户有哪些",
    "哪些客户很久没联系了",
    "超过60天没联系的客户",
    "my customers",
    "本周新增的客户",
)
COUNTER_EXAMPLES = ("新客户晨光", "客户说下周定", "这周拜访了三家客户", "客户要看案例", "联系客户")
