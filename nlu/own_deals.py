"""A deal that its own rep calls by part of its name, with no customer named: 期刊这单, CTP金额改成32万."""

from __future__ import annotations

from nlu.phrases import DEAL_PART
from nlu.rule import Key
from nlu.scene import Scene

OF_DEALS = (
    "ask_deals",
    "signing",
    "deal_won",
    "deal_lost",
    "quote",
    "offer",
    "probability",
    "close_on",
    "target_close",
    "clinched",
    "fallen",
)
VALUES = ("money", "percent", "stage")


def customer_called_by_deal(scene: Scene) -> Key | None:
    """The one customer of the sender's whose open deal a message about deals calls so; None where several fit."""
    if scene.sender is None or not (scene.says(*OF_DEALS) or scene.has_any(*VALUES)):
        return None
    found: dict[int, set[tuple[int, int]]] = {}
    for start, end, hits in scene.names.index.scan(scene.folded):
        for number in (number for kind, numbers in hits if kind == DEAL_PART for number in numbers):
            found.setdefault(number, set()).add((start, end))
    own = {number: places for number, places in found.items() if _is_own(scene, number)}
    best = [number for number, places in own.items() if len(places) == max(map(len, own.values()))]
    return scene.names.customers.at(best[0]).key if len(best) == 1 else None


def _is_own(scene: Scene, number: int) -> bool:
    customer = scene.names.customers.at(number)
    return customer.owner == scene.sender and any(deal.is_open for deal in customer.deals)
