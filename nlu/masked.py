"""Text with marks in place of the names found in it, for patterns that say where a name stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlu.clauses import Clause
from nlu.rule import Find
from nlu.scene import Scene
from nlu.whole import ENDS

P, C = "\ue000", "\ue001"  # a person, a customer
POINTED = re.compile(  # what stands for the customer spoken of
    r"[这那该]个?(?:家|客户|公司)|他们(?:家|公司)?|她们|它们?|人家|对方"
    r"|\bth(?:is|at) (?:customer|account|company|one)\b|\b(?:they|them)\b"
)
THEIRS, THE = re.compile(r"\b(?:their|its)\b"), re.compile(r"\bthe\b")
ASKING = re.compile(r"[?谁哪吗呢几啥]|什么|多少|怎么|给我|发我|\b(?:who|what|where|how|give me|send me)\b")


def masked(clause: Clause, person: Find | None = None) -> str:
    """A clause with its customers marked, and a person."""
    text = clause.text
    people = [(person, P)] if person else []
    firms = [find for find in clause.all("customer") if person is None or find.start != person.start]
    for find, mark in sorted((*people, *((find, C) for find in firms)), key=lambda pair: -pair[0].start):
        start, end = find.start - clause.start, find.end - clause.start
        text = text[:start] + mark + text[end:]
    return text


def of_one_customer(scene: Scene, clause: Clause) -> tuple[str, ...]:
    """A message about one customer, with a mark for it, without what ends a sentence: in each way that it may be meant.

    Where it names none, what points at the one spoken of is marked, or a question is taken as one about it.
    """
    named = len({find.start for find in clause.all("customer")})
    if len(scene.clauses) > 1 or clause.customer is None or named > 1:
        return ()
    text = masked(clause).strip(ENDS)
    if named or clause.customer.by != "focus":
        return (text,) if named else ()
    if (pointing := POINTED.sub(C, text, count=1)) != text:
        return (pointing,)
    if (theirs := THEIRS.sub(f"{C}'s", text, count=1)) != text:
        return (theirs,)
    return (C + text, THE.sub(f"{C}'s", text, count=1)) if ASKING.search(clause.text) else ()


def topic_of_one(scene: Scene, clause: Clause, said: Mapping[str, re.Pattern[str]]) -> str:
    """The topic whose pattern a message about one customer fits as a whole; "" where none does."""
    texts = of_one_customer(scene, clause)
    return next((topic for text in texts for topic, pattern in said.items() if pattern.fullmatch(text)), "")
