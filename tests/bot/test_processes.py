"""Whole processes: asked to stop under load, started twice, and given settings that are wrong."""

from __future__ import annotations

import signal
import time

from sqlalchemy import select

from sandbox import Sandbox
from storage.engine import open_store
from storage.post_tables import outbox
from tests.bot.processes import environment, launch, running_bot
from tests.conftest import Databases
from tests.databases import SqliteFiles

WRONG = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


async def test_asked_to_stop_under_load_it_leaves_nothing_in_sending(sandbox: Sandbox, databases: Databases) -> None:
    url = await databases.fresh()
    people = [each.id for each in sandbox.world.persons()]
    async with running_bot(environment(url, sandbox.url, sandbox.token)) as bot:
        sandbox.fault("slow", method="sendMessage", times=500, seconds=0.03)
        for number in range(100):
            for person in people:
                sandbox.say(person, f"m{number}")
        await sandbox.until(lambda: len(sandbox.calls) > 20 or None)
        began = time.monotonic()
        bot.process.send_signal(signal.SIGTERM)
        assert await bot.end() == 0
        assert time.monotonic() - began < 10
    store = open_store(url)
    async with store.read.connect() as connection:
        found = set(await connection.scalars(select(outbox.c.state)))
    await store.close()
    assert "sent" in found
    assert "sending" not in found


async def test_a_second_process_on_the_same_database_says_so_and_stops(sandbox: Sandbox, databases: Databases) -> None:
    environ = environment(await databases.fresh(), sandbox.url, sandbox.token)
    async with running_bot(environ) as first:
        second = await launch(environ)
        assert await second.end() == 1
        assert "another Genjin process" in second.said
        assert first.process.returncode is None


async def test_a_second_process_with_the_same_token_says_so_and_one_stops(
    sandbox: Sandbox, sqlite_files: SqliteFiles
) -> None:
    environs = [environment(await sqlite_files.fresh(), sandbox.url, sandbox.token) for _ in range(2)]
    async with running_bot(environs[0]) as first:
        second = await launch(environs[1])
        assert await first.end() == 1
        assert "another process polls" in first.said
        await second.kill()


async def test_a_wrong_token_is_told_by_name_and_never_shown(sandbox: Sandbox, sqlite_files: SqliteFiles) -> None:
    bot = await launch(environment(await sqlite_files.fresh(), sandbox.url, WRONG, LOG="DEBUG"))
    assert await bot.end() == 1
    assert "GENJIN_TELEGRAM_TOKEN" in bot.said
    assert WRONG not in bot.said
    assert "Traceback" not in bot.said


async def test_a_database_that_cannot_be_opened_is_told_by_name(sandbox: Sandbox) -> None:
    url = "postgresql://nobody:hidden-password@127.0.0.1:1/none"
    bot = await launch(environment(url, sandbox.url, sandbox.token))
    assert await bot.end() == 1
    assert "GENJIN_DATABASE_URL" in bot.said
    assert "hidden-password" not in bot.said
    assert "Traceback" not in bot.said


async def test_a_port_that_is_taken_is_told_by_name(sandbox: Sandbox, sqlite_files: SqliteFiles) -> None:
    taken = f"127.0.0.1:{sandbox.port}"
    bot = await launch(environment(await sqlite_files.fresh(), sandbox.url, sandbox.token, HTTP=taken))
    assert await bot.end() == 1
    assert "GENJIN_HTTP" in bot.said
    assert "Traceback" not in bot.said


async def test_the_token_is_in_no_log_whatever_fails(sandbox: Sandbox, sqlite_files: SqliteFiles) -> None:
    person = sandbox.world.persons()[0].id
    environ = environment(await sqlite_files.fresh(), sandbox.url, sandbox.token, LOG="DEBUG,json")
    bot = await launch(environ)
    for kind in ("drop", "bad_gateway", "too_many"):
        sandbox.fault(kind, method="sendMessage")
        sandbox.fault(kind, method="getUpdates")
    await sandbox.reply(person, sandbox.say(person, "boom then well"), 90)
    sandbox.say(person, "boom")
    await sandbox.until(lambda: "sorry" in sandbox.messages(person)[-1]["text"] or None, 90)
    await sandbox.stop()
    bot.process.send_signal(signal.SIGTERM)
    assert await bot.end() == 0
    assert "RuntimeError" in bot.said
    assert sandbox.token not in bot.said
