"""What does an import of 100,000 rows cost, from the file that arrives to the undo, and does the bot stay alive?

Run: python -m benchmarks.imports [sqlite|postgresql] [ROWS]; without a name on SQLite, then on PostgreSQL.
One person with the real desk sends an xlsx; beside it a reader of the clock tells how long the loop was held at most.
"""

from __future__ import annotations

import asyncio
import io
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import func, select

from bot.demo import fill
from bot.garbage import look_seldom
from storage.engine import Store, open_store
from storage.migrate import migrate
from storage.tables import customers
from talk.incoming import IncomingFile
from tests.databases import PostgresServer
from tests.fakes import Clock, Office

ROWS = 100_000
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
WHO = "李娜"
HEADS = ["客户名称", "联系人", "手机", "职务", "行业", "城市", "级别", "统一社会信用代码", "地址", "备注"]


def sheet(count: int) -> bytes:
    """A workbook of firms, every fifth with a second person."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADS)
        for line in range(1, count + 1):
            firm = line - 1 if line % 5 == 0 else line
            row = [
                f"上海第{firm}号精密机械有限公司",
                f"王{line}",
                f"138{line:08d}",
                "经理",
                "制造业",
                "上海",
                "重点客户",
            ]
            page.write_row(line, 0, [*row, "", f"松江区第{line}路8号", "x"])
    return out.getvalue()


class Held:
    """How long the loop was held at most since one last asked."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._watch = asyncio.ensure_future(self._watching())

    async def _watching(self) -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.002)
            now = time.monotonic()
            self.longest, last = max(self.longest, now - last), now

    def taken(self) -> float:
        """In seconds; begins anew."""
        found, self.longest = self.longest, 0.0
        return found


async def measure(store: Store, count: int, folder: Path) -> None:
    """Send, look, import, ask, undo; a line each."""
    await migrate(store)
    await fill(store, NOW)
    content = await asyncio.to_thread(sheet, count)
    office, held = Office(store, Clock(NOW), folder=folder), Held()
    await office.say(WHO, "我的客户")  # what the first message of a process waits for
    base = _peak(resource.RUSAGE_SELF)
    print(f"{store.write.dialect.name}: {count} rows, {len(content) / 2**20:.1f} MB; this process {base:.0f} MB before")
    office.messenger.held["sheet"] = content
    file = IncomingFile("sheet", "document", "客户.xlsx", size=len(content))
    await _timed("receive", held, office.say(WHO, "", kind="other", files=(file,)))
    await _timed("read, set against the records, show", held, office.fetch())
    await _timed("say 导入", held, office.say(WHO, "导入"))
    await _timed("read again, write", held, office.imported())
    print(f"    {await _standing(store)} customers stand")
    await _timed("the next message, names read anew", held, office.say(WHO, "我的客户"))
    await _timed("a message after that", held, office.say(WHO, "我的客户"))
    await _timed("撤销", held, office.say(WHO, "撤销"))
    print(f"    {await _standing(store)} customers stand")
    own, child = _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)
    print(f"    peak memory: this process {own:.0f} MB (+{own - base:.0f}), the child that reads {child:.0f} MB")


async def _timed(what: str, held: Held, work: Awaitable[Any]) -> None:
    held.taken()
    start = time.monotonic()
    await work
    print(f"    {what}: {time.monotonic() - start:.1f} s, the loop held for {1000 * held.taken():.0f} ms at most")


async def _standing(store: Store) -> int:
    async with store.reading()() as session:
        found = select(func.count()).select_from(customers).where(customers.c.withdrawn_at.is_(None))
        return int(await session.scalar(found) or 0)


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


@asynccontextmanager
async def _store(name: str, folder: Path) -> AsyncIterator[Store]:
    server = PostgresServer() if name == "postgresql" else None
    store = open_store(await server.empty() if server else f"sqlite:///{folder}/genjin.db")
    try:
        yield store
    finally:
        await store.close()
        if server:
            server.stop()


async def run(name: str, count: int) -> None:
    """One engine."""
    with tempfile.TemporaryDirectory() as folder:
        async with _store(name, Path(folder)) as store:
            await measure(store, count, Path(folder) / "files")


def main() -> None:
    """Both engines, or the one named."""
    look_seldom()
    named = [one for one in sys.argv[1:] if not one.isdigit()]
    count = next((int(one) for one in sys.argv[1:] if one.isdigit()), ROWS)
    for name in named or ["sqlite", "postgresql"]:
        asyncio.run(run(name, count))


if __name__ == "__main__":
    main()
