"""Visits: contacts with a customer that took place, in the words they were told in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

KINDS = ("onsite", "phone", "wechat", "email", "online", "meal", "event", "office")
IN_PERSON = ("onsite", "meal", "event", "office")


@dataclass(eq=False)
class Visit:
    """A contact that took place on the day `held_on` (local to who told it), at `held_at` where a clock time was told.

    `kind` is one of KINDS or empty; `budget_minor` is what the customer says it can spend.
    """

    customer_id: int
    user_id: int
    held_on: date
    created_at: datetime
    words: str
    held_at: datetime | None = None
    kind: str = ""
    deal_id: int | None = None
    contact_ids: list[int] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    competitors: list[str] = field(default_factory=list)
    needs: str = ""
    objections: str = ""
    budget_minor: int | None = None
    budget_currency: str = "CNY"
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)
