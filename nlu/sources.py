"""How each slot of a reading was found: stated in its words, resolved from elsewhere in the message, or assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nlu.rule import Amount, Mention, Reading, When
from nlu.scene import Scene

STATED, RESOLVED, ASSUMED = "stated", "resolved", "assumed"
GUESSED = ("focus", "learnt", "alike")  # what a mention was decided by, where not by the message's own words
DATED = re.compile(r"\d ?[月日号/.-]|[月日号]")


def sources_of(scene: Scene, reading: Reading) -> Mapping[str, str]:
    """By slot one of stated, resolved, assumed; what is no name, time or sum is stated."""
    return {slot: _source(scene, reading, value) for slot, value in reading.slots.items()}


def _source(scene: Scene, reading: Reading, value: Any) -> str:
    if isinstance(value, tuple):
        found = {_source(scene, reading, part) for part in value}
        return next((source for source in (ASSUMED, RESOLVED, STATED) if source in found), STATED)
    if isinstance(value, Mention):
        return _of_mention(scene, reading, value)
    if isinstance(value, When):
        return _of_time(scene, reading, value)
    if isinstance(value, Amount):
        return STATED if _is_found(scene, reading, value) else RESOLVED
    return STATED


def _of_mention(scene: Scene, reading: Reading, value: Mention) -> str:
    """A name in the reading's own words is stated, one that the message does not hold assumed."""
    if value.by in GUESSED:
        return ASSUMED
    written = scene.text.original
    if value.text and value.text in written[reading.start : reading.end]:
        return STATED
    return RESOLVED if _is_named(scene, value) else ASSUMED


def _is_named(scene: Scene, value: Mention) -> bool:
    """Whether the message names it anywhere, in whatever words."""
    if value.text and value.text in scene.text.original:
        return True
    return any(
        _means(find.value, value.key) for find in scene.finds if find.kind in ("customer", "deal", "person", "user")
    )


def _means(found: Any, key: Any) -> bool:
    if isinstance(found, tuple):
        return any(one == key or (isinstance(one, tuple) and key in one) for one in found)
    return any(key in known for known in getattr(found, "contacts", ()))


def _of_time(scene: Scene, reading: Reading, value: When) -> str:
    """A date is stated, 下周三 resolved; a deadline in working days that are not published yet is assumed."""
    if value.provisional:
        return ASSUMED
    own = [find for find in scene.finds if find.kind == "when" and _is_within(scene, find.start, reading)]
    return STATED if any(find.value == value and DATED.search(find.text) for find in own) else RESOLVED


def _is_found(scene: Scene, reading: Reading, value: Amount) -> bool:
    return any(find.value == value and _is_within(scene, find.start, reading) for find in scene.finds)


def _is_within(scene: Scene, place: int, reading: Reading) -> bool:
    start, _ = scene.text.span(place, place + 1)
    return reading.start <= start < reading.end
