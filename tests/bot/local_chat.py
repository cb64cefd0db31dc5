"""The local chat as a user starts it, with its database."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp

from tests.bot.processes import free_port


class LocalChat:
    """`genjin run` without a token, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.http, self.sandbox = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.sandbox}"
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("GENJIN_", "DISPLAY"))}
        settings = {
            "GENJIN_DATA_DIR": str(self.folder),
            "GENJIN_HTTP": f"127.0.0.1:{self.http}",
            "GENJIN_SANDBOX": f"127.0.0.1:{self.sandbox}",
        }
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), env={**environment, **settings}
        )
        async with aiohttp.ClientSession() as session:
            for _ in range(900):
                if await self._answers(session):
                    return
                await asyncio.sleep(0.1)
        raise AssertionError("genjin run did not become ready")

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{self.http}/healthz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def set_clock(self, moment: str) -> None:
        async with aiohttp.ClientSession() as session:
            await session.post(f"{self.url}/sandbox/clock", json={"set": moment})
        await asyncio.sleep(1)  # the bot asks the double's clock a few times a second

    async def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return await self.process.wait()

    async def until(self, sql: str, wanted: list[tuple[Any, ...]]) -> None:
        """Wait until a query gives these rows."""
        for _ in range(200):
            if self.rows(sql) == wanted:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{sql} holds {self.rows(sql)}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database holds now."""
        with closing(sqlite3.connect(self.folder / "demo.db")) as connection:
            return connection.execute(sql).fetchall()
