"""`genjin team add` and `genjin user add`: who works here, in which team, and who they are on Telegram."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.opening import Failed, opened, read_settings
from crm.changes import Change
from crm.users import ROLES, Chat, Identity, Team, User, teams_below
from storage.people import teams_by_id
from storage.people_tables import identities, teams, users

CHANNEL = "telegram"
LANGUAGES = ("zh", "en")
team_app = typer.Typer(help="The tree of teams.", no_args_is_help=True)
user_app = typer.Typer(help="Who may talk to the bot.", no_args_is_help=True)


@team_app.command("add")
def add_team(
    name: Annotated[str, typer.Argument(help="What the team is called.")],
    under: Annotated[str, typer.Option(metavar="TEAM", help="The team that it belongs to.")] = "",
    manager: Annotated[str, typer.Option(metavar="NAME", help="The user who manages it.")] = "",
) -> None:
    """Add a team, or give one that is there another place or manager."""
    typer.echo(asyncio.run(_add_team(name.strip(), under, manager)))


@user_app.command("add")
def add_user(  # noqa: PLR0917 - the command line is its signature
    name: Annotated[str, typer.Argument(help="Full name.")],
    role: Annotated[str, typer.Option(metavar="ROLE", help=f"One of {', '.join(ROLES)}.")],
    telegram: Annotated[int, typer.Option(metavar="ID", help="Their user number on Telegram.")],
    team: Annotated[str, typer.Option(metavar="TEAM", help="Their team.")] = "",
    called: Annotated[list[str] | None, typer.Option(metavar="NAME", help="What colleagues call them.")] = None,
    language: Annotated[str, typer.Option(metavar="zh|en", help="The language that they are answered in.")] = "zh",
) -> None:
    """Let somebody in. A manager of a team that has none becomes its manager."""
    if role not in ROLES:
        raise Failed(f"there is no role {role!r}: it is one of {', '.join(ROLES)}")
    if language not in LANGUAGES:
        raise Failed(f"there is no language {language!r}: it is one of {', '.join(LANGUAGES)}")
    if telegram <= 0:
        raise Failed("--telegram is a person's number on Telegram, above 0")
    user = User(name.strip(), role, short_names=list(called or ()), language=language)
    typer.echo(asyncio.run(_add_user(user, team, str(telegram))))


async def _add_team(name: str, under: str, manager: str) -> str:
    if not name:
        raise Failed("a team needs a name")
    async with opened(read_settings()) as store, store.writing()() as session:
        found = await session.scalar(select(Team).where(teams.c.name == name))
        if found and not under and not manager:
            raise Failed(f"there is a team {name} already")
        team = found or Team(name)
        above = await team_called(session, under) if under else None
        head = await _user(session, manager) if manager else None
        if found and above and above.id in await _below(session, found):
            raise Failed(f"{above.name} stands below {name}: that would make a ring")
        team.parent_id = above.id if above else team.parent_id
        team.manager_id = head.id if head else team.manager_id
        session.add(team)
        await session.commit()
    return f"{name} is {'changed' if found else 'added'}"


async def _below(session: AsyncSession, team: Team) -> set[int]:
    """The ids of a team and all below it."""
    known = await teams_by_id(session)
    alone = {key: Team(each.name, each.parent_id, 1 if key == team.id else None) for key, each in known.items()}
    return teams_below(1, alone)


async def _add_user(user: User, team: str, address: str) -> str:
    if not user.name:
        raise Failed("a user needs a name")
    async with opened(read_settings()) as store, store.writing()() as session:
        if await session.scalar(select(User).where(users.c.name == user.name)):
            raise Failed(f"there is a user {user.name} already")
        if holder := await _holder(session, address):
            raise Failed(f"Telegram {address} is {holder} already")
        home = await team_called(session, team) if team else None
        user.team_id = home.id if home else None
        session.add(user)
        await session.flush()
        leads = home is not None and user.role == "manager" and home.manager_id is None
        if home and leads:
            home.manager_id = user.id
        await _let_in(session, user, address)
        await session.commit()
    return f"{user.name} is added" + (f" and manages {team}" if leads else "")


async def _let_in(session: AsyncSession, user: User, address: str) -> None:
    session.add(Identity(user.id, CHANNEL, address))
    session.add(Chat(CHANNEL, address))
    # A running bot learns of new names from the log of changes.
    session.add(Change(datetime.now(UTC), user.id, "user", user.id))


async def _holder(session: AsyncSession, address: str) -> str | None:
    """The name of whoever has an address on Telegram, leavers too."""
    found = select(users.c.name).join(identities, identities.c.user_id == users.c.id)
    where = (identities.c.channel == CHANNEL, identities.c.address == address)
    return await session.scalar(found.where(*where))


async def team_called(session: AsyncSession, name: str) -> Team:
    """The team of that name. Failed names those that there are."""
    found: Team | None = await session.scalar(select(Team).where(teams.c.name == name))
    return found or await _missing(session, "team", name, teams)


async def _user(session: AsyncSession, name: str) -> User:
    found: User | None = await session.scalar(select(User).where(users.c.name == name, users.c.is_active))
    return found or await _missing(session, "user", name, users)


async def _missing(session: AsyncSession, kind: str, name: str, table: Any) -> Any:
    known = list(await session.scalars(select(table.c.name).order_by(table.c.id).limit(12)))
    raise Failed(
        f"there is no {kind} {name}: " + (f"known are {', '.join(known)}" if known else f"add the {kind} first")
    )
