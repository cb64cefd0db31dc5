"""Killed 25 times at random over 400 messages: what is lost, and what is said twice? Polling and webhook, SQLite.

`python -m benchmarks.crashes [--kills 25] [--messages 400] [--seed 1]`
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from sandbox import Sandbox
from tests.bot import crashing


async def main() -> None:
    """Print one line a mode."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--messages", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for mode in (crashing.polling, crashing.webhook):
        with tempfile.TemporaryDirectory() as folder:
            async with Sandbox(limits=False) as sandbox:
                environ = mode(f"sqlite:///{Path(folder) / 'crashes.db'}", sandbox)
                found = await crashing.survive(
                    sandbox,
                    environ,
                    messages=given.messages,
                    kills=given.kills,
                    seed=given.seed,
                    module="tests.bot.echo_bot",
                )
        print(
            f"{mode.__name__}: {given.kills} kills, {found.said} messages, lost {found.lost}, "
            f"answered twice {found.doubled} (unmarked {found.unmarked}), chats out of order {found.out_of_order}"
        )


if __name__ == "__main__":
    asyncio.run(main())
