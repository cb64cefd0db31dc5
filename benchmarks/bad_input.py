"""What do bad files and hostile lookups get: which answer, how soon, in how much memory, and does the loop go on?

Run: python -m benchmarks.bad_input. Files go where the bot's would (a sheet or picture to its child process), lookups
to the real desk on the demo. `own` is what this process grew by at most, `held` how long its loop was held at most.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.imports import Held
from bot.demo import fill
from bot.picture_words import PictureWords
from crm.errors import CrmError
from jobs.read_sheet import read_sheet
from nlu.vcards import read_vcards
from storage.engine import open_store
from storage.migrate import migrate
from tests.bad_files import PICTURES, SHEETS, VCARDS, Bad
from tests.fakes import Clock, Office
from tests.memory import Memory

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
WHO = "李娜"
LOOKUPS = {
    "%": "%",
    "_": "__",
    "quotes": "\"华信' OR '1'='1",
    "operators of a full-text search": 'NEAR("华信" *) OR NOT -o1:* AND ^',
    "operators of PostgreSQL's": "华信:* & !x | <-> 'y",
    "a statement": "'; DROP TABLE customers; --",
    "4,000 characters": "华" * 4_000,
    "4,000 of a code": "hxkj" * 1_000,
    "4,000 digits": "1" * 4_000,
    "2,000 words": "华信 " * 2_000,
    "4,000 signs": "%_" * 2_000,
}
Read = Callable[[str, bytes], Awaitable[Any]]


async def _answer(work: Awaitable[Any]) -> str:
    try:
        found = await work
    except CrmError as refusal:
        return refusal.key
    return str(found)[:60]


async def measure(kind: str, what: str, work: Callable[[], Awaitable[Any]], held: Held) -> tuple[float, float]:
    """A line of the table; the milliseconds, and the megabytes of whichever process took more."""
    held.taken()
    with Memory() as memory:
        began = time.perf_counter()
        told = await _answer(work())
        spent = 1000 * (time.perf_counter() - began)
    loop = 1000 * held.taken()
    child = f"{memory.of_children:4.0f}" if memory.of_children else "   -"
    print(
        f"{kind:8} {what:44} {spent:6.0f} ms  child {child} MB  own +{memory.more:3.0f} MB  held {loop:4.0f} ms  {told}"
    )
    return spent, max(memory.of_children, memory.more)


async def _files(kind: str, cases: Mapping[str, Bad], read: Read, held: Held) -> list[tuple[float, float]]:
    told = []
    for what, make in cases.items():
        name, content, _ = await asyncio.to_thread(make)
        told.append(await measure(kind, what, lambda name=name, content=content: read(name, content), held))  # type: ignore[misc]
    return told


async def _lookups(folder: Path, held: Held) -> list[tuple[float, float]]:
    store = open_store(f"sqlite:///{folder}/genjin.db")
    await migrate(store)
    await fill(store, NOW)
    office = Office(store, Clock(NOW), folder=folder / "files")

    async def look(text: str) -> str:
        return " / ".join(seen.text.replace("\n", " ")[:50] for seen in await office.say(WHO, text))

    await look("华信")  # what the first message of a process waits for
    told = [await measure("lookup", what, lambda text=text: look(text), held) for what, text in LOOKUPS.items()]  # type: ignore[misc]
    await store.close()
    return told


async def main() -> None:
    """All of them, and the worst."""
    held, words = Held(), PictureWords()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "content")

        async def sheet(name: str, content: bytes) -> Any:
            await asyncio.to_thread(place.write_bytes, content)
            return await read_sheet(place, name)

        told = await _files("sheet", SHEETS, sheet, held)
        told += await _files("picture", PICTURES, lambda name, content: words.read(content, name), held)
        told += await _files("vCard", VCARDS, lambda name, content: asyncio.to_thread(read_vcards, content, name), held)
        told += await _lookups(Path(folder), held)
    print(f"{len(told)} cases: at most {max(ms for ms, _ in told):.0f} ms and {max(mb for _, mb in told):.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
