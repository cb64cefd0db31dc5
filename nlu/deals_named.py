"""Which of a customer's deals the words of a text name: in full, or by parts that set one apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nlu.clauses import Clause
from nlu.known import KnownDeal
from nlu.lexicon import word_set
from nlu.names import fold
from nlu.rule import Key
from nlu.scene import Scene

THAT_DEAL = re.compile(
    r"[一-鿿]{2}(?:[那这]个?|的)(?:单|标)子?(?![位纯价])"
)  # behind a part of the name that others have too


def text_of(clauses: Iterable[Clause]) -> str:
    """What clauses say together, without the names of competitors."""
    return "".join(clause.own_words for clause in clauses)


def mentioned_deals(scene: Scene, customer: Key, text: str) -> list[KnownDeal]:
    """The customer's deals that a text names best; several where they are named equally well, open ones first."""
    deals = scene.names.customers[customer].deals
    own = fold(scene.names.customers[customer].name)
    scores = {deal.key: _named_by(fold(deal.name), text, own) for deal in deals}
    best = max(scores.values(), default=0.0)
    if best == 0:
        return []
    named = [deal for deal in deals if scores[deal.key] == best]
    if best < 1 and (len(named) > 1 or not THAT_DEAL.search(text)):
        return []
    still_open = [deal for deal in named if deal.is_open]
    return still_open or named


def _named_by(deal: str, text: str, customer: str) -> float:
    """How much of a deal's name a text holds: 100 for all of it, else a point a part, half a point a common part."""
    if deal in text:
        return 100.0 + len(deal)
    common = word_set("common_deal_part")
    return sum(0.5 if part in common else 1.0 for part in parts_of_name(deal) if part in text and part not in customer)


@lru_cache(maxsize=4096)
def parts_of_name(deal: str) -> tuple[str, ...]:
    """Latin words, and every two neighbouring Chinese characters."""
    latin = [word for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", deal) if len(word) >= 2]
    latin += re.findall(r"[a-z0-9](?=[一-鿿])[一-鿿]", deal)
    runs = re.findall(r"[一-鿿]+", deal)
    return tuple(dict.fromkeys([*latin, *(run[i : i + 2] for run in runs for i in range(len(run) - 1))]))
