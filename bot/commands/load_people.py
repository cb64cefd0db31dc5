"""`genjin people`: the teams and people of a file, looked at first, then written as a whole or not at all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.joining import way_in
from bot.commands.opening import Failed, opened, read_settings
from bot.commands.people import CHANNEL
from bot.commands.people_file import COLUMNS, PeopleFile, read_people
from bot.commands.people_plan import Plan, Present, plan_of, told_of
from bot.commands.policies import admin_named
from bot.settings import Settings
from crm.invites import LIFETIME, Invite, hashed
from crm.policy import Actor
from crm.users import Chat, Identity, Team, User
from handlers.colleagues import draw_code
from nlu.names import fold
from storage.invites import invited_users, keep_invite
from storage.ledger import Ledger, open_ledger
from storage.people import all_users, chat_at, every_team, reached_users, take_username
from storage.people_tables import identities


def people(
    file: Annotated[
        Path, typer.Argument(help=f"YAML with teams: and people:, or CSV with the columns {', '.join(COLUMNS)}.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="The admin whom the log names; default: the first.")] = "",
) -> None:
    """Tell what a file of teams and people would change, and write it, all or nothing."""
    settings, told = read_settings(), read_people(file)
    shown = asyncio.run(_look(settings, file, told))
    for line in told_of(shown):
        typer.echo(line)
    if not shown.lines:
        typer.echo("nothing to change")
        return
    if not yes and not typer.confirm("Write this?"):
        typer.echo("nothing is written")
        return
    for line in asyncio.run(_load(settings, file, told, shown, by)):
        typer.echo(line)


async def _look(settings: Settings, file: Path, told: PeopleFile) -> Plan:
    async with opened(settings) as store, store.reading()() as session:
        return _checked(file, plan_of(told, await _present(session, datetime.now(UTC))))


def _checked(file: Path, plan: Plan) -> Plan:
    if plan.problems:
        raise Failed("\n".join(f"{file}: {problem}" for problem in plan.problems))
    return plan


async def _present(session: AsyncSession, now: datetime) -> Present:
    on_telegram = await session.scalars(select(Identity).where(identities.c.channel == CHANNEL))
    return Present(
        {fold(team.name): team for team in await every_team(session)},
        {fold(user.name): user for user in await all_users(session)},
        {identity.user_id: identity.address for identity in on_telegram},
        frozenset(await reached_users(session)),
        frozenset(await invited_users(session, now)),
    )


async def _load(settings: Settings, file: Path, told: PeopleFile, shown: Plan, by: str) -> list[str]:
    """Write what was shown. Failed where the records have changed since."""
    async with opened(settings) as store, open_ledger(store, datetime.now(UTC)) as ledger:
        here = await _present(ledger.session, ledger.now)
        plan = _checked(file, plan_of(told, here))
        if plan.lines != shown.lines:
            raise Failed("the records have changed since: look at the file's changes again")
        await _act_as(ledger, plan, here, by)
        users = await _write_people(ledger, plan, here)
        await _write_tree(ledger, plan, here, users)
        codes = [(name, await _invite(ledger, users[fold(name)])) for name in plan.invites]
        await ledger.commit()
    lines = [f"{name}: {await way_in(settings, code)}" for name, code in codes]
    return [*lines, f"written: {len(plan.teams)} teams, {len(plan.people)} people, {len(plan.invites)} invites"]


async def _act_as(ledger: Ledger, plan: Plan, here: Present, by: str) -> None:
    """The log names an admin; on the first day the file's first one, or its first person: nobody acts here."""
    if by or any(user.role == "admin" and user.is_active for user in here.users.values()):
        ledger.actor = Actor(await admin_named(ledger.session, by))
        return
    known = next(iter(here.users.values()), None)
    new = [row for row, user, _ in plan.people if user is None]
    if known is None and not new:
        raise Failed("there is nobody yet whom the log could name: tell people along with the teams")
    if new:
        first = next((row for row in new if row.role == "admin"), new[0])
        known = User(first.name)
        ledger.session.add(known)
        await ledger.session.flush()
    ledger.actor = Actor(known)  # type: ignore[arg-type]


async def _write_people(ledger: Ledger, plan: Plan, here: Present) -> dict[str, User]:
    """The people as the file tells them, without their teams; everybody by folded name."""
    users = dict(here.users)
    users.setdefault(fold(ledger.actor.user.name), ledger.actor.user)
    for row, known, fields in plan.people:
        key = fold(row.name)
        if known is None:
            user = users.get(key) or User(row.name)
            for name, value in fields.items():
                setattr(user, name, value)
            users[key] = await ledger.add(user)
        else:
            back = {"withdrawn_at": None, "is_active": True} if known.withdrawn_at is not None else {}
            ledger.set(known, **fields, **back)
        if row.username:
            await take_username(ledger.session, row.username, users[key].id)
        if row.telegram:
            await _let_in(ledger, users[key], row.telegram)
    return users


async def _let_in(ledger: Ledger, user: User, address: str) -> None:
    session = ledger.session
    where = (identities.c.user_id == user.id, identities.c.channel == CHANNEL)
    identity = await session.scalar(select(Identity).where(*where))
    if identity is None:
        session.add(Identity(user.id, CHANNEL, address))
    else:
        identity.address = address
    if await chat_at(session, CHANNEL, address) is None:
        session.add(Chat(CHANNEL, address))


async def _write_tree(ledger: Ledger, plan: Plan, here: Present, users: dict[str, User]) -> None:
    """The teams, then who leads them and who is in them."""
    teams = dict(here.teams)
    for row, known in plan.teams:
        if known is None:
            teams[fold(row.name)] = await ledger.add(Team(row.name))
        else:
            ledger.set(known, withdrawn_at=None)
    for row, _ in plan.teams:
        above, leader = teams.get(fold(row.parent)), users.get(fold(row.manager))
        told = {"parent_id": above.id if above else None, "manager_id": leader.id if leader else None}
        ledger.set(teams[fold(row.name)], **{name: value for name, value in told.items() if value is not None})
    for person, _, _ in plan.people:
        if person.team:
            ledger.set(users[fold(person.name)], team_id=teams[fold(person.team)].id)


async def _invite(ledger: Ledger, user: User) -> str:
    code, now = draw_code(), ledger.now
    await keep_invite(ledger.session, Invite(hashed(code), now, now + LIFETIME, user.id))
    return code
