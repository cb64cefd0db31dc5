"""The ways in, polling and webhook: what is told to have arrived is kept, and nothing else is let in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select, text

from bot.channels.door import CannotGoOn
from bot.channels.telegram.webhook import SECRET_HEADER
from bot.health import Health
from bot.metrics import Metrics
from bot.settings import Settings
from bot.wiring import House
from sandbox import Sandbox
from storage.engine import Store
from storage.post_tables import inbox
from tests.bot.conftest import Running
from tests.bot.processes import free_port

SECRET = "a-secret-of-the-test"
PERSON = 1001


@asynccontextmanager
async def pushed_to(running: Running) -> AsyncIterator[tuple[House, str]]:
    """A house with a webhook, and the webhook's address."""
    from bot.settings import Address  # noqa: PLC0415

    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    async with running(http=Address("127.0.0.1", port), webhook_url=url, webhook_secret=SECRET) as house:
        yield house, url


@asynccontextmanager
async def broken(store: Store) -> AsyncIterator[None]:
    """A database that takes no updates meanwhile."""
    async with store.write.begin() as connection:
        await connection.execute(text("ALTER TABLE inbox RENAME TO away"))
    yield
    async with store.write.begin() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO inbox"))


async def kept(store: Store) -> int:
    """How many updates the inbox holds."""
    async with store.read.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(inbox)) or 0


async def post(url: str, body: Any, secret: str | None = SECRET) -> int:
    """Push something to a webhook, and give the answer's status."""
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


async def test_a_pushed_message_is_answered(sandbox: Sandbox, running: Running) -> None:
    async with pushed_to(running):
        reply = await sandbox.reply(PERSON, sandbox.say(PERSON, "hello"))
    assert reply["text"].endswith("hello")


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "é"])
async def test_without_the_secret_nothing_is_kept(store: Store, running: Running, secret: str | None) -> None:
    async with pushed_to(running) as (_, url):
        assert await post(url, '{"update_id": 1}', secret) == 403
    assert await kept(store) == 0


@pytest.mark.parametrize("body", ["", "nonsense", "[]", "3", '{"no": "id"}', b"\xff\xfe"])
async def test_what_is_no_update_is_refused(store: Store, running: Running, body: Any) -> None:
    async with pushed_to(running) as (_, url):
        assert await post(url, body) == 400
    assert await kept(store) == 0


async def test_the_same_update_five_times_and_at_once_is_kept_once(store: Store, running: Running) -> None:
    async with pushed_to(running) as (_, url):
        statuses = await asyncio.gather(*(post(url, '{"update_id": 77}') for _ in range(5)))
        statuses.append(await post(url, '{"update_id": 77}'))
    assert set(statuses) == {200}
    assert await kept(store) == 1


async def test_while_the_database_is_away_nothing_is_taken_and_nothing_lost(
    sandbox: Sandbox, store: Store, running: Running
) -> None:
    async with pushed_to(running) as (_, url):
        async with broken(store):
            assert await post(url, '{"update_id": 1}') == 503
            said = [sandbox.say(PERSON, f"m{number}") for number in range(3)]
            async with asyncio.timeout(30):
                while sandbox.world.webhook.last_error is None:  # noqa: ASYNC110 - the double rings for no error
                    await asyncio.sleep(0.01)
        await sandbox.until(lambda: len(sandbox.messages(PERSON)) == 6 or None, 30)
    assert len(said) == 3


async def test_polling_waits_for_the_database_and_loses_nothing(
    sandbox: Sandbox, store: Store, running: Running
) -> None:
    async with running():
        async with broken(store):
            for number in range(3):
                sandbox.say(PERSON, f"m{number}")
            await asyncio.sleep(0.2)
            assert sandbox.world.updates.waiting
        await sandbox.until(lambda: len(sandbox.messages(PERSON)) == 6 or None, 30)


async def test_polling_outlives_a_bad_network(sandbox: Sandbox, running: Running) -> None:
    for kind in ("drop", "bad_gateway", "too_many"):
        sandbox.fault(kind, method="getUpdates")
    async with running():
        reply = await sandbox.reply(PERSON, sandbox.say(PERSON, "hello"), 30)
    assert reply["text"].endswith("hello")


async def test_a_token_that_is_not_accepted_any_more_stops_polling_and_shows_red(
    sandbox: Sandbox, running: Running
) -> None:
    async with running() as house:
        await sandbox.reply(PERSON, sandbox.say(PERSON, "hello"))
        assert (await health(house))[0] == 200
        sandbox.token = "1:another"
        sandbox.say(PERSON, "unheard")
        await asyncio.wait_for(house.health.red.wait(), 10)
        status, body = await health(house)
    assert status == 503
    assert body["status"] == "red"
    assert "token" in body["trouble"]["telegram"]


async def test_a_newcomer_gives_way_to_another_poller(sandbox: Sandbox, running: Running) -> None:
    async with running() as house:
        url = f"{sandbox.base_url}{sandbox.token}/getUpdates"
        ours = asyncio.create_task(house.run())
        async with aiohttp.ClientSession() as session, asyncio.timeout(20):
            while not ours.done():
                async with session.get(url, params={"timeout": 0}):
                    await asyncio.sleep(0.02)
        with pytest.raises(CannotGoOn, match="another process polls"):
            await ours


async def test_a_wrong_token_is_told_by_name(settings: Settings, running: Running) -> None:
    with pytest.raises(CannotGoOn, match="GENJIN_TELEGRAM_TOKEN"):
        async with running(telegram_token="123:wrong"):
            pass


async def test_health_tells_of_the_database_and_the_backlog(store: Store, running: Running) -> None:
    async with running() as house:
        status, body = await health(house)
        assert (status, body["status"], body["database"], body["inbox"]) == (200, "green", True, 0)
        assert body["poll_age_seconds"] is not None
        async with broken(store):
            status, body = await health(house)
    assert (status, body["status"], body["database"]) == (503, "red", False)


async def test_metrics_count_what_passed(sandbox: Sandbox, running: Running) -> None:
    async with running() as house:
        await sandbox.reply(PERSON, sandbox.say(PERSON, "hello"))
        await house.worker.idle()
        page = await fetch(house, "/metrics")
    assert 'genjin_received_total{channel="telegram"} 1.0' in page
    assert 'genjin_handled_total{result="done"} 1.0' in page
    assert "genjin_inbox_backlog 0.0" in page
    assert "genjin_handling_seconds_count 1.0" in page


async def test_the_commands_are_listed_in_both_languages(sandbox: Sandbox, running: Running) -> None:
    async with running():
        languages = {language for _, language in sandbox.world.commands}
    assert {"", "en", "zh"} <= languages


def test_a_poll_that_is_too_old_is_trouble() -> None:
    at = [0.0]
    health = Health(lambda: at[0])
    health.polled()
    at[0] = 80
    assert health.troubles() == {}
    at[0] = 100
    assert "100 s ago" in health.troubles()["poll"]


def test_counting_a_send_shows_in_the_metrics() -> None:
    metrics = Metrics()
    metrics.count_send("reply", "sent")
    assert b'genjin_sends_total{kind="reply",state="sent"} 1.0' in metrics.text()


async def health(house: House) -> tuple[int, dict[str, Any]]:
    """What /healthz says."""
    url = f"http://127.0.0.1:{house.server.port}/healthz"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.json()


async def fetch(house: House, path: str) -> str:
    """A page's text."""
    url = f"http://127.0.0.1:{house.server.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.text()
