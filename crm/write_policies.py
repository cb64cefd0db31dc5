"""Which changes are written at once, which wait for a tap, and which for the superior. Data; these are the defaults."""

from __future__ import annotations

from typing import Literal

WritePolicy = Literal["auto", "confirm", "manager"]

DEFAULTS: dict[str, WritePolicy] = {
    "visit": "auto",
    "task": "auto",
    "contact": "auto",
    "new_deal": "auto",
    "move_forward": "auto",
    "move_back": "auto",
    "won": "confirm",
    "lost": "confirm",
    "amount": "auto",
    "large_amount_change": "confirm",
    "payment": "confirm",
    "contract_terms": "confirm",
    "discount_beyond_limit": "manager",
}
LARGE_AMOUNT_CHANGE_PERCENT = 20
DISCOUNT_LIMIT_PERCENT = 15
