"""Who works at the demo's firm, in which team, and who they are on a channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo.data import load
from crm.users import Chat, Identity, Team, User


@dataclass(frozen=True)
class DemoPerson:
    """A colleague as a chat page shows them. `id` is theirs on the channel; `suggestions` are messages that work."""

    id: int
    name: str
    username: str
    note: str
    language: str = "zh"
    suggestions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DemoGroup:
    """A group chat; `members` and `admins` are ids of people, `topics` those of a forum by name."""

    id: int
    title: str
    members: list[int]
    suggestions: list[str] = field(default_factory=list)
    admins: list[int] = field(default_factory=list)
    forum: bool = False
    topics: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoPeople:
    """Everybody, in the order of the firm, and the groups."""

    bot: Mapping[str, str]
    people: list[DemoPerson]
    groups: list[DemoGroup]

    def named(self, name: str) -> DemoPerson:
        """The person of that full name. KeyError where there is none."""
        return {person.name: person for person in self.people}[name]

    def spec(self) -> dict[str, Any]:
        """The cast as the sandbox reads it."""
        people = [asdict(person) for person in self.people]
        for person in people:
            person["language_code"] = {"zh": "zh-hans"}.get(person["language"], person.pop("language"))
            person.pop("language", None)
        opened = [self.people[0].id, self.named("周岚").id, self.groups[0].id]
        return {"bot": dict(self.bot), "people": people, "groups": [asdict(g) for g in self.groups], "open": opened}


def demo_people() -> DemoPeople:
    """The cast of the demo, whether or not a database was filled."""
    data = load("company")
    wanted = DemoPerson.__dataclass_fields__.keys()
    people = [DemoPerson(**{key: value for key, value in row.items() if key in wanted}) for row in data["people"]]
    ids = {person.name: person.id for person in people}
    of_group = DemoGroup.__dataclass_fields__.keys()
    rows = [{key: value for key, value in row.items() if key in of_group} for row in data["groups"]]
    groups = [DemoGroup(**{**row, **_in_group(row, ids)}) for row in rows]
    return DemoPeople(data["bot"], people, groups)


def _in_group(row: Mapping[str, Any], ids: Mapping[str, int]) -> dict[str, list[int]]:
    return {name: [ids[person] for person in row.get(name, ())] for name in ("members", "admins")}


async def hire(session: AsyncSession, channel: str) -> dict[str, User]:
    """Write teams, users, identities and chats; the users by name."""
    data = load("company")
    teams = await _found(session, data["teams"])
    users = {row["name"]: _user(row, teams) for row in data["people"]}
    session.add_all(users.values())
    await session.flush()
    for row in data["teams"]:
        teams[row["name"]].manager_id = users[row["manager"]].id if "manager" in row else None
    for row in data["people"]:
        address = str(row["id"])
        session.add(Identity(users[row["name"]].id, channel, address))
        session.add(Chat(channel, address))
    session.add_all(Chat(channel, str(row["id"]), is_group=True, title=row["title"]) for row in data["groups"])
    await session.flush()
    return users


async def _found(session: AsyncSession, rows: list[dict[str, str]]) -> dict[str, Team]:
    teams: dict[str, Team] = {}
    for row in rows:
        above = teams.get(row.get("under", ""))
        teams[row["name"]] = team = Team(row["name"], parent_id=above.id if above else None)
        session.add(team)
        await session.flush()
    return teams


def _user(row: Mapping[str, Any], teams: Mapping[str, Team]) -> User:
    return User(
        name=row["name"],
        role=row["role"],
        team_id=teams[row["team"]].id,
        short_names=list(row["short_names"]),
        language=row.get("language", "zh"),
        username=row["username"],
    )
