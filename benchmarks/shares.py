"""Where a process spends its CPU: samples its stack every few milliseconds of it, and counts by subject."""

from __future__ import annotations

import signal
from collections import Counter
from types import FrameType

EVERY = 0.002
_SUBJECTS = {
    "storage": ("/storage/", "/sqlalchemy/", "/aiosqlite/", "/asyncpg/", "/sqlite3/"),
    "understanding": ("/nlu/", "/jieba/", "/dateparser/", "/cn2an/", "/opencc/"),
    "saying": ("/talk/", "/babel/"),
    "skills": ("/handlers/", "/crm/"),
    "telegram": ("/telegram/", "/aiohttp/", "/yarl/", "/multidict/", "/httpx/", "/httpcore/"),
}


class Sampler:
    """Counts from `start` on. SQLite works in a thread of its own: CPU spent while the loop waits is its."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def start(self) -> None:
        """Begin; ends with the process."""
        signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def text(self) -> str:
        """The shares in percent, largest first."""
        whole = sum(self.counts.values()) or 1
        return ", ".join(f"{subject} {100 * count / whole:.0f}%" for subject, count in self.counts.most_common())

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code.co_filename.endswith("selectors.py"):
            self.counts["storage"] += 1
            return
        self.counts[_subject(frame)] += 1


def _subject(frame: FrameType | None) -> str:
    while frame is not None:
        name = frame.f_code.co_filename
        for subject, parts in _SUBJECTS.items():
            if any(part in name for part in parts):
                return subject
        frame = frame.f_back
    return "loop and delivery"
