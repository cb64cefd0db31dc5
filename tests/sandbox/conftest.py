"""A running double with three people and a group, and a way to call its Bot API."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from sandbox import Sandbox

LINA, WANG, EMMA, ROOM = 1001, 1002, 1003, -2001

Caller = Callable[..., Coroutine[Any, Any, Any]]


class Refused(Exception):
    """The double's answer was not ok; its whole body."""

    def __init__(self, body: dict[str, Any], status: int) -> None:
        super().__init__(body.get("description"))
        self.body = body
        self.status = status


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A double without limits, on a free port."""
    async with Sandbox(limits=False) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as opened:
        yield opened


@pytest.fixture
def call(sandbox: Sandbox, session: aiohttp.ClientSession) -> Caller:
    """Call a method with JSON parameters; gives the result or raises Refused."""

    async def post(method: str, **params: Any) -> Any:
        async with session.post(f"{sandbox.base_url}{sandbox.token}/{method}", json=params) as answer:
            body = await answer.json()
            if not body["ok"]:
                raise Refused(body, answer.status)
            return body["result"]

    return post


@pytest.fixture
def side(sandbox: Sandbox, session: aiohttp.ClientSession) -> Caller:
    """Post to the user side; gives the body, with the status under `status` if it is an error."""

    async def post(path: str, **given: Any) -> Any:
        async with session.post(f"{sandbox.url}/sandbox/{path}", json=given) as answer:
            body: dict[str, Any] = await answer.json()
            return body if answer.status == 200 else body | {"status": answer.status}

    return post


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """python-telegram-bot, pointed at the double."""
    async with Bot(sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url) as made:
        yield made


async def described(awaited: Awaitable[Any]) -> str:
    """The description with which a call is refused."""
    with pytest.raises(Refused) as caught:
        await awaited
    return str(caught.value)
