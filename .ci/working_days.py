"""Writes crm/working_days.toml: the published Chinese working days, as the library chinesecalendar knows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

TABLE = Path(__file__).parents[1] / "crm" / "working_days.toml"
HEAD = """# The days off and the weekends worked for them, as the State Council published them, a year a line.
# Made by `make calendar` from chinesecalendar {version}: not to be edited by hand.
"""


def stretches(days: Iterable[date]) -> str:
    """Days in order, neighbours as first-last: 0101-0103 0215-0223."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join("-".join(f"{day:%m%d}" for day in dict.fromkeys((run[0], run[-1]))) for run in runs)


def lines() -> Iterable[str]:
    """The table, a line a year."""
    yield HEAD.format(version=version("chinesecalendar"))
    for year in sorted({day.year for day in holidays}):
        off = stretches(day for day in holidays if day.year == year)
        worked = stretches(day for day in workdays if day.year == year)
        yield f'{year} = {{ off = "{off}", worked = "{worked}" }}\n'


if __name__ == "__main__":
    TABLE.write_text("".join(lines()), encoding="utf-8")
