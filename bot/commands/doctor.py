"""`genjin doctor`: what is wrong with a set-up, and how to mend it."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import typer
from sqlalchemy import select

from bot.commands.asking import ask_telegram
from bot.commands.opening import Failed, read_settings, sqlite_path
from bot.commands.people import CHANNEL
from bot.local import DEMO
from bot.settings import Address, Settings, SettingsError
from storage.alone import InUse, alone
from storage.engine import Store, open_store
from storage.invites import has_admin
from storage.migrate import schema_state
from storage.people_tables import identities
from storage.trouble import DATABASE_TROUBLE, told


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` says what to do; empty where all is well."""

    what: str
    found: str
    mend: str = ""

    def line(self) -> str:
        """As it is printed."""
        return (
            f"{'bad' if self.mend else 'ok ':<4} {self.what:<10} {self.found}{f' -> {self.mend}' if self.mend else ''}"
        )


FIRST = "send the bot the setup code that genjin run prints, or genjin user add NAME --role admin --telegram ID"
NOBODY = Finding("people", "nobody may talk to the bot", FIRST)
NO_ADMIN = Finding("people", "somebody may talk to the bot, but there is no admin yet", FIRST)

INLINE = Finding("inline", "customers can be found in any chat")
# A choice, nothing that is wrong: it is told, and the exit code stays.
NO_INLINE = Finding("inline", "off: to find customers in any chat, send /setinline to BotFather")


def doctor() -> None:
    """Look at settings, database, Telegram and ports; exit code 1 where anything is wrong."""
    findings = asyncio.run(_findings())
    for finding in findings:
        typer.echo(finding.line())
    if any(finding.mend for finding in findings):
        raise typer.Exit(1)


async def _findings() -> list[Finding]:
    try:
        settings = read_settings()
    except SettingsError as error:
        return [Finding("settings", "cannot be used", problem) for problem in error.problems]
    found = [Finding("settings", "can be used"), *await asyncio.to_thread(_folders, settings)]
    found += [finding async for finding in _database(settings)]
    is_running = await _is_running(settings)
    found.append(Finding("process", "Genjin works now" if is_running else "no Genjin works here"))
    found += [finding async for finding in _telegram(settings)]
    ports = {"GENJIN_HTTP": settings.http, **({"GENJIN_SANDBOX": settings.sandbox} if settings.is_sandboxed else {})}
    return found + [_port(name, address, is_running) for name, address in ports.items()]


def _folders(settings: Settings) -> list[Finding]:
    """The data directory, and where files are kept if that is told or there already."""
    found = [_folder("data", settings.data_dir, "GENJIN_DATA_DIR")]
    if settings.files_dir is not None or settings.files_folder.exists():
        found.append(_folder("files", settings.files_folder, "GENJIN_FILES_DIR"))
    return found


def _folder(what: str, folder: Path, name: str) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding(what, f"{folder} can be written to")
    except OSError as error:
        found = f"{folder}: {error.strerror}"
        return Finding(what, found, f"set {name} to a directory that this user may write to")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        path = sqlite_path(settings.database_url)
        if path is not None and not path.exists():  # to look into it would make it
            path.parent.mkdir(parents=True, exist_ok=True)
            yield Finding("database", f"{path} is made at the first start")
            if not settings.is_sandboxed:
                yield NOBODY
            return
        store = open_store(settings.database_url)
        try:
            yield await _schema(store)
            if not settings.is_sandboxed:
                yield await _people(store)
        finally:
            await store.close()
    except Failed as error:
        yield Finding("database", "cannot be opened", str(error))
    except DATABASE_TROUBLE as error:
        yield Finding("database", told(error), "mend GENJIN_DATABASE_URL, or start the database")


async def _schema(store: Store) -> Finding:
    current, newest = await schema_state(store)
    if current in (None, newest):
        found = f"at schema {newest}, the newest" if current else "empty: genjin run sets it up"
        return Finding("database", f"{store.write.dialect.name}, {found}")
    return Finding("database", f"at schema {current}, not {newest}", "run genjin migrate")


async def _is_running(settings: Settings) -> bool:
    """Whether a Genjin works with these settings: without a token it does so on the demo."""
    url = f"sqlite:///{settings.data_dir / DEMO}" if settings.is_sandboxed else settings.database_url
    try:
        store = open_store(url)
        try:
            async with alone(store):
                return False
        finally:
            await store.close()
    except InUse:
        return True
    except DATABASE_TROUBLE:
        return False


async def _people(store: Store) -> Finding:
    current, _ = await schema_state(store)
    if current is not None:
        async with store.reading()() as session:
            where = identities.c.channel == CHANNEL
            if await session.scalar(select(identities.c.id).where(where).limit(1)) is not None:
                return Finding("people", "an admin is in") if await has_admin(session, CHANNEL) else NO_ADMIN
    return NOBODY


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.is_sandboxed:
        yield Finding("telegram", "no token: genjin run opens a local chat")
        return
    try:
        me = await ask_telegram(settings, "getMe")
        if not me.get("ok"):
            said = me.get("description", "no answer of a Bot API")
            yield Finding("telegram", f"{said}", "mend GENJIN_TELEGRAM_TOKEN (from BotFather) or GENJIN_TELEGRAM_API")
            return
        yield Finding("telegram", f"the bot is @{me['result'].get('username')}")
        yield INLINE if me["result"].get("supports_inline_queries") else NO_INLINE
        yield _webhook(settings, (await ask_telegram(settings, "getWebhookInfo")).get("result", {}))
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        # Not the error's text: it may hold the address, and that the token.
        found = f"{settings.telegram_api} cannot be asked ({type(error).__name__})"
        yield Finding("telegram", found, "mend GENJIN_TELEGRAM_API, or the way to it")


def _webhook(settings: Settings, info: dict[str, Any]) -> Finding:
    url, wanted = info.get("url", ""), settings.webhook_url
    if wanted and url == wanted and (error := info.get("last_error_message")):
        return Finding("webhook", f"Telegram could not deliver: {error}", "open GENJIN_WEBHOOK_URL to Telegram")
    if wanted:
        return Finding("webhook", f"{wanted} is {'set' if url == wanted else 'set at the next start'}")
    return Finding("webhook", "none: long polling" + (f"; {url} is removed at the next start" if url else ""))


def _port(name: str, address: Address, is_running: bool) -> Finding:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address.host, address.port))
        except OSError as error:
            if is_running:
                return Finding("port", f"{address} is in use, it seems by the Genjin that works now")
            return Finding("port", f"{address}: {error.strerror}", f"set {name} to another host:port")
    return Finding("port", f"{address} is free for {name}")
