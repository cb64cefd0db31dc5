"""`genjin policies show` and `load`: which writes wait for whose word, as a file."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands.opening import Failed, opened, read_settings
from crm.errors import InvalidLimit
from crm.policy import Actor
from crm.users import User
from crm.write_policies import DEFAULTS, POLICIES, WritePolicies, check_limit, has_limit
from storage.ledger import open_ledger
from storage.people_tables import users
from storage.write_policies import settle_policy, settled_by, write_policies

HEAD = """\
# Which writes are done at once (auto), wait for a tap of whoever writes (confirm), or for the superior (manager).
# What is left out of a file that is loaded stays as it is.
"""
policies_app = typer.Typer(help="Which writes wait for whose word.", no_args_is_help=True)
Wanted = dict[str, tuple[str | None, int | None]]


@policies_app.command("show")
def show_policies() -> None:
    """Print what holds, as TOML that `load` takes."""
    typer.echo(asyncio.run(_show()))


@policies_app.command("load")
def load_policies(
    file: Annotated[Path, typer.Argument(help="A TOML file, such as `show` prints.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="The admin whom the log names; default: the first.")] = "",
) -> None:
    """Check a file and write all that differs, or nothing."""
    typer.echo(asyncio.run(_load(wanted_of(file), by)))


async def _show() -> str:
    async with opened(read_settings()) as store, store.reading()() as session:
        policies, settled = await write_policies(session), await settled_by(session)
    lines = [HEAD, "[policy]"]
    for kind in DEFAULTS:
        line = f'{kind} = "{policies.of(kind)}"'
        name, at = settled.get(kind, ("", None))
        lines.append(f"{line:<36} # {name}, {at:%Y-%m-%d}" if at else line)
    limits = [f"{kind} = {policies.limit(kind)}" for kind in DEFAULTS if has_limit(kind)]
    return "\n".join([*lines, "", "[limit] # in percent: beyond it a write is of that kind", *limits])


def wanted_of(file: Path) -> Wanted:
    """What a file asks for: (policy, limit) by kind, None where it is silent. Failed with every fault, a line each."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Failed(f"{file}: {error}") from error
    problems = [*_problems(told)]
    if problems:
        raise Failed("\n".join(f"{file}: {problem}" for problem in problems))
    policies, limits = told.get("policy", {}), told.get("limit", {})
    return {kind: (policies.get(kind), limits.get(kind)) for kind in DEFAULTS if kind in policies or kind in limits}


def _problems(told: Mapping[str, Any]) -> Iterator[str]:
    for name, table in told.items():
        if name not in ("policy", "limit") or not isinstance(table, dict):
            yield f"there is no [{name}]: a file holds [policy] and [limit]"
    for kind, policy in _table(told, "policy").items():
        if kind not in DEFAULTS:
            yield f"[policy] there is no {kind!r}: known are {', '.join(DEFAULTS)}"
        elif policy not in POLICIES:
            yield f"[policy] {kind} = {policy!r}: it is one of {', '.join(POLICIES)}"
    for kind, limit in _table(told, "limit").items():
        if kind not in DEFAULTS or not has_limit(kind):
            yield f"[limit] there is no {kind!r}: known are {', '.join(filter(has_limit, DEFAULTS))}"
        elif not _is_limit(kind, limit):
            yield f"[limit] {kind} = {limit!r}: whole percent from {DEFAULTS[kind].least} to {DEFAULTS[kind].most}"


def _table(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = told.get(name)
    return table if isinstance(table, dict) else {}


def _is_limit(kind: str, limit: Any) -> bool:
    if isinstance(limit, bool) or not isinstance(limit, int):
        return False
    try:
        check_limit(kind, limit)
    except InvalidLimit:
        return False
    return True


async def _load(wanted: Wanted, by: str) -> str:
    async with opened(read_settings()) as store, open_ledger(store, datetime.now(UTC)) as ledger:
        ledger.actor = Actor(await admin_named(ledger.session, by))
        before, done = await write_policies(ledger.session), []
        for kind, (policy, limit) in wanted.items():
            after = (policy or before.of(kind), before.limit(kind) if limit is None else limit)
            if after != (before.of(kind), before.limit(kind)):
                await settle_policy(ledger, kind, after[0], limit)
                done.append(f"{kind}: {_told(before, kind)} -> {_told(WritePolicies({kind: after}), kind)}")
        await ledger.commit()
    return "\n".join(done) or "nothing to change"


def _told(policies: WritePolicies, kind: str) -> str:
    return policies.of(kind) + (f" beyond {policies.limit(kind)}%" if has_limit(kind) else "")


async def admin_named(session: AsyncSession, name: str) -> User:
    """The active admin of that name, the first where none is told. Failed where there is none."""
    admins = select(User).where(users.c.role == "admin", users.c.is_active).order_by(users.c.id)
    found: User | None = await session.scalar(admins.where(users.c.name == name) if name else admins.limit(1))
    if found is None:
        raise Failed(f"{name} is no admin here" if name else "there is no admin yet whom the log could name")
    return found
