"""The tree of teams, changed by an admin: a team is made, called otherwise, moved, led by another, or dissolved."""

from __future__ import annotations

from crm.errors import InvalidValue
from crm.setting_errors import TeamInUse, TeamLoop, TeamTaken, UnknownTeam
from crm.users import Team, User, would_loop
from handlers.colleague_of import SHOWN, colleague_of
from handlers.colleagues import LONGEST_NAME, demand, one_line
from handlers.teams import named_among
from handlers.turn import Ask, Note, Result, Turn
from nlu.names import fold
from nlu.rule import Reading
from storage.people import all_users, every_team, teams_by_id
from talk.message import Outcome, Parts, Phrase


async def set_team(turn: Turn, reading: Reading) -> list[Result]:
    """Settle what is told of the team; what stands so already is left.

    Raises AdminsOnly, InvalidValue, TeamTaken, TeamLoop, TeamInUse, UnknownTeam, UnknownColleague.
    """
    demand(turn.actor, "set_team")
    said = reading.slots
    manager = await colleague_of(turn, reading, "manager") if "manager" in said else None
    if isinstance(manager, Ask):
        return [manager]
    if said.get("is_dissolved"):
        return [await dissolve(turn, await team_called(turn, said["team"]))]
    parent = await team_called(turn, said["parent"]) if "parent" in said else None
    is_new = bool(said.get("is_new"))
    team = await _made(turn, said["team"], parent) if is_new else await team_called(turn, said["team"])
    name = await _free(turn, said["called"], team) if "called" in said else team.name
    if parent is not None and not is_new:
        await _check_loop(turn, team, parent)
    wrote = turn.ledger.set(team, name=name) or is_new
    if parent is not None:
        wrote = turn.ledger.set(team, parent_id=parent.id) or wrote
    if manager is not None:
        wrote = lead(turn, team, manager) or wrote
    key = "team_made" if is_new else "team_set" if wrote else "team_set_already"
    return [Outcome(key, {"parts": await _parts(turn, team)}, wrote=wrote)]


def lead(turn: Turn, team: Team, manager: User) -> bool:
    """Let somebody lead a team, whoever led it; both hear it. False where they do already."""
    former = team.manager_id
    if not turn.ledger.set(team, manager_id=manager.id):
        return False
    _tell_leaders(turn, team, manager, former)
    return True


async def dissolve(turn: Turn, team: Team) -> Outcome:
    """End a team that is empty; leavers who stood in it stand in the one above. Raises TeamInUse."""
    inside = [user for user in await all_users(turn.session) if user.team_id == team.id]
    here = [user.name for user in inside if user.is_active and user.withdrawn_at is None]
    below = [each.name for each in (await teams_by_id(turn.session)).values() if each.parent_id == team.id]
    if here or below:
        raise TeamInUse(team=team.name, inside=[*here, *below][:SHOWN])
    for leaver in inside:
        turn.ledger.set(leaver, team_id=team.parent_id)
    leader = team.manager_id
    turn.ledger.set(team, manager_id=None, withdrawn_at=turn.ledger.now)
    if leader is not None and leader != turn.actor.id:
        facts = {"team": team.name, "name": turn.actor.user.name}
        turn.notes.append(Note(leader, Outcome("team_dissolved_told", facts, wrote=False)))
    return Outcome("team_dissolved", {"parts": Parts((team.name,))})


async def team_called(turn: Turn, name: str) -> Team:
    """The team of a name, else the only one whose name holds it. Raises UnknownTeam, which names those there are."""
    teams = await teams_by_id(turn.session)
    found = named_among(teams.values(), name)
    if found is None:
        raise UnknownTeam(name=name, known=Parts(tuple(team.name for team in list(teams.values())[:SHOWN])))
    return found


async def _made(turn: Turn, said: str, parent: Team | None) -> Team:
    """A new team of that name; one whose making was undone comes back."""
    name = await _free(turn, said, None)
    told = {"parent_id": parent.id if parent else None, "manager_id": None}
    gone = next((team for team in await every_team(turn.session) if fold(team.name) == fold(name)), None)
    if gone is None:
        return await turn.ledger.add(Team(name, told["parent_id"]))
    turn.ledger.set(gone, withdrawn_at=None, name=name, **told)
    return gone


async def _free(turn: Turn, said: str, team: Team | None) -> str:
    """The name as it is kept. Raises InvalidValue, TeamTaken."""
    name = one_line(said)
    if not name or len(name) > LONGEST_NAME:
        raise InvalidValue(value=name[:LONGEST_NAME])
    others = [each for each in (await teams_by_id(turn.session)).values() if each is not team]
    if any(fold(each.name) == fold(name) for each in others):
        raise TeamTaken(name=name)
    return name


async def _check_loop(turn: Turn, team: Team, parent: Team) -> None:
    if would_loop(team.id, parent.id, await teams_by_id(turn.session)):
        raise TeamLoop(team=team.name, parent=parent.name)


def _tell_leaders(turn: Turn, team: Team, manager: User, former: int | None) -> None:
    """Whoever leads the team from now on hears it, and whoever led it until now."""
    facts = {"team": team.name, "name": turn.actor.user.name, "manager": manager.name}
    for user_id, key in ((manager.id, "team_yours_told"), (former, "team_not_yours_told")):
        if user_id is not None and user_id != turn.actor.id:
            turn.notes.append(Note(user_id, Outcome(key, facts, wrote=False)))


async def _parts(turn: Turn, team: Team) -> Parts:
    parent = (await teams_by_id(turn.session)).get(team.parent_id or 0)
    manager = await turn.ledger.get(User, team.manager_id)
    return Parts(
        (
            team.name,
            Phrase("team_under", {"team": parent.name}) if parent else None,
            Phrase("team_led_by", {"name": manager.name}) if manager else None,
        )
    )
