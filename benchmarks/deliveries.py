"""How fast do pushes reach the double, beside the bare client that sends the same texts? Limits off, the double apart.

Run: python -m benchmarks.deliveries [MESSAGES]; both send to the same chats, with as many sends under way at a time.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from telegram import Bot

from benchmarks import firm
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.render import keyboard, parts
from bot.channels.telegram.request import AiohttpRequest
from bot.garbage import look_seldom
from jobs.dispatch import Dispatch
from jobs.limiter import Limiter, Rates
from sandbox.double import TOKEN
from storage import outbox
from storage.engine import open_store
from storage.migrate import migrate
from storage.posts import OutboxRow
from talk.message import Button, Items, Outgoing, Reply, Title
from tests.bot.processes import ROOT

MESSAGES = 4_000
CHATS = 400
SLOTS = 64
ASKED = "asked: at least 60%"
TOLD = Items(("#1 · 打电话", "#2 · 发报价", "#3 · 寄样品"), "到期 3")
REPLY = Reply((Title("提醒 · 3条"), TOLD), ((Button("✓ #1", "t"),),))
# What the channel makes of it: bold words come back as entities, which both sides have to read.
TEXT, KEYBOARD = parts(REPLY)[0].html, keyboard(REPLY)


@asynccontextmanager
async def double(folder: Path) -> AsyncIterator[str]:
    """A double in a process of its own; where it listens."""
    people = folder / "people.json"
    people.write_text(json.dumps(firm.cast(CHATS)), "utf-8")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--no-limits", "--people", str(people)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield (await process.stdout.readline()).decode().split()[-1].rstrip("/")
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def client(url: str) -> AsyncIterator[Bot]:
    """The client that Genjin uses, at the double."""
    request = AiohttpRequest(trust_env=False)
    async with Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=request) as bot:
        yield bot


async def bare(url: str, count: int) -> float:
    """Messages a second of the client alone."""
    room, chats = asyncio.Semaphore(SLOTS), firm.people(CHATS)
    async with client(url) as bot:

        async def send(number: int) -> None:
            async with room:
                await bot.send_message(chats[number % CHATS], TEXT, "HTML", reply_markup=KEYBOARD)

        began = time.perf_counter()
        await asyncio.gather(*(send(number) for number in range(count)))
        return count / (time.perf_counter() - began)


async def pushed(url: str, folder: Path, count: int) -> float:
    """Messages a second out of the outbox: claimed, sent, settled."""
    store = open_store(f"sqlite:///{folder / 'deliveries.db'}")
    await migrate(store)
    now, chats = datetime.now(UTC), firm.people(CHATS)
    rows = []
    for number in range(count):
        chat = str(chats[number % CHATS])
        body = Outgoing("send", chat, REPLY).to_json()
        rows.append(OutboxRow(f"push:{number}", "telegram", chat, "reminder", body, now, now))
    async with store.write.begin() as connection:
        await outbox.put_all(connection, rows)
    async with client(url) as bot:
        channels = {"telegram": Telegram(bot, lambda: now)}
        limiter = Limiter(Rates.none(), lambda _lane: False)
        dispatch = Dispatch(store, channels, lambda: datetime.now(UTC), asyncio.Event(), limiter, slots=SLOTS)
        began = time.perf_counter()
        await dispatch.idle()
        took = time.perf_counter() - began
    await store.close()
    return count / took


async def main() -> None:
    """Each in turn, the bare client twice: before and after; with memory as in the running bot."""
    look_seldom()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with tempfile.TemporaryDirectory() as name:
        async with double(Path(name)) as url:
            first = await bare(url, count)
            ours = await pushed(url, Path(name), count)
            alone = (first + await bare(url, count)) / 2
    print(f"{count:,} messages to {CHATS} chats: {ours:,.0f}/s out of the outbox, {alone:,.0f}/s by the client alone")
    print(f"{100 * ours / alone:.0f}% ({ASKED})")


if __name__ == "__main__":
    asyncio.run(main())
