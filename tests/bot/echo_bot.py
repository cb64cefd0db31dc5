"""`genjin run` with the echo for a desk, as a process of its own: what the tests start, stop and kill."""

from __future__ import annotations

import asyncio
import os
import sys

from bot.serve import serve
from bot.settings import Settings
from bot.wiring import Parts
from jobs.limiter import Rates
from tests.bot.echo import EchoDesk

if __name__ == "__main__":
    sys.exit(asyncio.run(serve(Settings.from_env(os.environ), Parts(desk=EchoDesk, rates=Rates.none()))))
