"""Notes: what somebody wants remembered of a customer, in their own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)
class CustomerNote:
    """Something to be remembered of a customer, or of one deal or person of theirs; `withdrawn_at` once undone.

    `kind` tells of a note that stands for what is no record of its own yet: payment or ticket.
    """

    customer_id: int
    user_id: int
    created_at: datetime
    text: str
    deal_id: int | None = None
    contact_id: int | None = None
    kind: str = ""
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)
