"""`genjin run` without the limiter's rates, for measuring. argv[1]: `real` or `echo`, the desk that it has.

On SIGUSR1 it begins to sample where its CPU goes, and tells so when it ends.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from benchmarks.shares import Sampler
from bot.serve import serve
from bot.settings import Settings
from bot.wiring import Parts
from jobs.limiter import Rates
from tests.bot.echo import EchoDesk


def main() -> int:
    """Serve until told to stop."""
    sampler = Sampler()
    signal.signal(signal.SIGUSR1, lambda *_: sampler.start())
    desk = EchoDesk if sys.argv[1] == "echo" else None
    code = asyncio.run(serve(Settings.from_env(os.environ), Parts(desk=desk, rates=Rates.none())))
    sys.stderr.write(f"shares: {sampler.text()}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
