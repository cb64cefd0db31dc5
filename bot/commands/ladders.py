"""`genjin ladders`: after how many working days who is told of what is left lying, printed and taken as a file."""

from __future__ import annotations

import asyncio
import json
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.opening import Failed, opened, read_settings
from bot.commands.policies import admin_named
from crm.ladders import KINDS, RECIPIENTS, Rung, check_rungs, plain_rungs
from crm.policy import Actor
from crm.setting_errors import InvalidLadder
from storage.ledger import open_ledger
from storage.working_time import rungs_for, settle_ladder
from talk.catalogue import say
from talk.forms import Reader

HEAD = f"""\
# After so many working days these are told: {", ".join(RECIPIENTS)} (the superior's superior). high_risk marks it as
# such, words stand in place of the sentence that ships. A ladder that a file leaves out stays as it is.
"""
FIELDS: dict[str, type] = {"after": int, "to": list, "high_risk": bool, "words": str}
Ladders = dict[str, tuple[Rung, ...]]


def ladders(
    file: Annotated[Path | None, typer.Argument(help="A TOML file as this prints it; without one it prints.")] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="The admin whom the log names; default: the first.")] = "",
) -> None:
    """Print the ladders of reminders, or check a file and write all that differs, or nothing."""
    typer.echo(asyncio.run(_show() if file is None else _load(wanted_of(file), by)))


async def _show() -> str:
    async with opened(read_settings()) as store, store.reading()() as session:
        return "\n".join(
            [HEAD, *[_told(kind, rung) for kind in KINDS for rung in await rungs_for(session, kind)]]
        ).rstrip()


def _told(kind: str, rung: Rung) -> str:
    lines = [f"[[{kind}]]", f"after = {rung.after}", f"to = {json.dumps(rung.to)}"]
    lines += ["high_risk = true"] if rung.is_high_risk else []
    lines += [f"words = {json.dumps(rung.words, ensure_ascii=False)}"] if rung.words else []
    return "\n".join([*lines, ""])


def wanted_of(file: Path) -> Ladders:
    """The ladders of a file. Failed with every fault, a line each."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Failed(f"{file}: {error}") from error
    found: Ladders = {}
    problems: list[str] = []
    for kind, rungs in told.items():
        wrong = list(_problems(kind, rungs))
        if not wrong:
            found[kind] = tuple(_rung(rung) for rung in rungs)
            wrong = _refusal(kind, found[kind])
        problems += wrong
    if problems:
        raise Failed("\n".join(f"{file}: {problem}" for problem in problems))
    return found


def _problems(kind: str, rungs: Any) -> Iterator[str]:
    if kind not in KINDS:
        yield f"there is no {kind!r}: known are {', '.join(KINDS)}"
    elif not isinstance(rungs, list) or not all(isinstance(rung, dict) for rung in rungs):
        yield f"{kind} is told as [[{kind}]], once a rung"
    else:
        for place, rung in enumerate(rungs, 1):
            yield from (f"{kind}, rung {place}: {problem}" for problem in _faults(rung))


def _faults(rung: dict[str, Any]) -> Iterator[str]:
    for name, value in rung.items():
        if name not in FIELDS:
            yield f"there is no {name!r}: known are {', '.join(FIELDS)}"
        elif not _fits(name, value):
            yield f"{name} = {value!r} is none"
    for name in ("after", "to"):
        if name not in rung:
            yield f"{name} is missing"


def _fits(name: str, value: Any) -> bool:
    is_of_type = type(value) is FIELDS[name]
    return is_of_type and (name != "to" or all(isinstance(one, str) for one in value))


def _rung(told: dict[str, Any]) -> Rung:
    return Rung(told["after"], tuple(told["to"]), told.get("high_risk", False), told.get("words", ""))


def _refusal(kind: str, rungs: Sequence[Rung]) -> list[str]:
    try:
        check_rungs(rungs)
    except InvalidLadder as refusal:
        return [f"{kind}: {say(refusal.key, Reader('en', UTC, datetime.now(UTC).date()), refusal.facts)}"]
    return []


async def _load(wanted: Ladders, by: str) -> str:
    done = []
    async with opened(read_settings()) as store, open_ledger(store, datetime.now(UTC)) as ledger:
        ledger.actor = Actor(await admin_named(ledger.session, by))
        for kind, rungs in wanted.items():
            if rungs != await rungs_for(ledger.session, kind):
                await settle_ladder(ledger, kind, plain_rungs(rungs))
                done.append(f"{kind}: {'; '.join(_short(rung) for rung in rungs)}")
        await ledger.commit()
    return "\n".join(done) or "nothing to change"


def _short(rung: Rung) -> str:
    return f"day {rung.after} {', '.join(rung.to)}" + (" high risk" if rung.is_high_risk else "")
