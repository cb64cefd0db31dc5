"""Digests: at their hour, on their days, once, and only where there is something to tell."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar
from crm.digests import DIGESTS, Subscription, is_due, own_digests, settled_for
from crm.pushes import Push
from crm.users import Chat, Team, User
from jobs.brief import brief
from jobs.pushing import To, post, put_posts
from jobs.reviews import funnel, month, week
from storage.digests import group_subscriptions, own_subscriptions, team_subscriptions
from storage.due_tasks import users_by_id
from storage.engine import Store
from storage.people import actor_for, people_of, private_chat, teams_by_id
from storage.pushes import known_keys, put_pushes
from storage.working_time import calendar_of
from talk.forms import reader_of
from talk.message import Outcome

Build = Callable[[To], Awaitable[Outcome | None]]

# kind -> what it tells. A new digest is one file, one line here and one in crm/digests.py.
BUILDS: Mapping[str, Build] = {"brief": brief, "funnel": funnel, "week": week, "month": month}


@dataclass(frozen=True)
class Due:
    """A digest to be told: to whom, of which day; in a `group` of theirs where one subscribed."""

    kind: str
    user: User
    day: date
    group: Subscription | None = None

    @property
    def key(self) -> str:
        """The key under which it is told once."""
        whom = f"chat:{self.group.chat_id}" if self.group else str(self.user.id)
        return f"{self.kind}:{whom}:{self.day}"


async def send_digests(store: Store, now: datetime) -> int:
    """Tell every digest whose hour has come and that has not been told. How many messages that were."""
    async with store.writing().begin() as session:
        calendar = await calendar_of(session)
        due = await _due(session, calendar, now)
        known = await known_keys(session, [one.key for one in due])
        sent = [await _tell(session, one, calendar, now) for one in due if one.key not in known]
    return sum(sent)


async def _due(session: AsyncSession, calendar: Calendar, now: datetime) -> list[Due]:
    people, teams = await users_by_id(session), await teams_by_id(session)
    own, of_teams = await own_subscriptions(session), await team_subscriptions(session)
    settled = {key: settled_for(user, own.get(key, {}), of_teams, teams) for key, user in people.items()}
    leaders = {team.manager_id for team in teams.values()}
    wanted = [
        (Due(kind, user, now.date()), at)
        for user in people.values()
        for kind, at in own_digests(user, leads=user.id in leaders, settled=settled[user.id]).items()
    ]
    wanted += [
        (Due(one.kind, people[one.user_id], now.date(), one), one.at or DIGESTS[one.kind].at)
        for one in await group_subscriptions(session)
        if one.user_id in people
    ]
    days = [(due, is_due(due.kind, due.user, at, calendar, now)) for due, at in wanted]
    return [replace(due, day=day) for due, day in days if day is not None]


async def _tell(session: AsyncSession, due: Due, calendar: Calendar, now: datetime) -> bool:
    """Whether there was something to tell. It is noted in either case."""
    to = await (_group(session, due, calendar, now) if due.group else _person(session, due, calendar, now))
    outcome = await BUILDS[due.kind](to) if to is not None else None
    push = Push(due.key, due.kind, due.user.id, now, state="dropped")
    if to is not None and outcome is not None:
        await put_posts(session, [post(to, due.key, "digest", outcome)])
        push.state, push.told_at, push.post = "told", now, due.key
    await put_pushes(session, [push])
    return outcome is not None


async def _person(session: AsyncSession, due: Due, calendar: Calendar, now: datetime) -> To | None:
    chat = await private_chat(session, due.user.id)
    if chat is None:
        return None
    return To(session, await actor_for(session, due.user), chat, reader_of(due.user, now), calendar, now)


async def _group(session: AsyncSession, due: Due, calendar: Calendar, now: datetime) -> To | None:
    """The group, as long as whoever subscribed it still leads the team."""
    chat = await session.get(Chat, due.group.chat_id) if due.group else None
    team = await session.get(Team, due.group.team_id) if due.group else None
    actor = await actor_for(session, due.user)
    if chat is None or not chat.is_active or team is None:
        return None
    people = frozenset(await people_of(session, team))
    if due.user.role != "admin" and not people <= actor.below | {actor.id}:
        return None
    return To(
        session, actor, chat, reader_of(due.user, now), calendar, now, people=people, team_id=team.id, who=team.name
    )
