"""Some days of the demo's company as they pass: what comes by itself keeps its promises."""

from __future__ import annotations

from datetime import datetime

from bot.demo import fill
from storage.engine import Store
from tests.jobs.month import at_night, live, people

DAYS = 4  # from a Friday evening over the weekend into Tuesday; python -m benchmarks.month lets a whole month pass


async def test_nobody_is_told_at_night_or_twice_or_nothing_or_too_often(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    month = await live(sqlite_store, now, DAYS)
    names = {user.name: user for user in (await people(sqlite_store)).values()}
    assert {one.kind for one in month.told} >= {"brief", "funnel", "week", "list"}
    assert at_night(month, names) == []
    assert len({one.key for one in month.told}) == len(month.told)
    assert all(one.text.strip() for one in month.told)
    assert not [one for one in month.told if one.kind in ("brief", "funnel") and one.at.weekday() >= 5]
    assert month.a_day(month.reps) <= 6
