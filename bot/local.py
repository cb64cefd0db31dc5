"""The bot without a token: the sandbox beside it, on demo data of its own. The only module that opens the sandbox."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import webbrowser
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.channels.door import CannotGoOn
from bot.clock import SandboxClock, real_now
from bot.demo import demo_people, fill
from bot.demo.data import ZONE
from bot.serve import serve
from bot.settings import Settings
from bot.wiring import Parts
from sandbox import Sandbox
from storage.alone import InUse, alone
from storage.engine import open_store
from storage.pipelines import prepare
from storage.trouble import DATABASE_TROUBLE, told

DEMO = "demo.db"
Say = Callable[[str], None]


async def run_locally(settings: Settings, say: Say) -> int:
    """Serve against the sandbox until told to stop; the exit code. CannotGoOn where a port or a file is in the way."""
    sandbox = Sandbox(settings.sandbox.host, settings.sandbox.port, people=demo_people().spec())
    try:
        await sandbox.start()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise CannotGoOn(f"GENJIN_SANDBOX: cannot listen on {settings.sandbox}: {why}") from error
    try:
        database_url = await demo_database(settings, say)
        say(f"Genjin is at {sandbox.url}/ - Ctrl+C ends it")
        await asyncio.to_thread(_show, sandbox.url)
        beside = replace(
            settings, telegram_token=sandbox.token, telegram_api=sandbox.url, webhook_url="", database_url=database_url
        )
        return await serve(beside, Parts(now=SandboxClock(sandbox.url)))
    finally:
        await sandbox.stop()


async def demo_database(settings: Settings, say: Say) -> str:
    """The URL of the demo's database, told relative to today: one made earlier is moved aside. CannotGoOn."""
    path = settings.data_dir / DEMO
    today = real_now().astimezone(ZONE).date()
    url = f"sqlite:///{path}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store = open_store(url)
        try:
            async with alone(store):
                if _is_of(path, today):
                    say(f"today's demo goes on: {path}")
                else:
                    if path.exists():
                        _move_aside(path, say)
                    await prepare(store)
                    await fill(store, real_now())
                    await store.close()
                    _date(path, today)
        finally:
            await store.close()
    except InUse as error:
        raise CannotGoOn(f"another Genjin process works on {path}: stop it first, or set GENJIN_DATA_DIR") from error
    except DATABASE_TROUBLE as error:
        raise CannotGoOn(f"GENJIN_DATA_DIR: {path} cannot be used: {told(error)}") from error
    return url


def _is_of(path: Path, today: date) -> bool:
    """Whether the demo in a file is whole and was made today: the day is written last, as SQLite's user_version."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as connection:
            made_on: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    return made_on == _number(today)


def _date(path: Path, today: date) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {_number(today)}")


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")


def _move_aside(path: Path, say: Say) -> None:
    former = path.with_name(f"{path.name}.old")
    for tail in ("", "-wal", "-shm"):
        old = path.with_name(path.name + tail)
        former.with_name(former.name + tail).unlink(missing_ok=True)
        if old.exists():
            old.rename(former.with_name(former.name + tail))
    say(f"the demo is of another day: a new one is made, the former is {former}")


def _show(url: str) -> None:
    """Open the page where somebody sits at a screen; the URL is printed anyway."""
    has_screen = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and sys.stdout.isatty():
        webbrowser.open(url)
