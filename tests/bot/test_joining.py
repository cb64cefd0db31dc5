"""Joining by the command line and over the real door: the setup code, links, and that no code is kept or logged."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import first_admin
from bot.wiring import House
from crm.invites import hashed
from handlers.desk import Desk
from sandbox import Sandbox
from storage.columns import metadata
from storage.engine import Store
from tests.bot.commands import Command
from tests.bot.conftest import Running
from tests.bot.processes import ROOT, environment
from tests.fakes import Clock, Office

LINK = re.compile(r"https://t\.me/(\w+)\?start=([a-z0-9]+)")


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    return Command(tmp_path / "data")


def _code(said: str) -> str:
    found = re.search(r"/start ([a-z0-9]{20})", said)
    assert found, said
    return found[1]


def test_people_are_invited_listed_shut_out_and_let_in_again(genjin: Command) -> None:
    genjin("team", "add", "华东组")
    said = genjin("user", "invite", "周岚", "--role", "manager", "--team", "华东组", "--zone", "东京")
    assert said.out.startswith("周岚 is invited\n/start ")
    first = _code(said.out)
    assert _code(genjin("user", "invite", "周岚", "--role", "manager").out) != first
    genjin("user", "add", "李娜", "--role", "rep", "--telegram", "6")
    assert genjin("user", "deactivate", "李娜").out == "李娜 is deactivated"
    listed = [line.split() for line in genjin("user", "list").out.splitlines()]
    assert listed[1:] == [
        ["周岚", "manager", "华东组", "invited", "zh", "Asia/Tokyo"],
        ["李娜", "rep", "-", "deactivated", "zh", "Asia/Shanghai"],
    ]
    assert genjin("user", "reactivate", "李娜").out == "李娜 is in again"


async def test_what_waited_for_a_leaver_is_asked_of_the_next_one_up_from_the_command_line_too(
    demo_store: Store, genjin: Command
) -> None:
    office = Office(demo_store, Clock(datetime.now(UTC)))
    asked = await office.say("李娜", "给华信打八折报价")
    assert "等周岚定" in "".join(one.text for one in asked)
    url = demo_store.write.url.render_as_string(hide_password=False)
    said = await asyncio.to_thread(genjin, "user", "deactivate", "周岚", DATABASE_URL=url)
    assert (said.out, said.err) == ("周岚 is deactivated", "")
    told = {one.chat: one.text for one in await office.posted()}
    assert "李娜请你定" in told[await office.address_of("何远征")]
    assert "周岚已经离开,改请何远征定" in told[await office.address_of("李娜")]
    assert "何远征同意了" in "".join(one.text for one in await office.tap("何远征", "同意"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("invite", "李娜", "--role", "rep"), "李娜 is in already"),
        (("invite", "新人", "--role", "boss"), "there is no role 'boss'"),
        (("invite", "新人", "--role", "rep", "--team", "九组"), "there is no team 九组"),
        (("invite", "新人", "--role", "rep", "--language", "fr"), "there is no language 'fr'"),
        (("invite", "新人", "--role", "rep", "--zone", "火星"), "there is no time zone '火星'"),
        (("invite", " ", "--role", "rep"), "“” does not look right"),
        (("deactivate", "某人"), "Nothing found for “某人”"),
        (("deactivate", "郑洁"), "郑洁 is the only admin and cannot be deactivated"),
        (("reactivate", "李娜"), "李娜 is in already"),
    ],
)
def test_what_cannot_be_done_to_people_is_refused_in_one_line(
    genjin: Command, arguments: tuple[str, ...], told: str
) -> None:
    genjin("user", "add", "李娜", "--role", "rep", "--telegram", "5")
    genjin("user", "add", "郑洁", "--role", "admin", "--telegram", "6")
    said = genjin("user", *arguments)
    assert said.code == 1
    assert said.err.startswith(f"genjin: {told}")
    assert len(said.err.splitlines()) == 1
    assert len(genjin("user", "list").out.splitlines()) == 3


async def test_a_link_names_the_bot_where_it_can_be_asked(genjin: Command, sandbox: Sandbox) -> None:
    ours = {"TELEGRAM_API": sandbox.url, "TELEGRAM_TOKEN": sandbox.token, "SANDBOX": ""}
    said = await asyncio.to_thread(genjin, "user", "invite", "周岚", "--role", "rep", **ours)
    assert LINK.search(said.out), said
    elsewhere = {**ours, "TELEGRAM_API": "http://127.0.0.1:1"}
    said = await asyncio.to_thread(genjin, "user", "invite", "李娜", "--role", "rep", **elsewhere)
    assert _code(said.out)
    assert sandbox.token not in said.out + said.err


async def test_the_doctor_says_that_there_is_no_admin_yet(genjin: Command, sandbox: Sandbox) -> None:
    ours = {"TELEGRAM_API": sandbox.url, "TELEGRAM_TOKEN": sandbox.token, "SANDBOX": ""}
    await asyncio.to_thread(genjin, "user", "add", "李娜", "--role", "rep", "--telegram", "5")
    said = await asyncio.to_thread(genjin, "doctor", **ours)
    assert "there is no admin yet -> send the bot the setup code that genjin run prints" in said.out
    await asyncio.to_thread(genjin, "user", "add", "郑洁", "--role", "admin", "--telegram", "6")
    said = await asyncio.to_thread(genjin, "doctor", **ours)
    assert "ok   people     an admin is in" in said.out


async def _answer(sandbox: Sandbox, who: int, text: str) -> str:
    said = sandbox.say(who, text)
    return str((await sandbox.reply(who, said))["text"])


async def _offered(house: House) -> str:
    lines: list[str] = []
    await first_admin.offer(house.store, house.doors, house.now, lines.append)
    return "\n".join(lines)


async def test_from_the_setup_code_to_the_first_rep_over_the_door(
    running: Running, sandbox: Sandbox, store: Store
) -> None:
    async with running(desk=Desk) as house:
        void = _code(await _offered(house))
        offered = await _offered(house)
        found = LINK.search(offered)
        assert found and found[1] == sandbox.world.bot["username"]
        assert "不能用" in await _answer(sandbox, 1001, f"/start {void}")
        assert "李娜,你现在是管理员" in await _answer(sandbox, 1001, f"/start {found[2]}")
        assert await _offered(house) == ""
        card = await _answer(sandbox, 1001, "邀请Emma Stone,销售")
        link = LINK.search(card)
        assert link
        assert f"/start {link[2]}" in card
        assert "not set up yet" in await _answer(sandbox, 1003, "hello")
        assert "Welcome, Emma Stone" in await _answer(sandbox, 1003, f"/start {link[2]}")
        assert "不能用" in await _answer(sandbox, 1002, f"/start {link[2]}")
        await house.dispatch.idle()
    assert {void, found[2], link[2]} & await _words_kept(store) == set()


async def _words_kept(store: Store) -> set[str]:
    """Every word of letters and digits in any table."""
    async with store.read.connect() as connection:
        rows = [row for table in metadata.sorted_tables for row in await connection.execute(table.select())]
    return set(re.findall(r"[a-z0-9]+", str([tuple(row) for row in rows])))


async def _started(environ: dict[str, str]) -> tuple[str, str]:
    """What `genjin run` says on its terminal and in its logs until it is told to stop."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=environ,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    terminal = b""
    async with asyncio.timeout(90):
        while b"genjin user invite" not in terminal:
            line = await process.stdout.readline()
            assert line, (await process.communicate())[1]
            terminal += line
        process.terminate()
        rest, logs = await process.communicate()
    return (terminal + rest).decode(), logs.decode()


async def test_each_start_without_an_admin_prints_a_new_code_and_logs_none(tmp_path: Path, sandbox: Sandbox) -> None:
    more = {"DATA_DIR": str(tmp_path), "LOG": "DEBUG"}
    environ = environment(f"sqlite:///{tmp_path / 'g.db'}", sandbox.url, sandbox.token, **more)
    codes = []
    for _ in range(2):
        terminal, logs = await _started(environ)
        code = _code(terminal)
        assert f"https://t.me/{sandbox.world.bot['username']}?start={code}" in terminal
        assert code not in logs and "event=ready" in logs
        assert sandbox.token not in terminal + logs
        codes.append(code)
    with closing(sqlite3.connect(tmp_path / "g.db")) as connection:
        kept = connection.execute("SELECT code_hash, withdrawn_at IS NULL FROM invites ORDER BY id").fetchall()
    assert kept == [(hashed(codes[0]), 0), (hashed(codes[1]), 1)]
