"""What does the whole bot cost beside a bare echo? CPU ms an update, and p99 at half the rate that saturates it.

The whole bot: inbox, understanding, records, outbox, on SQLite. The echo: python-telegram-bot as its manual shows it.
Both poll the same double, whose limits are off; this process is the double and the people who write.
`python -m benchmarks.whole_bot [--desk real|echo] [--chats 200] [--updates 1500] [--seconds 15]`
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from benchmarks import firm
from sandbox import Sandbox
from sandbox.world import Calls
from tests.bot.processes import ROOT, environment

PATIENCE = 300.0


@dataclass(frozen=True)
class Figures:
    """What was measured of one bot: CPU ms an update, updates a second at most, MB of memory."""

    cpu_ms: float
    rate: float
    memory: float


class Crowd:
    """People who write, and wait for the reply to each of their messages."""

    def __init__(self, sandbox: Sandbox, desk: str, chats: int) -> None:
        self.sandbox, self.desk = sandbox, desk
        self.people = firm.people(chats)
        self.waits: list[float] = []
        self._said: dict[tuple[int, int], float] = {}
        self._seen = 0

    def say(self, number: int) -> None:
        """The next message."""
        person = self.people[number % len(self.people)]
        message = self.sandbox.say(person, firm.visit(person))
        self._said[person, message] = self.sandbox.clock.now().timestamp()

    async def answered(self) -> None:
        """Wait until everything said so far has its reply. TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while self._said:
                await asyncio.sleep(0.02)
                self._look()

    def _look(self) -> None:
        log = self.sandbox.call_log
        new = log.count - self._seen
        for call in list(log.kept)[-new:] if new else []:
            answered = call.answer.get("reply_to_message") if isinstance(call.answer, dict) else None
            if call.method == "sendMessage" and answered:
                said = self._said.pop((call.answer["chat"]["id"], answered["message_id"]), None)
                if said is not None:
                    self.waits.append(datetime.fromisoformat(call.at).timestamp() - said)
        self._seen += new

    async def steady(self, rate: float, seconds: float) -> list[float]:
        """Write at an even rate, whoever waits, and give the waits in ms, sorted."""
        self.waits = []
        began = time.monotonic()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            self.say(number)
        await self.answered()
        return sorted(1000 * wait for wait in self.waits)


class Bot:
    """A bot in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.seen = psutil.Process(process.pid)

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        used = self.seen.cpu_times()
        return float(used.user + used.system)


@asynccontextmanager
async def running(arguments: Sequence[str], environ: dict[str, str]) -> AsyncIterator[Bot]:
    """One that is stopped, and its last words printed, at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, cwd=ROOT, env=environ, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield Bot(process)
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = await process.communicate()
        print(said.decode()[-2000:].rpartition("event=stopped")[2].partition("\n")[2].strip() or "")


async def saturate(crowd: Crowd, bot: Bot, updates: int) -> Figures:
    """Warm it up, then give it everything at once."""
    for number in range(len(crowd.people)):
        crowd.say(number)
    await crowd.answered()
    cpu, began = bot.cpu(), time.monotonic()
    for number in range(updates):
        crowd.say(number)
    await crowd.answered()
    took = time.monotonic() - began
    return Figures(1000 * (bot.cpu() - cpu) / updates, updates / took, bot.seen.memory_info().rss / 1e6)


def at(waits: list[float], share: float) -> float:
    """A percentile."""
    return waits[min(int(len(waits) * share), len(waits) - 1)]


async def measure(given: argparse.Namespace, sandbox: Sandbox, folder: Path) -> None:
    """Both bots, one after the other, and their ratios."""
    crowd = Crowd(sandbox, given.desk, given.chats)
    database = f"sqlite:///{folder / 'whole.db'}"
    await firm.found(database, given.chats)
    environ = environment(database, sandbox.url, sandbox.token)
    async with running(["benchmarks.unlimited_bot", given.desk], environ) as whole:
        whole_figures = await saturate(crowd, whole, given.updates)
        rate = whole_figures.rate / 2
        whole_waits = await crowd.steady(rate, given.seconds)
        whole.process.send_signal(signal.SIGUSR1)
        await crowd.steady(rate, given.seconds / 2)
    async with running(["benchmarks.plain_echo", sandbox.url, sandbox.token], dict(os.environ)) as echo:
        echo_figures = await saturate(crowd, echo, given.updates)
        echo_waits = await crowd.steady(rate, given.seconds)
    for name, figures, waits in (("whole bot", whole_figures, whole_waits), ("echo", echo_figures, echo_waits)):
        print(
            f"{name}: {figures.cpu_ms:.2f} ms CPU an update, {figures.rate:.0f} updates/s at most, "
            f"{figures.memory:.0f} MB; at {rate:.0f}/s p50 {at(waits, 0.5):.0f} ms, p99 {at(waits, 0.99):.0f} ms"
        )
    print(f"CPU ratio {whole_figures.cpu_ms / echo_figures.cpu_ms:.2f} (to reach: 4)")
    print(f"p99 ratio {at(whole_waits, 0.99) / at(echo_waits, 0.99):.2f} (to reach: 5)")


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desk", choices=("real", "echo"), default="real")
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=15)
    given = parser.parse_args()
    sandbox = Sandbox(limits=False, people=firm.cast(given.chats))
    sandbox.call_log = Calls(cap=1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        async with sandbox:
            await measure(given, sandbox, Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
