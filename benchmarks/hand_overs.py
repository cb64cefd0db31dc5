"""What does it cost to undo a hand-over, beside the hand-over itself? Customers with a deal and a task each.

Run: python -m benchmarks.hand_overs [CUSTOMERS]; 500 unless told. Seconds of processor time, SQLite's own included.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from storage.engine import open_store
from tests.databases import SqliteFiles
from tests.fakes import Clock, Office
from tests.handlers.test_hand_over import with_many

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=timezone(timedelta(hours=8)))


async def _tapped(office: Office, label: str) -> float:
    begun = time.process_time()
    await office.tap("何远征", label)
    return time.process_time() - begun


async def _measure(folder: Path, customers: int) -> tuple[float, float]:
    store = open_store(await SqliteFiles(folder).fresh(NOW))
    try:
        office = Office(store, Clock(NOW))
        await with_many(office, customers)
        await office.say("何远征", "把小王的客户交接给小李")
        return await _tapped(office, "全部交接"), await _tapped(office, "撤销")
    finally:
        await store.close()


def main() -> None:
    """Hand over, undo, and print both with their ratio."""
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        handed, undone = asyncio.run(_measure(Path(folder), customers))
    print(
        f"{customers} customers: handed over in {handed:.2f} s, undone in {undone:.2f} s, ratio {undone / handed:.2f}"
    )


if __name__ == "__main__":
    main()
