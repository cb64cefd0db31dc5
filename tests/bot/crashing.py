"""Kill a bot again and again while people write to it, and count what became of their messages."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.telegram.render import REPEAT_MARK
from sandbox import Sandbox
from tests.bot.processes import environment, free_port, running_bot

LONGEST_LIFE = 0.25
_NUMBER = re.compile(r"message (\d+)")


@dataclass(frozen=True)
class Outcome:
    """How many messages were said, never answered, answered more than once, and so without saying so."""

    said: int
    lost: int
    doubled: int
    unmarked: int
    out_of_order: int


async def survive(
    sandbox: Sandbox, environ: Mapping[str, str], *, messages: int, kills: int, seed: int, module: str
) -> Outcome:
    """Say messages in bursts; after each burst kill the bot at a random moment and start it again."""
    chance = random.Random(seed)
    people = [each.id for each in sandbox.world.persons()]
    each = -(-messages // (kills + 1))
    numbers = iter(range(messages))
    for _ in range(kills):
        async with running_bot(environ, module):
            say_some(sandbox, people, numbers, each)
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))
    async with running_bot(environ, module):
        say_some(sandbox, people, numbers, each)
        await sandbox.until(lambda: len(answered(sandbox, people)) == messages or None, 120)
    return outcome(sandbox, people, messages)


def say_some(sandbox: Sandbox, people: list[int], numbers: object, count: int) -> None:
    """The next messages, one person after the other."""
    for _, number in zip(range(count), numbers, strict=False):  # type: ignore[call-overload]
        sandbox.say(people[number % len(people)], f"message {number}")


def answered(sandbox: Sandbox, people: list[int]) -> set[int]:
    """The numbers of the messages that have an answer."""
    return {number for person in people for number, _ in answers(sandbox, person)}


def answers(sandbox: Sandbox, person: int) -> list[tuple[int, bool]]:
    """The bot's answers in a chat: the number, and whether it says that it may be a repeat."""
    texts = [each["text"] for each in sandbox.messages(person) if each["from"]["is_bot"]]
    return [(int(found[1]), REPEAT_MARK in text) for text in texts if (found := _NUMBER.search(text))]


def outcome(sandbox: Sandbox, people: list[int], messages: int) -> Outcome:
    """Count."""
    doubled = unmarked = disorder = 0
    for person in people:
        given = answers(sandbox, person)
        times, plain = Counter(n for n, _ in given), Counter(n for n, marked in given if not marked)
        doubled += sum(count - 1 for count in times.values())
        unmarked += sum(count - 1 for count in plain.values())
        firsts = list(dict.fromkeys(n for n, _ in given))
        disorder += firsts != sorted(firsts)
    lost = messages - len(answered(sandbox, people))
    return Outcome(messages, lost, doubled, unmarked, disorder)


def polling(database: str, sandbox: Sandbox) -> dict[str, str]:
    """The environment of a bot that polls."""
    return environment(database, sandbox.url, sandbox.token)


def webhook(database: str, sandbox: Sandbox) -> dict[str, str]:
    """The environment of a bot that is pushed to."""
    address = f"127.0.0.1:{free_port()}"
    return environment(
        database,
        sandbox.url,
        sandbox.token,
        HTTP=address,
        WEBHOOK_URL=f"http://{address}/telegram",
        WEBHOOK_SECRET="a-secret-of-the-test",
    )
