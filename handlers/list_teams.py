"""How the company is laid out: each team with who leads it and who is in it. Names only, for every colleague."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crm.users import Team, User
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.people import colleagues, teams_by_id
from talk.message import Outcome, Parts, Phrase

INDENT = "\u3000"  # a blank as wide as a character: ordinary ones are swallowed where a line begins
MOST = 60  # teams on one card


async def list_teams(turn: Turn, reading: Reading) -> list[Result]:
    """The tree of teams, from the top; those in no team at the end."""
    teams, people = await teams_by_id(turn.session), await colleagues(turn.session)
    if not teams:
        return [Outcome("no_teams_yet", wrote=False)]
    names = {user.id: user.name for user in people}
    entries = [_entry(team, depth, people, names) for team, depth in list(_in_order(teams))[:MOST]]
    alone = [user.name for user in people if user.team_id not in teams]
    facts = {"entries": entries, "teams": len(teams), "people": len(people)}
    fields = (("label_in_no_team", Parts(tuple(alone))),) if alone else ()
    return [Outcome("teams_listed", {**facts, "fields": fields}, wrote=False)]


def _in_order(teams: Mapping[int, Team], above: int | None = None, depth: int = 0) -> Iterator[tuple[Team, int]]:
    """Every team below one, each followed by its own, with how deep it stands."""
    for team in teams.values():
        parent = team.parent_id if team.parent_id in teams else None
        if parent == above:
            yield team, depth
            yield from _in_order(teams, team.id, depth + 1)


def _entry(team: Team, depth: int, people: Sequence[User], names: Mapping[int, str]) -> Phrase:
    """A team in one line: its name, who leads it, who else is in it."""
    manager = names.get(team.manager_id or 0)
    members = [user.name for user in people if user.team_id == team.id and user.id != team.manager_id]
    parts = Parts(
        (
            team.name,
            Phrase("team_led_by", {"name": manager}) if manager else None,
            Phrase("team_people", {"names": members}) if members else None,
        )
    )
    return Phrase("team_entry", {"indent": INDENT * depth, "parts": parts})
