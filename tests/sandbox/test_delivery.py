"""Updates: confirmed by offset, held, one poller, allowed kinds; and the webhook's order, secret and patience."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox import Sandbox
from tests.sandbox.conftest import LINA, ROOM, WANG, Caller, described


async def test_updates_stay_until_an_offset_confirms_them(sandbox: Sandbox, call: Caller) -> None:
    for text in "一二三":
        sandbox.say(LINA, text)
    first, second, third = [each["update_id"] for each in await call("getUpdates")]
    assert (second, third) == (first + 1, first + 2)
    assert [each["update_id"] for each in await call("getUpdates", limit=1)] == [first]
    assert [each["update_id"] for each in await call("getUpdates", offset=second)] == [second, third]
    assert [each["update_id"] for each in await call("getUpdates", offset=-1)] == [third]
    assert await call("getUpdates", offset=third + 1) == []
    assert await call("getUpdates") == []


async def test_a_poll_is_held_until_something_happens(sandbox: Sandbox, call: Caller) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=10))
    await asyncio.sleep(0.1)
    assert not poll.done()
    sandbox.say(LINA, "到")
    (update,) = await asyncio.wait_for(poll, 2)
    assert update["message"]["text"] == "到"


async def test_an_update_shows_the_message_as_it_was(sandbox: Sandbox, call: Caller) -> None:
    said = sandbox.say(LINA, "八十万")
    sandbox.edit(LINA, said, "九十万")
    first, second = await call("getUpdates")
    assert first["message"]["text"] == "八十万"
    assert second["edited_message"]["text"] == "九十万"
    assert second["edited_message"]["message_id"] == said


async def test_a_second_poller_ends_the_first(sandbox: Sandbox, call: Caller) -> None:
    older = asyncio.create_task(described(call("getUpdates", timeout=10)))
    await asyncio.sleep(0.1)
    newer = asyncio.create_task(call("getUpdates", timeout=10))
    assert (await asyncio.wait_for(older, 2)).startswith("Conflict: terminated by other getUpdates request")
    sandbox.say(LINA, "给新的")
    assert len(await asyncio.wait_for(newer, 2)) == 1


async def test_only_allowed_kinds_arrive_and_the_choice_lasts(sandbox: Sandbox, call: Caller) -> None:
    await call("getUpdates", allowed_updates=["message"])
    sandbox.edit(LINA, sandbox.say(LINA, "一"), "二")
    assert [set(each) for each in await call("getUpdates")] == [{"update_id", "message"}]
    await call("getUpdates", allowed_updates=[], offset=-1)
    sandbox.edit(LINA, sandbox.say(LINA, "三"), "四")
    assert len(await call("getUpdates")) == 3


async def test_a_new_double_never_repeats_an_update_id_nor_a_message_id(sandbox: Sandbox) -> None:
    sandbox.say(LINA, "旧")
    await asyncio.sleep(0.2)
    later = Sandbox()
    assert later.world.updates.next_id > sandbox.world.updates.next_id
    assert later.say(LINA, "新") > sandbox.messages(LINA)[-1]["message_id"]


class Receiver:
    """The bot's own server: notes what comes and answers as told."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.failures: defaultdict[int, int] = defaultdict(int)
        self.busy = self.busiest = 0
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        chat = update["message"]["chat"]["id"]
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await asyncio.sleep(0.01)
        self.busy -= 1
        if self.failures[chat]:
            self.failures[chat] -= 1
            return web.Response(status=500)
        self.seen.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response()

    def texts(self, chat: int) -> list[str]:
        return [each["message"]["text"] for each in self.seen if each["message"]["chat"]["id"] == chat]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A server for webhooks on a free port."""
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def _all_pushed(sandbox: Sandbox) -> None:
    async with asyncio.timeout(30):
        while sandbox.world.updates.waiting:  # noqa: ASYNC110 - the double tells nobody when a push is done
            await asyncio.sleep(0.01)


async def test_a_webhook_gets_what_waited_and_what_comes_with_its_secret(
    sandbox: Sandbox, call: Caller, receiver: Receiver
) -> None:
    sandbox.say(LINA, "一")
    assert await call("setWebhook", url=receiver.url, secret_token="ge-heim_1")
    sandbox.say(LINA, "二")
    await _all_pushed(sandbox)
    assert receiver.texts(LINA) == ["一", "二"]
    assert set(receiver.secrets) == {"ge-heim_1"}
    assert (await call("getWebhookInfo"))["url"] == receiver.url


async def test_a_webhook_keeps_order_per_chat_and_repeats_what_failed(
    sandbox: Sandbox, call: Caller, receiver: Receiver
) -> None:
    receiver.failures[LINA] = 2
    await call("setWebhook", url=receiver.url)
    for number in range(10):
        sandbox.say(LINA, f"l{number}")
        sandbox.say(WANG, f"w{number}")
    await _all_pushed(sandbox)
    assert receiver.texts(LINA) == [f"l{number}" for number in range(10)]
    assert receiver.texts(WANG) == [f"w{number}" for number in range(10)]
    assert receiver.seen[0]["message"]["chat"]["id"] == WANG, "one chat's trouble holds up no other"
    info = await call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_webhook_opens_no_more_connections_than_allowed(
    sandbox: Sandbox, call: Caller, receiver: Receiver
) -> None:
    await call("setWebhook", url=receiver.url, max_connections=1)
    sandbox.say(LINA, "一")
    sandbox.say(WANG, "二")
    sandbox.say(LINA, "@sandbox_bot 三", chat=ROOM)
    await _all_pushed(sandbox)
    assert receiver.busiest == 1


async def test_polling_and_a_webhook_exclude_each_other(sandbox: Sandbox, call: Caller, receiver: Receiver) -> None:
    poll = asyncio.create_task(described(call("getUpdates", timeout=10)))
    await asyncio.sleep(0.1)
    await call("setWebhook", url=receiver.url)
    assert await asyncio.wait_for(poll, 2) == "Conflict: terminated by setWebhook request"
    assert (await described(call("getUpdates"))).startswith("Conflict: can't use getUpdates method while webhook")
    await call("deleteWebhook")
    sandbox.say(LINA, "又来")
    assert len(await call("getUpdates")) == 1
    assert receiver.seen == []


async def test_pending_updates_can_be_dropped(sandbox: Sandbox, call: Caller) -> None:
    sandbox.say(LINA, "旧")
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call("getUpdates") == []


@pytest.mark.parametrize("url", ["https://example.com/hook", "ftp://127.0.0.1/", "http://169.254.169.254/"])
async def test_a_webhook_elsewhere_is_refused(call: Caller, url: str) -> None:
    assert (await described(call("setWebhook", url=url))).startswith("Bad Request: bad webhook")


async def test_a_secret_has_only_plain_characters(call: Caller) -> None:
    refused = await described(call("setWebhook", url="http://127.0.0.1:1/", secret_token="a b"))
    assert refused == "Bad Request: secret token contains unallowed characters"
