"""Which team is meant by a name, among those whose figures the speaker may see, and who is in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from crm import policy
from crm.errors import NotYourPeople
from crm.policy import Actor
from crm.users import Team, teams_below
from handlers.turn import Turn
from nlu.names import fold
from storage.people import teams_by_id

_TAIL = re.compile(r"(?:组|部门?|队|团队|大区|战队|区域|中心|分公司|办事处|team)$")


async def teams_seen(turn: Turn) -> dict[int, Team]:
    """The teams whose figures the speaker may see: those below them, all for an admin."""
    teams = await teams_by_id(turn.session)
    if turn.actor.user.role == "admin":
        return teams
    below = teams_below(turn.actor.id, teams)
    return {key: team for key, team in teams.items() if key in below}


async def team_meant(turn: Turn, name: str) -> Team:
    """The team of a name, else the only one whose name holds it. Raises NotYourPeople: for none, and for others'."""
    seen = await teams_seen(turn)
    # Among all first: whoever leads 销售一组 does not mean it by 销售部.
    found = named_among((await teams_by_id(turn.session)).values(), name) or named_among(seen.values(), name)
    if found is None or found.id not in seen:
        raise NotYourPeople(name=name)
    return found


def named_among(teams: Collection[Team], name: str) -> Team | None:
    """The one of the teams that goes by a name, else the only one whose name holds it."""
    said = _core(name)
    found = (
        [team for team in teams if fold(team.name) == fold(name)]
        or [team for team in teams if _core(team.name) == said]
        or [team for team in teams if said and said in fold(team.name)]
    )
    return found[0] if len(found) == 1 else None


async def teams_to_subscribe(turn: Turn) -> list[Team]:
    """The teams whose digests the speaker may settle: those they lead, those below them, for an admin all."""
    teams = await teams_by_id(turn.session)
    return [team for team in teams.values() if _may_subscribe(turn, team, teams)]


def _may_subscribe(turn: Turn, team: Team, teams: Mapping[int, Team]) -> bool:
    above: Team | None = team
    while above is not None:
        if policy.may("subscribe_group", policy.relations(turn.actor, above.manager_id or 0)):
            return True
        above = teams.get(above.parent_id) if above.parent_id else None
    return False


async def company(turn: Turn) -> Team | None:
    """The team above all others; None where there is not exactly one."""
    top = [team for team in (await teams_by_id(turn.session)).values() if team.parent_id is None]
    return top[0] if len(top) == 1 else None


async def own_team(turn: Turn) -> Team | None:
    """The topmost team that the speaker leads, for an admin the company; None where there is not exactly one."""
    teams = await teams_by_id(turn.session)
    led = [team for team in teams.values() if team.manager_id == turn.actor.id]
    if turn.actor.user.role == "admin" and not led:
        led = [team for team in teams.values() if team.parent_id is None]
    keys = {team.id for team in led}
    top = [team for team in led if not _ancestors(team, teams) & keys]
    return top[0] if len(top) == 1 else None


def leads_team(actor: Actor, team: Team, teams: dict[int, Team]) -> bool:
    """Whether an actor leads a team or one above it; an admin leads all."""
    return actor.user.role == "admin" or team.id in teams_below(actor.id, teams)


def _ancestors(team: Team, teams: dict[int, Team]) -> set[int]:
    found: set[int] = set()
    above = teams.get(team.parent_id) if team.parent_id else None
    while above is not None and above.id not in found:
        found.add(above.id)
        above = teams.get(above.parent_id) if above.parent_id else None
    return found


def _core(name: str) -> str:
    return _TAIL.sub("", fold(name)).strip()
