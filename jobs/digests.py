"""Digests: at their hour, on their days, once, and only where there is something to tell."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar
from crm.digests import is_due, own_digests
from crm.pushes import Push
from crm.users import Chat, User
from jobs.brief import brief
from jobs.pushing import To, post
from storage.digests import own_subscriptions
from storage.due_tasks import users_by_id
from storage.engine import Store
from storage.people import actor_for, private_chat, teams_by_id
from storage.pushes import known_keys, put_pushes
from storage.working_time import calendar_of
from talk.forms import reader_of
from talk.message import Outcome

Build = Callable[[To], Awaitable[Outcome | None]]

# kind -> what it tells. A new digest is one file, one line here and one in crm/digests.py.
BUILDS: Mapping[str, Build] = {"brief": brief}


@dataclass(frozen=True)
class Due:
    """A digest to be told: to whom, of which day."""

    kind: str
    user: User
    day: date

    @property
    def key(self) -> str:
        """The key under which it is told once."""
        return f"{self.kind}:{self.user.id}:{self.day}"


async def send_digests(store: Store, now: datetime) -> int:
    """Tell every digest whose hour has come and that has not been told. How many messages that were."""
    async with store.writing().begin() as session:
        calendar = await calendar_of(session)
        due = await _due(session, calendar, now)
        known = await known_keys(session, [one.key for one in due])
        sent = [await _tell(session, one, calendar, now) for one in due if one.key not in known]
    return sum(sent)


async def _due(session: AsyncSession, calendar: Calendar, now: datetime) -> list[Due]:
    leaders = {team.manager_id for team in (await teams_by_id(session)).values()}
    settled = await own_subscriptions(session)
    found: list[Due] = []
    for user in (await users_by_id(session)).values():
        for kind, at in own_digests(user, leads=user.id in leaders, settled=settled.get(user.id, {})).items():
            day = is_due(kind, user, at, calendar, now) if kind in BUILDS else None
            if day is not None:
                found.append(Due(kind, user, day))
    return found


async def _tell(session: AsyncSession, due: Due, calendar: Calendar, now: datetime) -> bool:
    """Whether there was something to tell. It is noted in either case."""
    chat = await private_chat(session, due.user.id)
    outcome = await _built(session, due, chat, calendar, now) if chat is not None else None
    push = Push(due.key, due.kind, due.user.id, now, state="dropped")
    if outcome is not None:
        push.state, push.told_at, push.post = "told", now, due.key
    await put_pushes(session, [push])
    return outcome is not None


async def _built(session: AsyncSession, due: Due, chat: Chat, calendar: Calendar, now: datetime) -> Outcome | None:
    to = To(session, await actor_for(session, due.user), chat, reader_of(due.user, now), calendar, now)
    outcome = await BUILDS[due.kind](to)
    if outcome is not None:
        await post(to, due.key, "digest", outcome)
    return outcome
