"""`genjin export` and `genjin load`: everything as JSON Lines, and into an empty database (docs/export.md)."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import Failed, opened, opened_alone, read_settings
from bot.settings import Settings
from storage.files import Files
from storage.pipelines import prepare
from storage.trouble import DATABASE_TROUBLE, told
from storage.whole.lines import BadExport
from storage.whole.read import NotEmpty, read_lines
from storage.whole.write import lines_of

LINES, FILES = "genjin.jsonl", "files"


def export(
    target: Annotated[Path, typer.Argument(help="A folder to make, or a file NAME.jsonl: then without the files.")],
) -> None:
    """Write everything as JSON Lines, and into a folder the files that people sent too, while the bot works."""
    settings, is_file = read_settings(), target.suffix == ".jsonl"
    if target.exists():
        raise Failed(f"{target} is there already")
    try:
        if not is_file:
            target.mkdir(parents=True, mode=0o700)
        lines = target if is_file else target / LINES
        lines.touch(mode=0o600)
        count = asyncio.run(_write(settings, lines))
        if not is_file and settings.files_folder.is_dir():
            shutil.copytree(settings.files_folder, target / FILES, ignore=shutil.ignore_patterns("*.part", "out"))
    except OSError as error:
        raise Failed(f"nothing whole was exported: {told(error)}") from error
    typer.echo(f"{count} rows in {target}" + ("; the files that people sent are not in it" if is_file else ""))


def load(
    source: Annotated[Path, typer.Argument(help="A folder or file that genjin export made.")],
) -> None:
    """Read an export into an empty database, of whichever kind: all of it or nothing."""
    settings = read_settings()
    lines = source / LINES if source.is_dir() else source
    try:
        counts = asyncio.run(_read(settings, lines))
    except (BadExport, UnicodeDecodeError, OSError) as error:
        raise Failed(f"nothing was loaded from {lines}: {error}") from error
    if (source / FILES).is_dir():
        _take_files(source / FILES, Files(settings.files_folder))
    typer.echo(f"{sum(counts.values())} rows loaded from {source}")


async def _write(settings: Settings, target: Path) -> int:
    count = 0
    async with opened(settings) as store:
        with target.open("w", encoding="utf-8") as out:
            async for line in lines_of(store, datetime.now(UTC)):
                out.write(line + "\n")
                count += 1
    return count - 2  # the head and the end


async def _read(settings: Settings, lines: Path) -> dict[str, int]:
    async with opened_alone(settings) as store:
        await prepare(store)
        try:
            with lines.open(encoding="utf-8") as file:
                return await read_lines(store, file)
        except NotEmpty as error:
            raise Failed("the database holds records: name an empty one in GENJIN_DATABASE_URL") from error
        except DATABASE_TROUBLE as error:
            raise Failed(f"nothing was loaded: {told(error)}") from error


def _take_files(folder: Path, files: Files) -> None:
    """Copies of the contents, each under the name that its content has."""
    for path in folder.glob("??/*"):
        files.put(path.read_bytes())
