"""Digests: what comes by itself at an hour of the day, to whom unless they change it, and who changed what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm.calendar import Calendar, Hours, read_time
from crm.users import User

KINDS = ("brief", "funnel", "week", "month")
WINDOW = timedelta(hours=3)  # so late a digest is still worth reading; the next one comes anyway


@dataclass(frozen=True)
class Digest:
    """A digest as it ships: its hour, the days on which it comes (working, monday, month: its first working day), and
    whether it is for those alone who lead others.
    """

    at: str
    days: str
    for_leads: bool = False


DIGESTS: dict[str, Digest] = {
    "brief": Digest("08:30", "working"),
    "funnel": Digest("18:00", "working", for_leads=True),
    "week": Digest("09:00", "monday"),
    "month": Digest("09:00", "month"),
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


def comes_on(kind: str, on: date, calendar: Calendar) -> bool:
    """Whether a digest comes on a day. One for Mondays comes on the first working day of the week."""
    if not calendar.is_working_day(on):
        return False
    days = DIGESTS[kind].days
    if days == "working":
        return True
    before = calendar.after(on, -1)
    return before.month != on.month if days == "month" else before.isocalendar()[:2] != on.isocalendar()[:2]


def is_due(kind: str, user: User, at: str, calendar: Calendar, now: datetime) -> date | None:
    """The day of a digest that is due for a user at its hour (HH:MM), None where none is: it is another day or hour, or
    the hour is over for longer than WINDOW.
    """
    local = now.astimezone(ZoneInfo(user.zone))
    hour = read_time(at)
    told = datetime.combine(local.date(), hour, local.tzinfo)
    is_time = told <= local < told + WINDOW and not Hours.read(user.quiet_hours).hold(local.time())
    return local.date() if is_time and comes_on(kind, local.date(), calendar) else None


def own_digests(user: User, *, leads: bool, settled: Mapping[str, Subscription]) -> dict[str, str]:
    """The digests that a user gets, and the hour (HH:MM) of each."""
    found: dict[str, str] = {}
    for kind, digest in DIGESTS.items():
        told = settled.get(kind)
        if told is None and (leads or not digest.for_leads):
            found[kind] = digest.at
        elif told is not None and not told.is_muted:
            found[kind] = told.at or digest.at
    return found
