"""The double alone: `python -m sandbox`, for a bot that runs elsewhere on this machine."""

import argparse
import asyncio
import sys
from contextlib import suppress
from datetime import datetime

from sandbox.double import TOKEN, Sandbox


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A Bot API on this machine, with a chat page."
    )
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8081, help="port, 0 for a free one (default %(default)s)")
    parser.add_argument("--token", default=TOKEN, help="the bot's token here (default %(default)s)")
    parser.add_argument("--people", metavar="FILE", help="JSON file with people and groups")
    parser.add_argument("--now", metavar="ISO", help="start the clock at this moment, as in 2026-11-20T18:30:00+08:00")
    parser.add_argument("--no-limits", action="store_true", help="no flood limits")
    return parser.parse_args(given)


async def run(given: argparse.Namespace) -> None:
    """Serve until cancelled."""
    sandbox = Sandbox(given.host, given.port, given.token, people=given.people, limits=not given.no_limits)
    if given.now:
        sandbox.clock.set(datetime.fromisoformat(given.now))
    async with sandbox:
        sys.stdout.write(
            f"chat page  {sandbox.url}/\nBot API    {sandbox.base_url}<token>/\ntoken      {sandbox.token}\n"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Exit code 2 and a sentence if it cannot start."""
    with suppress(KeyboardInterrupt):
        try:
            asyncio.run(run(arguments()))
        except (ValueError, OSError) as error:
            sys.stderr.write(f"sandbox: {error}\n")
            sys.exit(2)


if __name__ == "__main__":
    main()
