"""Which targets hold for whom: a person's own, a team's, else those of all its reps together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.reports.attainment import Goal, goals_of, goals_together
from crm.targets import Target, months_of
from crm.users import Team
from storage.people import teams_by_id
from storage.people_tables import users
from storage.push_tables import targets
from storage.reports.scope import People, is_asked_of

Goals = Mapping[str, Mapping[str, Goal]]  # by period, then by measure


async def goals_for(
    session: AsyncSession, actor: Actor, people: People, periods: Collection[str], team_id: int | None = None
) -> Goals:
    """The goals of `people` within each of the periods.

    Of one person their own. Of several those of the team, which is the one that the actor leads, or the company, unless
    `team_id` tells it; what the team has no target for is the sum of its reps', where all of them have one.
    """
    if people is not None and len(people) == 1:
        [user_id] = people
        own = await _targets(session, periods, users_too=[user_id])
        return {period: goals_of(own, period) for period in periods}
    team_id = team_id or await led_by(session, actor, people)
    reps = await _reps(session, actor, people)
    found = await _targets(session, periods, users_too=reps, team_id=team_id)
    of_team = [one for one in found if one.team_id is not None]
    return {
        period: goals_together(goals_of(_of(found, rep), period) for rep in reps) | goals_of(of_team, period)
        for period in periods
    }


async def goals_of_each(
    session: AsyncSession, actor: Actor, keys: Collection[int], period: str
) -> Mapping[int, Mapping[str, Goal]]:
    """The goals within a period of each of some people whose doings the actor may ask for."""
    may = [key for key in keys if actor.user.role == "admin" or key == actor.id or key in actor.below]
    found = await _targets(session, [period], users_too=may)
    return {key: goals_of(_of(found, key), period) for key in may}


async def led_by(session: AsyncSession, actor: Actor, people: People) -> int | None:
    """The team whose figures those of `people` are: the topmost that the actor leads, for an admin the company."""
    teams = await teams_by_id(session)
    if actor.user.role == "admin" and people is None:
        top = [team for team in teams.values() if team.parent_id is None]
    elif people is None or people == {actor.id, *actor.below}:
        top = [team for team in teams.values() if team.manager_id == actor.id and not _is_below(team, actor.id, teams)]
    else:
        top = []
    return top[0].id if len(top) == 1 else None


def _is_below(team: Team, manager_id: int, teams: Mapping[int, Team]) -> bool:
    above = teams.get(team.parent_id) if team.parent_id else None
    while above is not None:
        if above.manager_id == manager_id:
            return True
        above = teams.get(above.parent_id) if above.parent_id else None
    return False


async def _reps(session: AsyncSession, actor: Actor, people: People) -> list[int]:
    where = [users.c.role == "rep", users.c.is_active, users.c.withdrawn_at.is_(None), is_asked_of(actor)]
    if people is not None:
        where.append(users.c.id.in_(people))
    return list(await session.scalars(select(users.c.id).where(*where)))


async def _targets(
    session: AsyncSession, periods: Iterable[str], *, users_too: Collection[int], team_id: int | None = None
) -> list[Target]:
    """The targets of some users and of a team within the periods, and within the months of the quarters among them."""
    named = {*periods, *(month for period in periods if "Q" in period for month in months_of(period))}
    whose = or_(
        targets.c.user_id.in_(users_too), and_(targets.c.team_id.is_not(None), targets.c.team_id == (team_id or 0))
    )
    found = select(Target).where(targets.c.period.in_(named), targets.c.withdrawn_at.is_(None), whose)
    return list(await session.scalars(found.order_by(targets.c.id)))


def _of(found: Iterable[Target], user_id: int) -> list[Target]:
    return [one for one in found if one.user_id == user_id]
