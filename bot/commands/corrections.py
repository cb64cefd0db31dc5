"""`genjin corrections`: what people put right, by field; and as samples, to teach understanding with."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select

from bot.commands.opening import Failed, opened, read_settings
from crm.corrections import Correction
from crm.users import User
from handlers.names import LiveNames
from handlers.stored import revived
from nlu.names import Names
from nlu.samples import Told, masked, sample_of, world_of
from storage.corrections import corrections_since

LONGEST = 60  # characters of a message in the list


def corrections(
    export: Annotated[
        str, typer.Option(metavar="NAME", help="Write NAME.jsonl and NAME.world.json instead of listing.")
    ] = "",
    after: Annotated[int, typer.Option(metavar="NUMBER", help="Only those after this one.")] = 0,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Without names of customers and their people.")
    ] = False,
) -> None:
    """List what people put right by field, or export it in the form of the samples."""
    if anonymous and not export:
        raise Failed("--anonymous goes with --export")
    typer.echo(asyncio.run(_corrections(export, after, anonymous=anonymous)))


async def _corrections(export: str, after: int, *, anonymous: bool) -> str:
    async with opened(read_settings()) as store, store.reading()() as session:
        found = await corrections_since(session, after)
        zones = {user.id: ZoneInfo(user.zone) for user in await session.scalars(select(User))}
        names = await LiveNames().refresh(session)
    if not found:
        return "nobody has put anything right"
    told = {
        one.id: sample_of(
            Told(
                f"c{one.id:03d}", one.text, one.at.astimezone(zones[one.user_id]), one.user_id, revived_all(one.right)
            ),
            names,
        )
        for one in found
    }
    if not export:
        return "\n".join(listed(found, names))
    # A message that was put right twice should have been read as it stands last.
    lines = list({one.inbox_id: told[one.id] for one in found}.values())
    world = world_of(lines, names)
    if anonymous:
        lines, world = masked(lines, world)
    return _write(export, lines, world)


def _told(one: Correction, zone: ZoneInfo) -> Told:
    return Told(f"c{one.id:03d}", one.text, one.at.astimezone(zone), one.user_id, revived_all(one.right))


def revived_all(kept: Sequence[Any]) -> list[Any]:
    """Readings as cards keep them."""
    return [revived(reading) for reading in kept]


def listed(found: Sequence[Correction], names: Names) -> list[str]:
    """By field, the most often wrong first: who put what right, how, and in which message."""
    by_field: dict[str, list[Correction]] = defaultdict(list)
    for one in found:
        for field in one.fields:
            by_field[field].append(one)
    lines: list[str] = []
    for field, several in sorted(by_field.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        lines.append(f"{field}  {len(several)}")
        for one in several:
            who = names.users[one.user_id].name if one.user_id in names.users else f"user {one.user_id}"
            text = " ".join(one.text.split())
            short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
            lines.append(f"  #{one.id} {one.made_at:%Y-%m-%d} {who}, {one.way}: {short}" + _said(one))
            lines += [f"      {value}" for value in _values(one, field)]
    return lines


def _said(one: Correction) -> str:
    return f" ← {one.said}" if one.said else ""


def _values(one: Correction, field: str) -> list[str]:
    intent, _, slot = field.partition(".")
    before = [r.slots.get(slot) for r in revived_all(one.wrong) if r.intent == intent] if slot else []
    after = [r.slots.get(slot) for r in revived_all(one.right) if r.intent == intent] if slot else []
    return [f"{_plain(before)} -> {_plain(after)}"] if slot else []


def _plain(values: Sequence[Any]) -> str:
    return ", ".join(_shown(value) for value in values) or "-"


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "/".join(_shown(part) for part in value)
    for name in ("text", "low", "last_day", "major"):
        inner = getattr(value, name, None)
        if inner is not None:
            return _shown(inner)
    return "-" if value is None else str(value)


def _write(name: str, lines: Sequence[dict[str, Any]], world: dict[str, Any]) -> str:
    samples, names = Path(f"{name}.jsonl"), Path(f"{name}.world.json")
    try:
        samples.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        names.write_text(json.dumps(world, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise Failed(f"{name}: {error.strerror}") from error
    return f"{len(lines)} messages in {samples}, their world in {names}"
