"""The setup code: while nobody is admin, each start prints one to the terminal, never to the logs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from bot.channels.door import Door
from bot.clock import Now
from handlers.colleagues import make_setup_code
from storage.engine import Store
from storage.invites import has_admin


def write(line: str) -> None:
    """To the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def offer(store: Store, doors: Mapping[str, Door], now: Now, say: Callable[[str], None] = write) -> None:
    """Make a setup code where no admin is known on any of the open doors' channels, and say what to do with it."""
    async with store.writing()() as session:
        if any([await has_admin(session, channel) for channel in doors]):
            return
        code = await make_setup_code(session, now())
        await session.commit()
    say("There is no admin yet. Whoever opens this link first, and presses Start, becomes the first admin:")
    for door in doors.values():
        say(f"  {door.way_in(code)}")
    say(f"or sends the bot, in a private chat:  /start {code}")
    say(
        "It works once; the next start makes a new one. Then invite the others in the chat, or with genjin user invite."
    )
