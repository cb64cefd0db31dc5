"""`/calendar/SECRET.ics`: somebody's tasks and visits, for their calendar to subscribe to. Nothing of it is logged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import Settings
from handlers.exports.calendars import calendar_of
from storage.calendar_links import hash_of, user_of_link
from storage.engine import Store
from storage.people import actor_for
from storage.trouble import DATABASE_TROUBLE
from talk.calendars import ICS

OFTEN = 12  # times a minute that one link is answered
WRONG = 30  # times a minute that one address may ask for what is not there
MINUTE = 60.0
MOST = 10_000  # that are counted at a time


class Often:
    """Counts how often something was asked for within a minute, of the latest `MOST`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def is_over(self, what: str, now: float) -> bool:
        """Whether it was asked for too often within the minute that runs."""
        since, count = self._seen.get(what, (now, 0))
        return now - since < MINUTE and count >= self._most

    def count(self, what: str, now: float) -> None:
        """It was asked for once more."""
        since, count = self._seen.pop(what, (now, 0))
        self._seen[what] = (since, count + 1) if now - since < MINUTE else (now, 1)
        while len(self._seen) > MOST:
            self._seen.popitem(last=False)


class CalendarFeed:
    """Answers who has a link. A wrong one, a withdrawn one and a leaver's are answered alike, and take as long."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._links, self._strangers = Often(OFTEN), Often(WRONG)

    def routes(self) -> list[web.RouteDef]:
        """Where it is asked."""
        return [web.get("/calendar/{secret}.ics", self.get)]

    async def get(self, request: web.Request) -> web.Response:
        """200 with the calendar; 404, 429 where it is asked for too often, 503 while the database is away."""
        now, hashed = self._now(), hash_of(request.match_info["secret"])
        moment, where = now.timestamp(), request.remote or ""
        if self._links.is_over(hashed, moment):
            return web.Response(status=429, headers={"Retry-After": "60"})
        self._links.count(hashed, moment)
        try:
            body = await self._calendar(hashed, now)
        except DATABASE_TROUBLE:  # not raised on: what is told of it would name the address
            return web.Response(status=503, headers={"Retry-After": "60"})
        if body is None:  # who has a link is answered, whatever others behind the same address try
            is_over = self._strangers.is_over(where, moment)
            self._strangers.count(where, moment)
            return web.Response(status=429, headers={"Retry-After": "60"}) if is_over else web.Response(status=404)
        kept = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="genjin.ics"'}
        return web.Response(body=body, content_type=ICS, charset="utf-8", headers=kept)

    async def _calendar(self, hashed: str, now: datetime) -> bytes | None:
        async with self._store.reading()() as session:
            user = await user_of_link(session, hashed)
            if user is None:
                return None
            return (await calendar_of(session, await actor_for(session, user), now))[0]


def origin_of(settings: Settings, port: int) -> str:
    """Where the house is reached from outside: where its webhook is, else where it listens, on a port of its own."""
    if settings.webhook_url:
        told = urlsplit(settings.webhook_url)
        return f"{told.scheme}://{told.netloc}"
    return f"http://{replace(settings.http, port=port)}"
