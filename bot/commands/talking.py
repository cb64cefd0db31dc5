"""`genjin chat` and `genjin explain`: talking to the bot, and seeing how it reads, without a messenger."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.channels.door import CannotGoOn
from bot.channels.terminal import NAME, TerminalDoor
from bot.clock import real_now
from bot.commands.opening import Failed, opened, read_settings, sqlite_path
from bot.demo import fill
from bot.local import demo_database
from bot.serve import ready_store
from bot.settings import Address, Settings
from bot.wiring import House, Parts, wired
from crm.users import Identity, User
from handlers.names import LiveNames
from nlu.explain import explain as explained
from storage import inbox, outbox
from storage.alone import InUse
from storage.engine import Store, open_store
from storage.people_tables import identities, users
from storage.pipelines import prepare

LONGEST_ANSWER = 10.0
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who speaks; default: the first who was added.")]


def chat(name: As = "") -> None:
    """Talk to the bot here, as somebody; on demo data where the configured database has nobody yet."""
    settings = read_settings()
    if not asyncio.run(_has_people(settings)):
        typer.echo("nobody is in the configured database: this is the demo", err=True)
        url = asyncio.run(demo_database(settings, lambda line: typer.echo(line, err=True)))
        settings = replace(settings, database_url=url)
    asyncio.run(_chat(settings, name))


def explain(text: Annotated[str, typer.Argument(help="What somebody would write.")], name: As = "") -> None:
    """Tell how a text is understood: what was found, which rules proposed, what won."""
    typer.echo(asyncio.run(_explain(read_settings(), text, name)))


async def _has_people(settings: Settings) -> bool:
    path = sqlite_path(settings.database_url)
    if path is not None and not await asyncio.to_thread(path.exists):
        return False
    async with opened(settings) as store, store.reading()() as session:
        return await session.scalar(select(users.c.id).limit(1)) is not None


async def _chat(settings: Settings, name: str) -> None:
    logs.configure("WARNING", settings.logs_json, settings.secrets)
    async with AsyncExitStack() as stack:
        try:
            store = await ready_store(settings, stack)
        except InUse as error:
            raise CannotGoOn("another Genjin process works on this database: stop it first") from error
        speaker = await _seat(store, name)
        typer.echo(f"you are {speaker}; a number presses a button, Ctrl+D ends", err=True)
        parts = Parts(store=store, channels={NAME: partial(TerminalDoor, speaker=speaker)})
        house = await stack.enter_async_context(wired(replace(settings, http=Address("127.0.0.1", 0)), parts))
        await house.start()
        await house.run()
        await _answered(house)


async def _seat(store: Store, name: str) -> str:
    """Let a user speak from this terminal; their name is their address here."""
    async with store.writing()() as session:
        user = await _speaker(session, name)
        where = (identities.c.channel == NAME, identities.c.address == user.name)
        if await session.scalar(select(identities.c.id).where(*where)) is None:
            session.add(Identity(user.id, NAME, user.name))
            await session.commit()
    return user.name


async def _speaker(session: AsyncSession, name: str) -> User:
    standing = (users.c.is_active, users.c.withdrawn_at.is_(None))
    known = list(await session.scalars(select(User).where(*standing).order_by(users.c.id)))
    for user in known:
        if name in ("", user.name, *user.short_names):
            return user
    raise Failed(f"there is no user {name}: known are {', '.join(user.name for user in known[:12])}")


async def _answered(house: House) -> None:
    """Wait until everything that was said is answered: a pipe ends before the answers do."""
    for _ in range(int(LONGEST_ANSWER / 0.05)):
        waiting = await inbox.backlog(house.store) + (await outbox.backlog(house.store, house.now()))["due"]
        if not waiting:
            return
        await asyncio.sleep(0.05)


async def _explain(settings: Settings, text: str, name: str) -> str:
    async with _names_from(settings) as store, store.reading()() as session:
        names = await LiveNames().refresh(session)
        speaker = await _speaker(session, name)
    now = real_now().astimezone(ZoneInfo(speaker.zone))
    return explained(text, now=now, names=names, sender=speaker.id)


@asynccontextmanager
async def _names_from(settings: Settings) -> AsyncIterator[Store]:
    """The configured database where somebody is in it, else the demo in a place that is gone afterwards."""
    if await _has_people(settings):
        async with opened(settings) as store:
            yield store
        return
    sys.stderr.write("nobody is in the configured database: these are the demo's names\n")
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'demo.db'}")
        try:
            await prepare(store)
            await fill(store, real_now())
            yield store
        finally:
            await store.close()
