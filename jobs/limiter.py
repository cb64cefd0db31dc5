"""How fast messages may leave: three buckets, and chats that were told to wait.

Messages and edits count in every bucket. Answers to taps count in none: Telegram limits them apart, and whoever
tapped waits for them with a spinning button. A chat that is told to wait halts alone.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

GROUP_WINDOW = 60.0


@dataclass(frozen=True)
class Rates:
    """Messages a second in all and a private chat, with the burst that is tolerated; messages a minute a group."""

    overall: float = 25.0
    private: float = 1.0
    private_burst: int = 3
    group_a_minute: int = 20

    @classmethod
    def none(cls) -> Rates:
        """No limits, for measuring."""
        return cls(math.inf, math.inf, 1_000_000, 1_000_000)


class Bucket:
    """Tokens that come back with time."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self.size, self.rate, self.at, self.tokens = size, rate, now, size

    def room(self, now: float) -> float:
        """How many tokens there are."""
        if math.isinf(self.rate):
            return self.size
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens

    def take(self, now: float) -> None:
        """Use one."""
        self.tokens = self.room(now) - 1

    def arrived(self, now: float) -> None:
        """The one used last is counted from now: while it was under way none came back."""
        self.at = max(self.at, now)

    def wait(self, now: float) -> float:
        """Seconds until there is one; 0 if there is."""
        missing = 1 - self.room(now)
        return 0.0 if missing <= 1e-9 else missing / self.rate

    def is_idle(self, now: float) -> bool:
        """Whether nothing would change if it were forgotten."""
        return self.room(now) >= self.size


class Window:
    """At most so many in any minute."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.times: deque[float] = deque()

    def take(self, now: float) -> None:
        """Use one."""
        self.times.append(now)

    def arrived(self, now: float) -> None:
        """The one used last is counted from now."""
        if self.times:
            self.times[-1] = now

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        while self.times and self.times[0] <= now - GROUP_WINDOW:
            self.times.popleft()
        return 0.0 if len(self.times) < self.size else self.times[0] + GROUP_WINDOW - now

    def is_idle(self, now: float) -> bool:
        """Whether nothing would change if it were forgotten."""
        self.wait(now)
        return not self.times


class Limiter:
    """Remembers what was sent lately. Lanes are chats; `is_group` says of a lane which bucket it has."""

    def __init__(
        self, rates: Rates, is_group: Callable[[str], bool], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rates = rates
        self._is_group = is_group
        self._now = now
        burst = rates.overall if math.isfinite(rates.overall) else 1_000_000
        self._overall = Bucket(burst, rates.overall, now())
        self._chats: dict[str, Bucket | Window] = {}
        self._halted: dict[str, float] = {}

    def room(self) -> int:
        """How many messages may leave at once in all."""
        return int(self._overall.room(self._now()) + 1e-9)

    def spend(self, lane: str) -> None:
        """Count a message to a chat."""
        now = self._now()
        self._overall.take(now)
        if math.isfinite(self._rates.private):
            self._chats.setdefault(lane, self._fresh(lane, now)).take(now)

    def arrived(self, lane: str) -> None:
        """A message has arrived: Telegram counts from here, not from when it was sent."""
        if chat := self._chats.get(lane):
            chat.arrived(self._now())

    def halt(self, lane: str, seconds: float) -> None:
        """A chat was told to wait; the others go on."""
        self._halted[lane] = self._now() + seconds

    def full(self) -> set[str]:
        """Lanes that may send nothing now. What is idle is forgotten on the way."""
        now = self._now()
        self._halted = {lane: until for lane, until in self._halted.items() if until > now}
        self._chats = {lane: chat for lane, chat in self._chats.items() if not chat.is_idle(now)}
        return set(self._halted) | {lane for lane, chat in self._chats.items() if chat.wait(now) > 0}

    def wait(self) -> float:
        """Seconds until something changes: a lane that is full, or the whole, has room again. Infinite if none is."""
        now = self._now()
        waits = [chat.wait(now) for chat in self._chats.values()] + [until - now for until in self._halted.values()]
        waits.append(self._overall.wait(now))
        return min((wait for wait in waits if wait > 0), default=math.inf)

    def _fresh(self, lane: str, now: float) -> Bucket | Window:
        if self._is_group(lane):
            return Window(self._rates.group_a_minute)
        return Bucket(self._rates.private_burst, self._rates.private, now)
