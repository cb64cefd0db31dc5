"""A colleague named in a command: one who is known by those words, else what looks like somebody's name."""

from __future__ import annotations

import re

from nlu.rule import Mention
from nlu.scene import Scene
from nlu.whole import is_full_name

COLLEAGUE = r"@?(?:[一-鿿·]{2,8}?|[a-z][\w'’.-]{0,30}(?: [a-z][\w'’.-]{0,30}){0,3}?)"
_CALLED = re.compile(r"[老小阿大][一-鿿]{1,2}|[一-鿿]{1,2}[哥姐]")
_AT_A_CUSTOMER = re.compile(r"[一-鿿](?:总|董|主任|处长|科长|部长|院长|局长)|(?:mr|mrs|ms|dr)\b.*", re.IGNORECASE)


def mention_at(scene: Scene, start: int, end: int) -> Mention | None:
    """The colleague that the words at [start, end) are; None where they are nobody's name."""
    if scene.folded[start:end].startswith("@"):
        start += 1
    name = scene.original(start, end)
    for find in scene.finds:
        if find.kind == "user" and (find.start, find.end) == (start, end):
            only = find.value[0] if len(find.value) == 1 else None
            return Mention(name, only, () if only is not None else tuple(find.value))
    if _AT_A_CUSTOMER.fullmatch(name) or any(find.kind == "person" and find.start == start for find in scene.finds):
        return None
    return Mention(name) if is_full_name(name) or _CALLED.fullmatch(name) else None
