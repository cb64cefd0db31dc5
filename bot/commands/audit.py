"""`genjin audit`: the log of all changes is walked, whether anything in it was changed since, and exported."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import Failed, opened, read_settings
from storage.audit import Chain, logged, verify_changes

audit_app = typer.Typer(help="The log of who changed what.", no_args_is_help=True)


@audit_app.command("verify")
def verify(
    head: Annotated[str, typer.Option(metavar="SEAL", help="A seal noted before, which must still be there.")] = "",
) -> None:
    """Walk the chain of the log: what was changed, taken out or put in since shows."""
    chain = asyncio.run(_verify(head.strip()))
    if not chain.is_whole:
        raise Failed(_fault(chain, head))
    waiting = f", {chain.waiting} wait to be sealed" if chain.waiting else ""
    typer.echo(f"{chain.sealed} changes are as they were sealed{waiting}; the last seal is {chain.head or '—'}")


@audit_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Where to write JSON Lines, one change a line.")],
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only those from that day on (UTC).")] = "",
) -> None:
    """Write the log: who, when, what, before and after, by which message, with place and seal."""
    if file.exists():
        raise Failed(f"{file} is there already")
    count, head = asyncio.run(_export(file, _day(since)))
    typer.echo(f"{count} changes in {file}; the last seal is {head or '—'}")


async def _verify(head: str) -> Chain:
    async with opened(read_settings()) as store, store.reading()() as session:
        return await verify_changes(session, head)


def _fault(chain: Chain, head: str) -> str:
    if chain.broken:
        return f"the change {chain.broken} is not as it was sealed; {chain.sealed} before it are"
    if chain.missing:
        return f"the change at place {chain.missing} is gone; {chain.sealed} before it are as they were sealed"
    return f"the log is whole, but the seal {head} is not in it: it was sealed anew, or its end is gone"


def _day(since: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(since), time(), UTC) if since else None
    except ValueError as error:
        raise Failed(f"--since is a day such as 2026-11-20, not {since!r}") from error


async def _export(file: Path, since: datetime | None) -> tuple[int, str]:
    count, last, head = 0, 0, ""
    async with opened(read_settings()) as store, store.reading()() as session:
        with file.open("x", encoding="utf-8") as out:
            async for row in logged(session, since):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
                if (row["place"] or 0) > last:
                    last, head = row["place"], row["seal"]
    return count, head
