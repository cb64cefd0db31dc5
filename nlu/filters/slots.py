"""The slots of a question that was read as a narrowed list."""

from __future__ import annotations

import re
from typing import Any

from nlu.asking import COUNT, MY_OWN, SUM
from nlu.filters.found import Scan
from nlu.filters.scan import unknown_words
from nlu.rule import Mention
from nlu.scene import Scene

WORTH_SO_MUCH = re.compile(r"worth (?=over|more|at least|less|under|up to|at most|between|\d)")


def list_slots(scene: Scene, found: Scan) -> dict[str, Any]:
    """What the list is of and narrowed by, whose it is but for colleagues named, its order, and how it is wanted."""
    told: dict[str, Any] = {"topic": found.topic, "where": tuple(dict.fromkeys(found.conditions))}
    if unknown := tuple(unknown_words(scene, found)):
        told["unknown"] = unknown
    told |= {name: day for name, day in zip(("since", "until"), found.period, strict=True) if day}
    told |= dict.fromkeys(found.flags, True)
    if found.sort:
        told["sort"] = found.sort
    if found.top:
        told["top"] = found.top.count
    if found.team:
        told["team"] = found.team
    elif scene.sender in scene.names.users and scene.sender is not None and MY_OWN.search(scene.folded):
        told["user"] = Mention(scene.names.users[scene.sender].name, scene.sender)
    how = "sum" if SUM.search(WORTH_SO_MUCH.sub("", scene.folded)) else "count" if COUNT.search(scene.folded) else ""
    return told | ({"how": how} if how else {})
