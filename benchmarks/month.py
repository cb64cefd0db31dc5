"""What does a month of the demo's company bring to each of its people? Run: python -m benchmarks.month [DAYS]"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from bot.demo import fill
from storage.engine import open_store
from storage.migrate import migrate
from tests.jobs.month import at_night, live, people

BEGIN = datetime.fromisoformat("2026-11-20T18:30+08:00")
ASKED = "asked: at most 6"


async def main() -> None:
    """Let it pass and print the table."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'month.db'}")
        await migrate(store)
        await fill(store, BEGIN)
        month = await live(store, BEGIN, days)
        night = at_night(month, {user.name: user for user in (await people(store)).values()})
        await store.close()
    print("\n".join([*month.table(), "", *month.by_day()]))
    doubled = len(month.told) - len({one.key for one in month.told})
    empty = sum(not one.text.strip() for one in month.told)
    print(f"{len(month.told)} messages in {days} days; at night {len(night)}, twice {doubled}, empty {empty}")
    print(f"a rep gets {month.a_day(month.reps):g} a working day in the median ({ASKED})")


if __name__ == "__main__":
    asyncio.run(main())
