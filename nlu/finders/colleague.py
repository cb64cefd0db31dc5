"""Colleagues named in a text, with or without @."""

from __future__ import annotations

from nlu.finders.people import is_meant
from nlu.names import Place
from nlu.rule import Find


def find(folded: str, places: list[Place]) -> list[Find]:
    """Finds of kind "user", the value a tuple of user keys; rule "called" where an @ stands before the name."""
    finds = []
    for place in places:
        users = tuple(n.key for n in place.named if n.kind == "user")
        if not users:
            continue
        called = folded[: place.start].rstrip().endswith("@")
        if called or is_meant(folded, place):
            text = folded[place.start : place.end]
            finds.append(Find("user", place.start, place.end, text, users, "called" if called else "name"))
    return finds
