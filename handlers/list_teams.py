"""How the company is laid out: each team with who leads it and who is in it. Names only, for every colleague."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crm.users import Team, User, superiors
from handlers.colleague_of import colleague_of
from handlers.teams import named_among
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from storage.people import colleagues, teams_by_id
from talk.message import Outcome, Parts, Phrase, Word

INDENT = "\u3000"  # a blank as wide as a character: ordinary ones are swallowed where a line begins
MOST = 60  # teams on one card


async def list_teams(turn: Turn, reading: Reading) -> list[Result]:
    """The tree of teams, from the top; those in no team at the end."""
    teams, people = await teams_by_id(turn.session), await colleagues(turn.session)
    if not teams:
        return [Outcome("no_teams_yet", wrote=False)]
    names = {user.id: user.name for user in people}
    if (about := await _about(turn, reading, teams)) is not None:
        return about
    entries = [_entry(team, depth, people, names) for team, depth in list(_in_order(teams))[:MOST]]
    alone = [user.name for user in people if user.team_id not in teams]
    facts = {"entries": entries, "teams": len(teams), "people": len(people)}
    fields = (("label_in_no_team", Parts(tuple(alone))),) if alone else ()
    return [Outcome("teams_listed", {**facts, "fields": fields}, wrote=False)]


async def _about(turn: Turn, reading: Reading, teams: Mapping[int, Team]) -> list[Result] | None:
    """The one team that is asked about, or that of somebody and who is above them; None for all of them."""
    people = await colleagues(turn.session)
    names = {user.id: user.name for user in people}
    if "team" in reading.slots:
        team = named_among(teams.values(), reading.slots["team"])
        return [_told(Parts((_entry(team, 0, people, names),)), ())] if team is not None else None
    if "user" not in reading.slots:
        return None
    user = await colleague_of(turn, reading, "user")
    if isinstance(user, Ask):
        return [user]
    above = Parts(tuple(names[key] for key in superiors(user, teams) if key in names))
    own = teams.get(user.team_id or 0)
    shown = (_entry(own, 0, people, names),) if own is not None else (Word("label_in_no_team"),)
    return [_told(Parts((user.name, *shown)), (("label_superiors", above),) if above else ())]


def _told(parts: Parts, fields: tuple[tuple[str, Parts], ...]) -> Outcome:
    return Outcome("team_told", {"parts": parts, "fields": fields}, wrote=False)


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
