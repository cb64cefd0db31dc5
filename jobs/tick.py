"""The tick: runs what the timetable says. The scheduler is only its clock; what is due is computed from `now`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from jobs.timetable import TIMETABLE, Job
from storage.engine import Store

_log = structlog.get_logger(__name__)


class Tick:
    """Remembers when each job ran last. A clock that was moved, forward or back, makes every job run again."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        posted: asyncio.Event,
        timetable: Sequence[Job] = TIMETABLE,
    ) -> None:
        self._store, self._now, self._posted, self._timetable = store, now, posted, timetable
        self._ran: dict[str, datetime] = {}

    async def run(self) -> None:
        """Run each job whose time has come; one that fails does not keep the others."""
        now = self._now()
        for job in self._timetable:
            ran = self._ran.get(job.name)
            if ran is None or abs(now - ran) >= job.every:
                self._ran[job.name] = now
                await self._run(job, now)

    async def _run(self, job: Job, now: datetime) -> None:
        try:
            done = await job.run(self._store, now)
        except Exception:
            _log.exception("a job failed", job=job.name)
            return
        if done:
            _log.info("a job ran", job=job.name, done=done)
            self._posted.set()
