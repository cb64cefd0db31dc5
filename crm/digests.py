"""Digests: what comes by itself at an hour of the day, to whom unless they change it, and who changed what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from crm.users import User

KINDS = ("brief", "funnel", "week", "month")


@dataclass(frozen=True)
class Default:
    """What holds of a kind until somebody changes it: it comes at `at` (HH:MM in the reader's zone) on `days`: every
    working day, on Monday, or on the month's first working day.

    `roles` get it; so does whoever leads people where `for_leaders`, or has customers or tasks where `for_owners`.
    """

    at: str
    days: str
    roles: frozenset[str]
    for_leaders: bool = False
    for_owners: bool = False


DEFAULTS: dict[str, Default] = {
    "brief": Default("08:30", "working_day", frozenset({"rep", "presales", "support"}), for_owners=True),
    "funnel": Default("18:00", "working_day", frozenset({"manager"}), for_leaders=True),
    "week": Default("09:00", "monday", frozenset({"manager", "rep"}), for_leaders=True),
    "month": Default("09:00", "month_begin", frozenset({"manager", "rep"}), for_leaders=True),
}


@dataclass(eq=False)
class Subscription:
    """What somebody settled about a digest: a person for themselves (`user_id`), or a manager for a group (`chat_id`)
    that shall see the figures of `team_id`. `at` is HH:MM in the zone of `user_id`, "" for the digest's own hour.
    """

    kind: str
    user_id: int
    chat_id: int | None = None
    team_id: int | None = None
    at: str = ""
    is_muted: bool = False
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)

    @property
    def hour(self) -> str:
        """When it comes: HH:MM."""
        return self.at or DEFAULTS[self.kind].at


@dataclass(frozen=True)
class Standing:
    """How a digest stands for a person: when it comes, and whether it does. `is_settled`: they said so themselves."""

    kind: str
    at: str
    is_on: bool
    is_settled: bool


def standing(kind: str, user: User, settled: Subscription | None, *, leads: bool, owns: bool) -> Standing:
    """How a digest stands for a user. `leads`: somebody is below them; `owns`: they have customers or tasks."""
    if settled is not None:
        return Standing(kind, settled.hour, not settled.is_muted, is_settled=True)
    default = DEFAULTS[kind]
    gets = user.role in default.roles or (leads and default.for_leaders) or (owns and default.for_owners)
    return Standing(kind, default.at, gets, is_settled=False)
