"""The double's clock: real time plus an offset that a person or a test may move."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Runs on at real speed from wherever it was put; every message date comes from it."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self.offset = 0.0

    def now(self) -> datetime:
        """The double's present moment, aware, in UTC."""
        return datetime.fromtimestamp(self._real() + self.offset, UTC)

    def stamp(self) -> int:
        """The same as whole Unix seconds, the way Telegram writes dates."""
        return int(self._real() + self.offset)

    def forward(self, seconds: float) -> None:
        """Move on by so many seconds; a negative number moves back. ValueError out of the years 1970-9999."""
        try:
            self.set(self.now() + timedelta(seconds=seconds))
        except OverflowError:
            raise ValueError("the clock cannot be moved so far") from None

    def set(self, moment: datetime) -> None:
        """Make it this moment now. ValueError if it has no zone or lies outside 1970-9999."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its zone, as in 2026-11-20T18:30:00+08:00")
        if moment.timestamp() < 0:
            raise ValueError("a moment before 1970 has no Unix time")
        self.offset = moment.timestamp() - self._real()

    def reset(self) -> None:
        """Back to real time."""
        self.offset = 0.0
