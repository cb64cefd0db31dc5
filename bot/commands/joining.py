"""`genjin user invite`, `list`, `deactivate` and `reactivate`: who may come in, who is in, and who is not any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import aiohttp
import typer
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.asking import ask_telegram
from bot.commands.opening import Failed, opened, read_settings
from bot.commands.people import LANGUAGES, team_called
from bot.settings import Settings
from crm.errors import CrmError
from crm.policy import Actor
from crm.users import ROLES, Chat, User
from handlers import colleagues
from handlers.deactivate_user import shut_out
from handlers.turn import Turn
from nlu.places import zone_of
from storage import inbox
from storage.ledger import Ledger, open_ledger
from storage.people import all_users, reached_users, teams_by_id
from storage.posts import InboxRow
from talk.catalogue import say
from talk.forms import Reader
from talk.incoming import Incoming

COMMAND = "command"  # the channel of what is done on the command line
Name = Annotated[str, typer.Argument(help="Full name.")]


def invite(
    name: Name,
    role: Annotated[str, typer.Option(metavar="ROLE", help=f"One of {', '.join(ROLES)}.")],
    team: Annotated[str, typer.Option(metavar="TEAM", help="Their team.")] = "",
    language: Annotated[str, typer.Option(metavar="zh|en", help="Default: as their messenger says.")] = "",
    zone: Annotated[str, typer.Option(metavar="ZONE", help="A city, or a name such as Asia/Tokyo.")] = "",
) -> None:
    """Print a link that lets somebody in: good once, for seven days. Again: a new one, the former is void."""
    if role not in ROLES:
        raise Failed(f"there is no role {role!r}: it is one of {', '.join(ROLES)}")
    if language and language not in LANGUAGES:
        raise Failed(f"there is no language {language!r}: it is one of {', '.join(LANGUAGES)}")
    if zone and zone_of(zone) is None:
        raise Failed(f"there is no time zone {zone!r}: say a large city, or a name such as Asia/Tokyo")
    told = {"role": role, "zone": zone_of(zone) if zone else None}
    for line in asyncio.run(_invite(read_settings(), name, team, language, told)):
        typer.echo(line)


def list_users() -> None:
    """Name, role, team, whether they have come in, whether they still may."""
    for line in asyncio.run(_list(read_settings())):
        typer.echo(line)


def deactivate(name: Name) -> None:
    """Shut somebody out at once: chats, buttons, questions, invites."""
    typer.echo(asyncio.run(_switch(read_settings(), name, is_active=False)))


def reactivate(name: Name) -> None:
    """Let somebody in again, as they were."""
    typer.echo(asyncio.run(_switch(read_settings(), name, is_active=True)))


async def _invite(settings: Settings, name: str, team: str, language: str, told: dict[str, Any]) -> list[str]:
    async with _written(settings) as ledger:
        home = await team_called(ledger.session, team) if team else None
        known, _ = await colleagues.whom_to_invite(ledger.session, name)
        user = known or await _added(ledger.session, name)
        ledger.actor = Actor(user)
        if known is None:
            await ledger.add(user)
        invited = await colleagues.invite(ledger, name, None, language, team_id=home.id if home else None, **told)
    return [
        f"{user.name} is invited",
        await way_in(settings, invited.code),
        "to be sent to them and nobody else: it works once, within 7 days",
    ]


async def _added(session: AsyncSession, name: str) -> User:
    """A new user. Nobody acts on the command line: what it does is logged as theirs."""
    user = User(colleagues.one_line(name))
    session.add(user)
    await session.flush()
    return user


async def way_in(settings: Settings, code: str) -> str:
    """The link where the bot's name can be asked for, else what is to be written to it."""
    if not settings.is_sandboxed:
        try:
            username = (await ask_telegram(settings, "getMe")).get("result", {}).get("username")
            if username:
                return f"https://t.me/{username}?start={code}"
        except (aiohttp.ClientError, TimeoutError, ValueError):
            pass
    return f"/start {code}    (a private message to the bot)"


async def _list(settings: Settings) -> list[str]:
    async with opened(settings) as store, store.reading()() as session:
        people = [user for user in await all_users(session) if user.withdrawn_at is None]
        reached, teams = await reached_users(session), await teams_by_id(session)
    rows = [("NAME", "ROLE", "TEAM", "STATE", "LANGUAGE", "ZONE")]
    for user in people:
        state = "deactivated" if not user.is_active else "in" if user.id in reached else "invited"
        team = teams[user.team_id].name if user.team_id else "-"
        rows.append((user.name, user.role, team, state, user.language, user.zone))
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _width(text: str) -> int:
    """Columns in a terminal: Chinese characters take two."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


async def _switch(settings: Settings, name: str, *, is_active: bool) -> str:
    async with _written(settings) as ledger:
        user = await colleagues.colleague(ledger.session, name)
        ledger.actor = Actor(user)
        if is_active:
            await colleagues.reactivate(ledger, user)
        else:
            await shut_out(await _turn(ledger), user)
    return f"{user.name} is {'in again' if is_active else 'deactivated'}"


async def _turn(ledger: Ledger) -> Turn:
    """A command as a turn: others hear of it as of what is said in a chat, nobody is answered in one."""
    number = int(ledger.now.timestamp() * 1_000_000)
    row = InboxRow(COMMAND, number, "", {}, ledger.now)
    incoming = Incoming(await inbox.put_done(ledger.session, row), COMMAND, "", "", ledger.now)
    return Turn(ledger, incoming, Chat(COMMAND, ""), ledger.actor, "")


@asynccontextmanager
async def _written(settings: Settings) -> AsyncIterator[Ledger]:
    """A ledger on the configured database, committed at the end; a refusal is told in one line. Failed."""
    async with opened(settings) as store, open_ledger(store, datetime.now(UTC)) as ledger:
        try:
            yield ledger
        except CrmError as refusal:
            english = Reader("en", ZoneInfo("UTC"), datetime.now(UTC).date())
            raise Failed(say(refusal.key, english, refusal.facts)) from refusal
        await ledger.commit()
