"""Which changes are written at once, which wait for a tap, and which for the superior. Data; these are the defaults."""

from __future__ import annotations

from typing import Literal

WritePolicy = Literal["auto", "confirm", "manager"]

# What is not named here is auto: visits, tasks, contacts, facts, moves, small changes of an amount.
DEFAULTS: dict[str, WritePolicy] = {
    "won": "confirm",
    "lost": "confirm",
    "large_amount_change": "confirm",
    "contract_terms": "confirm",
    "discount_beyond_limit": "manager",
}
LARGE_AMOUNT_CHANGE_PERCENT = 20
DISCOUNT_LIMIT_PERCENT = 15
