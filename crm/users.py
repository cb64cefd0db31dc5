"""People who use Genjin and the tree of teams they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ROLES = ("rep", "presales", "support", "finance", "manager", "admin")


@dataclass(eq=False)
class Team:
    """A node in the tree of teams; its manager is superior to everybody below. `withdrawn_at` once undone."""

    name: str
    parent_id: int | None = None
    manager_id: int | None = None
    withdrawn_at: datetime | None = None
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class User:
    """A colleague. `short_names` are what others call them (娜姐); `zone` is an IANA name, `language` zh or en.

    `quiet_hours` hold pushes back, a day's first reminder comes as `working_hours` begin: HH:MM-HH:MM in their zone.
    `joined_at` is when they came in by an invite; `withdrawn_at` when the invite was undone before that. `username` is
    what their messenger calls them (xiaoli_sales), "" while nobody knows: a way to name them, never a right.
    """

    name: str
    role: str = "rep"
    team_id: int | None = None
    short_names: list[str] = field(default_factory=list)
    language: str = "zh"
    zone: str = "Asia/Shanghai"
    quiet_hours: str = "21:00-08:00"
    working_hours: str = "09:00-18:30"
    is_active: bool = True
    joined_at: datetime | None = None
    withdrawn_at: datetime | None = None
    username: str = ""
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class Identity:
    """Who a user is on a channel: the messenger's id of the person."""

    user_id: int
    channel: str
    address: str
    id: int = field(init=False, repr=False)


@dataclass(eq=False)
class Chat:
    """A conversation on a channel. The focus is the customer last spoken of, cleared with time; a group may be bound to
    the customer or deal that it works on.

    Of a group: who bound it and when; `is_shared` once the owner let its members see what it is bound to; the
    `member_ids` of colleagues known to be in it; `is_administrator`: the bot hears who leaves.
    """

    channel: str
    address: str
    topic: str = ""
    is_group: bool = False
    title: str = ""
    is_active: bool = True
    focus_customer_id: int | None = None
    focus_deal_id: int | None = None
    focus_at: datetime | None = None
    customer_id: int | None = None
    deal_id: int | None = None
    bound_by_id: int | None = None
    bound_at: datetime | None = None
    is_shared: bool = False
    is_administrator: bool = False
    member_ids: list[int] = field(default_factory=list)
    id: int = field(init=False, repr=False)

    @property
    def binding(self) -> dict[str, Any] | None:
        """What a group is bound to, by whom, since when and with whose seeing it: one value, as the log keeps it."""
        if self.customer_id is None or self.bound_at is None:
            return None
        to = {"customer": self.customer_id, "deal": self.deal_id}
        return {**to, "by": self.bound_by_id, "at": self.bound_at.isoformat(), "is_shared": self.is_shared}

    @binding.setter
    def binding(self, bound: Mapping[str, Any] | None) -> None:
        told = bound or {}
        self.customer_id, self.deal_id, self.bound_by_id = told.get("customer"), told.get("deal"), told.get("by")
        self.bound_at = datetime.fromisoformat(told["at"]) if bound else None
        self.is_shared = bool(told.get("is_shared"))


def superiors(user: User, teams: Mapping[int, Team]) -> list[int]:
    """The ids of a user's superiors, nearest first: managers of the user's team and of every team above it."""
    found: list[int] = []
    team = teams.get(user.team_id) if user.team_id else None
    while team is not None:
        if team.manager_id and team.manager_id != user.id and team.manager_id not in found:
            found.append(team.manager_id)
        team = teams.get(team.parent_id) if team.parent_id else None
    return found


def teams_of(user: User, teams: Mapping[int, Team]) -> list[int]:
    """The ids of the teams that a user is of, nearest first: their own, those above it, at last those they lead."""
    found: list[int] = []
    team = teams.get(user.team_id) if user.team_id else None
    while team is not None and team.id not in found:
        found.append(team.id)
        team = teams.get(team.parent_id) if team.parent_id else None
    return found + sorted(key for key, each in teams.items() if each.manager_id == user.id and key not in found)


def would_loop(team_id: int, parent_id: int | None, teams: Mapping[int, Team]) -> bool:
    """Whether a team would stand below itself with that parent."""
    above, seen = parent_id, set[int]()
    while above is not None and above not in seen:
        if above == team_id:
            return True
        seen.add(above)
        team = teams.get(above)
        above = team.parent_id if team else None
    return False


def teams_below(user_id: int, teams: Mapping[int, Team]) -> set[int]:
    """The ids of every team that a user manages or that stands below one they manage."""
    below = {key for key, team in teams.items() if team.manager_id == user_id}
    grown = True
    while grown:
        more = {key for key, team in teams.items() if team.parent_id in below} - below
        below |= more
        grown = bool(more)
    return below
