"""How much memory this process and its children take at most while something is done, as Linux tells it.

Not by getrusage: what it says of a child begins with what this process held when it started the child.
"""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import Self

_ME = Path("/proc/self")
_EVERY = 0.002  # seconds
_PEAK = re.compile(rb"VmHWM:\s*(\d+) kB")


class Memory:
    """`with Memory() as memory`; afterwards `more` and `of_children`, in megabytes; nothing where there is no /proc."""

    def __init__(self) -> None:
        self.more = self.of_children = 0.0
        self._done = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        if _ME.exists():
            (_ME / "clear_refs").write_text("5")  # the peak begins anew
            self._before = _peak(_ME)
            self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        if _ME.exists():
            self._done.set()
            self._watching.join()
            self.more = _peak(_ME) - self._before

    def _watch(self) -> None:
        own = (_ME / "cmdline").read_bytes()
        while not self._done.wait(_EVERY):
            for child in _children():
                try:
                    if (child / "cmdline").read_bytes() != own:  # it has begun to be something else
                        self.of_children = max(self.of_children, _peak(child))
                except OSError:
                    continue


def _children() -> list[Path]:
    found = []
    for task in (_ME / "task").iterdir():
        try:
            found += (task / "children").read_text().split()
        except OSError:
            continue
    return [Path("/proc", each) for each in found if each != str(os.getpid())]


def _peak(process: Path) -> float:
    told = _PEAK.search((process / "status").read_bytes())
    return int(told[1]) / 1024 if told else 0.0
