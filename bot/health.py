"""How the doors and loops are, as /healthz tells it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

POLL_SECONDS = 90.0


class Health:
    """Trouble by name, and when updates were last asked for. Red while there is trouble or the poll is too old.

    `red` is set when trouble comes up, for whoever waits for it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._polled_at: float | None = None
        self._trouble: dict[str, str] = {}
        self.red = asyncio.Event()

    def polled(self) -> None:
        """Updates were asked for and the answer came; only doors that poll say so."""
        self._polled_at = self._clock()

    def trouble(self, where: str, what: str) -> None:
        """Something does not work, and will not by itself."""
        self._trouble[where] = what
        self.red.set()

    def well(self, where: str) -> None:
        """It works again."""
        self._trouble.pop(where, None)

    @property
    def poll_age(self) -> float | None:
        """Seconds since the last poll that succeeded; None where nothing polls."""
        return None if self._polled_at is None else self._clock() - self._polled_at

    def troubles(self) -> dict[str, str]:
        """All that is wrong now."""
        age = self.poll_age
        late = {"poll": f"the last poll was {age:.0f} s ago"} if age is not None and age > POLL_SECONDS else {}
        return {**self._trouble, **late}
