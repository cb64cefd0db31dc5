"""The demo's data files, and its days: how a number of days from now becomes a moment in somebody's working week."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_FIRST_HOUR, _STEP = timedelta(hours=9, minutes=30), timedelta(minutes=70)


@cache
def load(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module, by name without its ending."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Days:
    """Working days around a moment."""

    now: datetime

    @property
    def today(self) -> date:
        """The date in Shanghai."""
        return self.now.astimezone(ZONE).date()

    def past(self, days: int, hour: int = 0) -> datetime:
        """A moment in working time `days` ago, on the Friday before where that is a weekend; `hour` is 0 to 6."""
        on = self.today - timedelta(days)
        on -= timedelta(max(0, on.weekday() - 4))
        return datetime.combine(on, time(), ZONE) + _FIRST_HOUR + hour * _STEP

    def ahead(self, days: int) -> date:
        """A working day `days` from now; what would fall on a weekend is moved away from today."""
        on = self.today + timedelta(days)
        if days < 0:
            return on - timedelta(max(0, on.weekday() - 4))
        return on + timedelta((7 - on.weekday()) % 7 if on.weekday() > 4 and days else 0)
