"""Customers, what people call them, who works there, and who shares them."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

SILENT_DAYS = 30  # a customer whom nobody contacted for so long has been left alone for long
TIERS = ("potential", "target", "key", "vip")
DECISION_ROLES = ("decision_maker", "influencer", "user", "champion", "blocker")


@dataclass(eq=False)
class Customer:
    """A firm we sell to; `owner_id` looks after it. `withdrawn_at` is set when its creation was undone.

    `latitude` and `longitude` say where it is, once somebody who checked in there has said so.
    """

    name: str
    owner_id: int
    created_at: datetime
    industry: str = ""
    region: str = ""
    size: str = ""
    tier: str = "potential"
    source: str = ""
    phone: str = ""
    address: str = ""
    tax_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)

    @property
    def place(self) -> tuple[float, float] | None:
        """Where it is, None where nobody has said."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


@dataclass(eq=False)
class ShortName:
    """What people call a customer; with `learnt_by_id` it counts for that person only.

    What an admin `settles` counts for everybody, and of several customers that are called so means this one.
    """

    customer_id: int
    text: str
    learnt_by_id: int | None = None
    settles: bool = False
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class Contact:
    """A person at a customer; `role` is one of DECISION_ROLES or empty. `birthday` is MM-DD or YYYY-MM-DD.

    `phone` is where they are reached; `other_phone` what else their card gave.

    `left_on` is the day from which they work there no more.
    """

    customer_id: int
    name: str
    title: str = ""
    role: str = ""
    phone: str = ""
    other_phone: str = ""
    email: str = ""
    wechat: str = ""
    birthday: str = ""
    left_on: date | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class Collaborator:
    """A user with whom a customer is shared: for the sake of a deal, where one is told; as a member of the group
    `chat_id`, as long as they are in it.
    """

    customer_id: int
    user_id: int
    deal_id: int | None = None
    chat_id: int | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


def birthday_within(birthday: str, today: date, days: int) -> date | None:
    """The next day on which a birthday (MM-DD or YYYY-MM-DD) is kept, where it is no more than so many days away.

    That of 29 February is kept on the 28th in years that have no 29th.
    """
    for away in range(days + 1):
        on = today + timedelta(days=away)
        leap = on.month == 2 and on.day == 28 and not isleap(on.year)
        if birthday[-5:] in (f"{on:%m-%d}", *(["02-29"] if leap else [])):
            return on
    return None
