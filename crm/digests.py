"""Digests: what comes by itself at an hour of the day, to whom unless they change it, and who changed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm.calendar import Calendar, Hours, read_time
from crm.users import Team, User, teams_of

KINDS = ("brief", "funnel", "week", "month")
WINDOW = timedelta(hours=3)  # so late a digest is still worth reading; the next one comes anyway


@dataclass(frozen=True)
class Digest:
    """A digest as it ships: its hour, the days on which it comes (working, monday, month: its first working day), and
    for whom it is: for `roles`, for those who lead others, for those who have customers or tasks.
    """

    at: str
    days: str
    roles: frozenset[str]
    for_leads: bool = False
    for_owners: bool = False

    def is_for(self, user: User, *, leads: bool, owns: bool) -> bool:
        """Whether a user gets it without a word of their own."""
        return user.role in self.roles or (leads and self.for_leads) or (owns and self.for_owners)


DIGESTS: dict[str, Digest] = {
    "brief": Digest("08:30", "working", frozenset({"rep", "presales", "support"}), for_owners=True),
    "funnel": Digest("18:00", "working", frozenset({"manager"}), for_leads=True),
    "week": Digest("09:00", "monday", frozenset({"manager", "rep"}), for_leads=True),
    "month": Digest("09:00", "month", frozenset({"manager", "rep"}), for_leads=True),
}


@dataclass(eq=False)
class Subscription:
    """What somebody settled about a digest: a person for themselves (`user_id`), a manager for each member of a team
    (`team_id`), or for a group (`chat_id`) that shall see the figures of `team_id`. `at` is HH:MM, "" for the digest's
    own hour: in the zone of `user_id`, of a team in that of each member.
    """

    kind: str
    user_id: int
    chat_id: int | None = None
    team_id: int | None = None
    at: str = ""
    is_muted: bool = False
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(frozen=True)
class Standing:
    """How a digest stands for a person: when it comes (HH:MM), and whether it does. `is_settled`: by a word, their own
    or that of the team `team_id`.
    """

    kind: str
    at: str
    is_on: bool
    is_settled: bool
    team_id: int | None = None


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


def standing(kind: str, user: User, told: Sequence[Subscription], *, leads: bool, owns: bool) -> Standing:
    """How a digest stands for a user: the first word told holds, the hour is the first that was told. `leads`: somebody
    is below them; `owns`: they have customers or tasks.
    """
    digest = DIGESTS[kind]
    at = next((word.at for word in told if word.at), digest.at)
    if told:
        return Standing(kind, at, not told[0].is_muted, is_settled=True, team_id=told[0].team_id)
    return Standing(kind, at, digest.is_for(user, leads=leads, owns=owns), is_settled=False)


def settled_for(
    user: User,
    own: Mapping[str, Subscription],
    of_teams: Mapping[int, Mapping[str, Subscription]],
    teams: Mapping[int, Team],
) -> dict[str, list[Subscription]]:
    """What was settled for a user, by kind, what holds first: their own word, then those of their teams."""
    found: dict[str, list[Subscription]] = {}
    for told in (own, *(of_teams.get(key, {}) for key in teams_of(user, teams))):
        for kind, one in told.items():
            found.setdefault(kind, []).append(one)
    return found


def own_digests(
    user: User, *, leads: bool, settled: Mapping[str, Sequence[Subscription]], owns: bool = True
) -> dict[str, str]:
    """The digests that a user gets, and the hour (HH:MM) of each. `owns` may be left as it is for everybody: what has
    nothing to tell is not sent.
    """
    every = (standing(kind, user, settled.get(kind, ()), leads=leads, owns=owns) for kind in DIGESTS)
    return {one.kind: one.at for one in every if one.is_on}
