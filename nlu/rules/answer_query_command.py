"""The messenger's commands for lists: /today, /tasks, /deals, also of a colleague; /find with a person.

Slots as in answer_query.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.commands import command
from nlu.lists import mention_of
from nlu.rule import Mention, Rule
from nlu.scene import Scene

TOPICS = {"today": "schedule", "tasks": "tasks", "deals": "deals"}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The list that a command stands for: the sender's own."""
    said = command(scene) if clause.place == 0 else None
    if said is None:
        return
    name, start, end = said
    if name == "find":
        yield from _person(scene, start, end)
    elif name in TOPICS:
        today = scene.now.date()
        yield (
            {"topic": TOPICS[name]}
            | ({"since": today, "until": today} if name == "today" else {})
            | _narrowed(scene, start, end)
        )


def _narrowed(scene: Scene, start: int, end: int) -> dict[str, Any]:
    """Whose or of whom: what is named behind the command; else the sender's own."""
    for find in scene.finds:
        if (find.start, find.end) == (start, end):
            if find.kind == "customer":
                return {"customer": mention_of(scene, find)}
            if find.kind == "user" and len(find.value) == 1:
                return {"user": Mention(scene.original(start, end), find.value[0])}
            if find.kind == "stage":
                return {"stage": find.value} | _own(scene)
    return _own(scene) if start == end else {"user": Mention(scene.original(start, end))}


def _own(scene: Scene) -> dict[str, Any]:
    if scene.sender is None or scene.sender not in scene.names.users:
        return {}
    return {"user": Mention(scene.names.users[scene.sender].name, scene.sender)}


def _person(scene: Scene, start: int, end: int) -> Iterator[dict[str, Any]]:
    """The people who go by the name behind /find."""
    for find in scene.finds:
        if find.kind == "person" and (find.start, find.end) == (start, end) and find.value.contacts:
            best = max(strength for _, _, strength in find.value.contacts)
            keys = tuple(dict.fromkeys(key for _, key, strength in find.value.contacts if strength == best))
            text = scene.original(start, end)
            yield {
                "topic": "contact",
                "contact": Mention(text, keys[0]) if len(keys) == 1 else Mention(text, None, keys),
            }


WORDS = ("/",)
RULES = (Rule("answer_query", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = ("/today", "/tasks", "/deals@genjin_bot", "/tasks 小方", "/deals 商务谈判", "/find 何总")
COUNTER_EXAMPLES = ("/find 晨岚", "tasks/deals are done", "/nothing")
