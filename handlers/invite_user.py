"""A way in for a new colleague: a link that is good once, for the admin to forward."""

from __future__ import annotations

from crm.errors import NoSuchTeam
from crm.users import ROLES, Team
from handlers.colleagues import Invited, demand, invite, one_line, whom_to_invite
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Reading
from storage.people import teams_by_id
from talk.message import Outcome, Parts, Word

SHOWN = 8  # teams to choose from


async def invite_user(turn: Turn, reading: Reading) -> list[Result]:
    """Invite somebody, or again who has not come yet. Asks for the role, and for the team where the words fit none.

    Raises AdminsOnly, AlreadyIn, InvalidValue, NoSuchTeam.
    """
    demand(turn.actor, "invite_user")
    name, said = one_line(str(reading.slots["called"])), reading.slots
    known, _ = await whom_to_invite(turn.session, name)
    role = turn.decisions.get("role") or said.get("role") or (known.role if known else None)
    if role not in ROLES:
        roles = tuple(Choice(f"user_role_{each}", {"role": each}) for each in ROLES)
        return [Ask("which_role", reading, roles, f"invite:{name}:role", {"name": name})]
    team = await _team(turn, reading, name)
    if isinstance(team, Ask):
        return [team]
    told = {"role": role, "team_id": team.id if team else None, "zone": turn.actor.user.zone if known is None else None}
    invited = await invite(turn.ledger, name, turn.actor.user, str(said.get("language", "")), **told)
    return [await _told(turn, invited)]


async def _told(turn: Turn, invited: Invited) -> Outcome:
    user = invited.user
    team = (await teams_by_id(turn.session))[user.team_id].name if user.team_id else None
    code = f"invite:{user.id}"
    turn.codes[code] = invited.code
    facts = {
        "name": user.name,
        "parts": Parts((user.name, Word(f"user_role_{user.role}"), team)),
        "is_back": invited.is_back,
        "code": code,
    }
    return Outcome("user_invited", facts)


async def _team(turn: Turn, reading: Reading, name: str) -> Team | Ask | None:
    """The team told: by its name, else the only one that holds the words. Raises NoSuchTeam where there is no team."""
    teams = await teams_by_id(turn.session)
    if "team" in turn.decisions:
        return teams.get(turn.decisions["team"])
    said = str(reading.slots.get("team", ""))
    if not said:
        return None
    fitting = [team for team in teams.values() if _fold(said) == _fold(team.name)]
    fitting = fitting or [team for team in teams.values() if _stem(said) and _stem(said) in _fold(team.name)]
    if len(fitting) == 1:
        return fitting[0]
    if not teams:
        raise NoSuchTeam(name=said)
    offered = (fitting or list(teams.values()))[:SHOWN]
    choices = tuple(Choice("choose_team", {"team": team.id}, {"name": team.name}) for team in offered)
    choices += (Choice("no_team", {"team": 0}),)
    return Ask("which_team", reading, choices, f"invite:{name}:team", {"name": name, "team": said})


def _fold(name: str) -> str:
    return "".join(name.casefold().split())


def _stem(name: str) -> str:
    """What a team is called less the word for a team: 华东组 and East team are 华东 and east."""
    folded = _fold(name)
    for end in ("team", "组", "团队", "队", "部"):
        folded = folded.removesuffix(end)
    return folded.removeprefix("team")
