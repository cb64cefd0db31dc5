"""Telegram's flood limits: 30 messages a second in all, 1 a second to a person, 20 a minute to a group.

Telegram tolerates short bursts without saying how short. Here a private chat may have three messages at once and then
one a second; 30 in all may come at once and then 30 a second; a group gets 20 in any 60 seconds. Sends and edits
count, an album counts its pictures; answers to buttons, deletions and chat actions do not.
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from sandbox.errors import too_many

OVERALL, PRIVATE_BURST, GROUP = 30, 3, 20


class _Bucket:
    """Tokens that come back with time."""

    def __init__(self, size: float, rate: float, now: float) -> None:
        self.size, self.rate, self.tokens, self.at = size, rate, size, now

    def wait(self, count: int, now: float) -> float:
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(count, self.size) - self.tokens) / self.rate)

    def take(self, count: int, now: float) -> None:
        self.tokens -= count


class _Window:
    """At most so many in any stretch of time."""

    def __init__(self, size: int, seconds: float) -> None:
        self.size, self.seconds = size, seconds
        self.times: deque[float] = deque()

    def wait(self, count: int, now: float) -> float:
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        over = len(self.times) + count - self.size
        if over <= 0 or not self.times:
            return 0.0
        return self.times[min(over, len(self.times)) - 1] + self.seconds - now

    def take(self, count: int, now: float) -> None:
        self.times.extend([now] * count)


class Limits:
    """Counts what the bot sends. `on` may be switched at any time."""

    def __init__(self, on: bool = True, now: Callable[[], float] = time.monotonic) -> None:
        self.on = on
        self._now = now
        self._overall = _Bucket(OVERALL, OVERALL, now())
        self._groups: defaultdict[int, _Window] = defaultdict(lambda: _Window(GROUP, 60.0))
        self._private: defaultdict[int, _Bucket] = defaultdict(lambda: _Bucket(PRIVATE_BURST, 1.0, now()))

    def spend(self, chat_id: int, count: int = 1) -> None:
        """Count a message (or an album of several); ApiError 429 if it comes too soon, and then it is not counted."""
        if not self.on:
            return
        now = self._now()
        chat = self._groups[chat_id] if chat_id < 0 else self._private[chat_id]
        wait = max(self._overall.wait(count, now), chat.wait(count, now))
        if wait > 1e-9:
            raise too_many(max(1, math.ceil(wait)))
        self._overall.take(count, now)
        chat.take(count, now)
