"""Deals named in full anywhere in a text. What a deal is called in passing is settled with its customer."""

from __future__ import annotations

from nlu.names import Place
from nlu.rule import Find


def find(folded: str, places: list[Place]) -> list[Find]:
    """Finds of kind "deal", the value a tuple of (customer key, deal key)."""
    finds = []
    for place in places:
        deals = tuple((n.customer, n.key) for n in place.named if n.kind == "deal")
        if deals:
            finds.append(Find("deal", place.start, place.end, folded[place.start : place.end], deals, "name"))
    return finds
