"""Bots in processes of their own, to be asked to stop, or killed."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

BELOW_WHAT_THE_SYSTEM_GIVES_OUT = range(10_000, 30_000)
ROOT = Path(__file__).parents[2]
READY = re.compile(rb"event=ready .*http=[\d.]+:(\d+)")


class BotProcess:
    """A running bot; `lines` is what it has said on stderr so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[bytes] = []
        self.port = 0
        self._ready = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @property
    def said(self) -> str:
        """All of it."""
        return b"".join(self.lines).decode()

    async def ready(self, seconds: float = 90) -> None:
        """Wait until it listens; AssertionError with its words if it ends before."""
        async with asyncio.timeout(seconds):
            await self._ready.wait()
        assert self.port, self.said

    async def end(self, seconds: float = 90) -> int:
        """Wait until it ends, and give its exit code."""
        async with asyncio.timeout(seconds):
            await self._reading
            return await self.process.wait()

    async def kill(self) -> None:
        """End it without a chance to do anything."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        await self.end()

    async def _read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(line)
            if found := READY.search(line):
                self.port = int(found[1])
                self._ready.set()
        self._ready.set()


def environment(database: str, api: str, token: str, **more: str) -> dict[str, str]:
    """The settings of a bot that takes a double for Telegram, as its environment."""
    given = {"DATABASE_URL": database, "TELEGRAM_API": api, "TELEGRAM_TOKEN": token, "HTTP": "127.0.0.1:0", **more}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GENJIN_")}
    return {**kept, **{f"GENJIN_{name}": value for name, value in given.items()}}


async def launch(environ: Mapping[str, str], module: str = "tests.bot.echo_bot") -> BotProcess:
    """Start one and do not wait. `module` is what Python runs, with its arguments."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module.split(), cwd=ROOT, env=dict(environ), stderr=asyncio.subprocess.PIPE
    )
    return BotProcess(process)


@asynccontextmanager
async def running_bot(environ: Mapping[str, str], module: str = "tests.bot.echo_bot") -> AsyncIterator[BotProcess]:
    """One that is ready; killed at the end if it still runs."""
    bot = await launch(environ, module)
    try:
        await bot.ready()
        yield bot
    finally:
        await bot.kill()


def free_port() -> int:
    """A port that nobody listens on, and that the system gives nobody until somebody does."""
    while True:
        port = random.choice(BELOW_WHAT_THE_SYSTEM_GIVES_OUT)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
