"""A person told as a name card is: 联系人 张三 采购经理 13800000001. Slots: those of `update_contact`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Mention, Rule
from nlu.rules.update_contact import TITLE, WECHAT
from nlu.scene import Scene
from nlu.settle import people_of
from nlu.short_forms import surname_of

HEAD = re.compile(
    r"(?:新|加个?|新增|记个?|建个?|添加)?(?:的)?(?:联系人|名片|对接人|窗口)[: ]{0,2}$|(?:new|add a?|add) contact:? ?$"
)
PART = re.compile(r"[^\s,，、/|·;]{1,40}")
NAME = re.compile(r"[一-鿿]{2,4}")
MOST = 8  # parts of a name card


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The name behind the head, then title, phone, e-mail, WeChat in any order."""
    if not HEAD.search(clause.text) or asked(scene, clause) or supposed(scene, clause):
        return
    end = scene.block(clause)[-1].end
    parts = list(PART.finditer(scene.folded, clause.end, end))[:MOST]
    if not parts or not _is_name(scene, parts[0]):
        return
    slots: dict[str, Any] = {"name": _mention(scene, clause, parts[0])} | _facts(scene, parts[1:])
    if clause.customer:
        slots["customer"] = clause.customer
    yield slots


def _is_name(scene: Scene, part: re.Match[str]) -> bool:
    surname = surname_of(part[0])
    if not NAME.fullmatch(part[0]) or not surname or len(part[0]) - len(surname) > 2:
        return False
    return not any(
        f.kind in ("when", "customer", "user") and f.start < part.end() and part.start() < f.end for f in scene.finds
    )


def _mention(scene: Scene, clause: Clause, part: re.Match[str]) -> Mention:
    text = scene.original(part.start(), part.end())
    named = [c for c in scene.block(clause) if c.start <= part.start() < c.end]
    known = (person for c in named for person in people_of(scene, c) if person.text == text and person.key is not None)
    return next(known, Mention(text))


def _facts(scene: Scene, parts: list[re.Match[str]]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for part in parts:
        text = scene.original(part.start(), part.end())
        found = next((f for f in scene.finds if f.kind in ("phone", "email") and f.start <= part.start() < f.end), None)
        if found is not None:
            facts.setdefault(found.kind, scene.original(found.start, found.end))
        elif said := WECHAT.fullmatch(part[0]):
            facts["wechat"] = text[said.start("id") :]
        elif re.fullmatch(TITLE, part[0]):
            facts.setdefault("title", text)
    return facts


RULES = (Rule("update_contact", "listed", ("contact_new",), read),)
EXAMPLES = ("白鹭新联系人 许青禾 采购经理 13800000001", "联系人 张三 采购经理")
COUNTER_EXAMPLES = ("白鹭的联系人有哪些?", "联系人 明天再说", "今天见了何总")
