"""`genjin import`: the customers of a sheet, looked at first, then written as a whole or not at all."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.opening import Failed, opened, read_settings
from bot.commands.policies import admin_named
from bot.settings import Settings
from crm.errors import CrmError
from crm.import_plan import settled
from crm.import_preview import preview_of
from crm.imports import DOUBTS, WAYS, Import, Preview, Sheet
from crm.policy import Actor
from crm.users import User
from jobs.import_plan import Prepared, prepare
from jobs.read_sheet import read_sheet
from storage.bulk import Bulk
from storage.engine import Store
from storage.import_writes import Writing, Written, write_plan
from storage.imports import hold_customers
from storage.inbox import put_done
from storage.people import actor_for
from storage.people_tables import users
from storage.posts import InboxRow
from talk.catalogue import say
from talk.forms import Reader, reader_of
from talk.imports import preview_blocks, rows_csv
from talk.message import Block, Items, Line, Title

CHANNEL = "import"  # of the message that a load stands for: what it wrote belongs to it, and is undone as one


def load_customers(
    file: Annotated[Path, typer.Argument(help="An xlsx or CSV file with heads: 客户名称, Company, 联系人, Phone …")],
    name: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Who imports, with whose rights; default: the first admin.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    doubtful: Annotated[
        str, typer.Option(metavar="WAY", help="What becomes of rows that look like a customer: skip, fill or new.")
    ] = "skip",
    rows: Annotated[Path | None, typer.Option(help="Write what becomes of each row into this CSV file.")] = None,
) -> None:
    """Tell what the customers of a sheet would change, and write them, all or nothing."""
    if doubtful not in WAYS:
        raise Failed(f"--doubtful is one of {', '.join(WAYS)}")
    ways, settings = dict.fromkeys(DOUBTS, doubtful), read_settings()
    sheet, shown, lines, listed = asyncio.run(_look(settings, file, name, ways))
    typer.echo("\n".join(lines))
    if rows is not None:
        rows.write_bytes(listed)
    if not shown.to_write(ways):
        typer.echo("nothing to import")
        return
    if not yes and not typer.confirm("Write this?"):
        typer.echo("nothing is written")
        return
    typer.echo(asyncio.run(_load(settings, sheet, shown, ways, name)))


async def _look(
    settings: Settings, file: Path, name: str, ways: dict[str, str]
) -> tuple[Sheet, Preview, list[str], bytes]:
    """The sheet, its preview, and both in words. Failed where it cannot be read."""
    async with opened(settings) as store, store.reading()() as session:
        actor = await _actor(session, name)
        reader = reader_of(actor.user, datetime.now(UTC))
        sheet = await _sheet(file, reader)
        plan = (await prepare(session, actor, sheet, datetime.now(UTC))).plan
    preview = preview_of(plan)
    blocks = preview_blocks({"name": file.name, "ways": ways, **preview.to_json()}, reader)
    listed = sorted((one.line, one.kind, one.reason, one.name, one.value) for one in plan.verdicts)
    return sheet, preview, [line for block in blocks for line in _lines(block)], rows_csv(listed, reader)


async def _sheet(file: Path, reader: Reader) -> Sheet:
    if not await asyncio.to_thread(file.is_file):
        raise Failed(f"{file}: there is no such file")
    try:
        return await read_sheet(file, file.name)
    except CrmError as refusal:
        raise Failed(say(refusal.key, reader, refusal.facts)) from refusal


def _lines(block: Block) -> list[str]:
    match block:
        case Title(text):
            return [text]
        case Line(text, label):
            return [f"{label}: {text}" if label else text]
        case Items(entries, head):
            return [head, *(f"  {entry}" for entry in entries)]
    return []


async def _load(settings: Settings, sheet: Sheet, shown: Preview, ways: dict[str, str], name: str) -> str:
    """Write what was shown. Failed where the records have changed since."""
    async with opened(settings) as store:
        written = await _write(store, sheet, shown, ways, name)
    made = f"{written.customers} customers, {written.contacts} contacts, {written.deals} deals, {written.notes} notes"
    return f"imported: {made}, {written.filled} records filled in"


async def _write(store: Store, sheet: Sheet, shown: Preview, ways: dict[str, str], name: str) -> Written:
    now = datetime.now(UTC)
    async with store.writing().begin() as session:
        await hold_customers(session)
        actor = await _actor(session, name)
        prepared: Prepared = await prepare(session, actor, sheet, now)
        if preview_of(prepared.plan) != shown:
            raise Failed("the records have changed since: look at the file's changes again")
        key = await put_done(session, InboxRow(CHANNEL, time.time_ns() // 1_000, "", {}, now))
        told = Import(actor.id, None, key, None, now, state="done", ways=ways, told=shown.to_json(), written_by_id=key)
        session.add(told)
        await session.flush()
        writing = Writing(Bulk(session, now, actor.id, key), ways, prepared.stages, prepared.zone)
        return await write_plan(writing, replace(prepared.plan, firms=settled(prepared.plan, ways)))


async def _actor(session: AsyncSession, name: str) -> Actor:
    """Whoever imports. Failed where there is nobody of that name."""
    if not name:
        return await actor_for(session, await admin_named(session, ""))
    standing = (users.c.is_active, users.c.withdrawn_at.is_(None))
    for user in await session.scalars(select(User).where(*standing).order_by(users.c.id)):
        if name in (user.name, *user.short_names):
            return await actor_for(session, user)
    raise Failed(f"there is no user {name}")
