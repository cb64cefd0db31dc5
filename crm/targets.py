"""Targets: what a person or a team shall reach within a month or a quarter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

MEASURES = ("won_amount", "won_deals", "new_deals", "visits", "new_customers")


@dataclass(eq=False)
class Target:
    """A target of a user or of a team: `period` is 2026-11 or 2026-Q4; `value` minor units for a sum, else a count."""

    period: str
    measure: str
    value: int
    user_id: int | None = None
    team_id: int | None = None
    currency: str = "CNY"
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)
