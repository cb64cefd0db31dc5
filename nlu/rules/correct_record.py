"""What was said before is mended: 不是80万是90万, 改成下周四, 客户错了,是华星, it's Friday, not Thursday.

Slots: field str (a group of the lexicon's table `field`, left out where none is named), right and wrong: tuples of
(kind, value) with every sense that the words have (amount Amount, when When, customer, contact, user and deal Mention,
stage, channel, phone, email, competitor, text str, percent and number float); said str, the right words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu import corrections
from nlu.clauses import Clause
from nlu.lists import mention_of
from nlu.rule import Find, Mention, Rule
from nlu.scene import Scene
from nlu.settle import person_of

LONGEST_CHANNEL = 8
SLACK = 2  # characters beside a value that do not make it something else
PLAIN = {"when": "when", "money": "amount", "percent": "percent", "stage": "stage", "competitor": "competitor"}
WRITTEN = {"phone": "phone", "email": "email"}
NAMED = {"customer": "customer", "contact": "contact", "assignee": "user", "deal": "deal"}  # a field's word -> kind
NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,4})?")
Sense = tuple[str, Any]


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the correction, and what it says is right has a sense."""
    if next(c for c in scene.clauses if c.has("corrects")) is not clause or scene.has_any("task"):
        return
    for told in corrections.read(scene.folded.strip()):
        lead = len(scene.folded) - len(scene.folded.lstrip())
        right = _senses(scene, told.right[0] + lead, told.right[1] + lead)
        wrong = _senses(scene, told.wrong[0] + lead, told.wrong[1] + lead) if told.wrong else ()
        said = scene.original(told.right[0] + lead, told.right[1] + lead)
        right = right or _in_words(said, told.field, wrong)
        if right and (not told.wrong or _alike(right, wrong)):
            yield _slots(told.field, right, wrong, said)
            return


def _alike(right: tuple[Sense, ...], wrong: tuple[Sense, ...]) -> bool:
    """Whether what is right can stand for what was wrong."""
    kinds, other = {kind for kind, _ in right}, {kind for kind, _ in wrong}
    return bool(kinds & other or ("number" in other and "amount" in kinds) or {"number", "percent"} == kinds | other)


def _slots(field: str, right: tuple[Sense, ...], wrong: tuple[Sense, ...], said: str) -> dict[str, Any]:
    slots: dict[str, Any] = {"right": right, "said": said}
    return slots | ({"field": field} if field else {}) | ({"wrong": wrong} if wrong else {})


def _senses(scene: Scene, start: int, end: int) -> tuple[Sense, ...]:
    """What the words of a span may mean, each a value that is nearly all of it."""
    finds = [f for f in scene.finds if start <= f.start and f.end <= end and (end - start) - (f.end - f.start) <= SLACK]
    senses = [sense for find in finds for sense in _of_find(scene, find)]
    text = scene.folded[start:end].strip()
    if NUMBER.fullmatch(text) and not any(kind == "amount" for kind, _ in senses):
        senses.append(("number", float(text)))
    if end - start <= LONGEST_CHANNEL:
        senses += [
            ("channel", word.group.removeprefix("visit_"))
            for clause in scene.clauses
            for word in clause.words
            if word.group.startswith("visit_") and start <= word.start and word.end <= end
        ]
    return tuple(dict(senses).items())


def _of_find(scene: Scene, find: Find) -> Iterator[Sense]:
    text = scene.original(find.start, find.end)
    if find.kind in PLAIN:
        yield PLAIN[find.kind], find.value
    elif find.kind in WRITTEN:
        yield WRITTEN[find.kind], text
    elif find.kind == "customer":
        yield "customer", mention_of(scene, find)
    elif find.kind == "user":
        yield "user", Mention(text, find.value[0])
    elif find.kind == "deal":
        yield "deal", Mention(text, find.value[0][1])
    elif find.kind == "person":
        clause = next(c for c in scene.clauses if c.start <= find.start < c.end)
        focus = Mention("", scene.focus.customer) if scene.focus else None
        yield "contact", person_of(scene, clause, find, focus) or Mention(text)


def _in_words(said: str, field: str, wrong: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """What nobody knows yet: a name where a name was wrong or its field is called, else free words for a field."""
    kinds = {kind for kind, _ in wrong} & set(NAMED.values())
    if kind := NAMED.get(field) or next(iter(kinds), ""):
        return ((kind, Mention(said)),)
    return (("text", said),) if field in ("task", "reason", "wechat", "phone", "email") else ()


RULES = (Rule("correct_record", "whole message", ("corrects",), read),)
EXAMPLES = (
    "不是80万是90万",
    "不是80万,是90万",
    "改成下周四",
    "不是何总是陶欣",
    "客户错了,是白鹭",
    "金额写错了,应该是90万",
    "应该是周五",
    "是上门不是电话",
    "更正:95万",
    "唔係80萬係90萬",
    "It's 90k, not 80k",
    "change it to next Thursday",
    "wrong customer, it's 白鹭",
    "make it Friday",
    "the amount should be 90k",
)
COUNTER_EXAMPLES = (
    "今天去了晨岚,不是何总接待的,是陶欣",
    "排产软件二期金额改成90万",
    "#7 改到下周四",
    "不是我负责的",
    "是的",
    "白鹭的仓储平台改到下周二再谈",
    "it's raining",
)
