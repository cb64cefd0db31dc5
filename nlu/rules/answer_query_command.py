"""The messenger's commands for lists: /today, /tasks, /deals; /find with a person. Slots as in answer_query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.commands import command
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
    elif name in TOPICS and start == end:
        slots: dict[str, Any] = {"topic": TOPICS[name]}
        if name == "today":
            slots |= {"since": scene.now.date(), "until": scene.now.date()}
        if scene.sender is not None and scene.sender in scene.names.users:
            slots["user"] = Mention(scene.names.users[scene.sender].name, scene.sender)
        yield slots


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


RULES = (Rule("answer_query", "command", (), read),)
EXAMPLES = ("/today", "/tasks", "/deals@genjin_bot", "/find 何总")
COUNTER_EXAMPLES = ("/find 晨岚", "tasks/deals are done", "/nothing")
