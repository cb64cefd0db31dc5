"""The command: what it does to real files, and that whatever goes wrong is one line and an exit code."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.demo import demo_people
from bot.local import demo_database
from bot.settings import Settings
from sandbox import Sandbox
from tests.bot.commands import Command, Said


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    return Command(tmp_path / "data")


def _count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - its own table


def test_a_team_is_built_with_its_manager(genjin: Command) -> None:
    assert genjin("team", "add", "销售部").out == "销售部 is added"
    assert genjin("team", "add", "一组", "--under", "销售部").code == 0
    boss = genjin("user", "add", "周岚", "--role", "manager", "--team", "一组", "--telegram", "5")
    assert boss.out == "周岚 is added and manages 一组"
    assert genjin("team", "add", "销售部", "--manager", "周岚").out == "销售部 is changed"
    assert genjin("user", "add", "李娜", "--role", "rep", "--team", "一组", "--telegram", "6").code == 0
    database = genjin.data_dir / "genjin.db"
    assert (_count(database, "users"), _count(database, "teams"), _count(database, "identities")) == (2, 2, 2)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("team", "add", "一组"), "there is a team 一组 already"),
        (("team", "add", "二组", "--under", "三组"), "there is no team 三组: known are 一组"),
        (("team", "add", "二组", "--manager", "某人"), "there is no user 某人: known are 周岚"),
        (("team", "add", "一组", "--under", "一组"), "一组 stands below 一组: that would make a ring"),
        (("user", "add", "周岚", "--role", "rep", "--telegram", "6"), "there is a user 周岚 already"),
        (("user", "add", "李娜", "--role", "rep", "--telegram", "5"), "Telegram 5 is 周岚 already"),
        (("user", "add", "李娜", "--role", "boss", "--telegram", "6"), "there is no role 'boss'"),
        (("user", "add", "李娜", "--role", "rep", "--telegram", "0"), "--telegram is a person's number"),
        (("user", "add", "李娜", "--role", "rep", "--telegram", "6", "--team", "九组"), "there is no team 九组"),
    ],
)
def test_what_cannot_be_added_is_refused_in_one_line(genjin: Command, arguments: tuple[str, ...], told: str) -> None:
    genjin("team", "add", "一组")
    genjin("user", "add", "周岚", "--role", "manager", "--team", "一组", "--telegram", "5")
    said = genjin(*arguments)
    assert said.code == 1
    assert said.err.startswith(f"genjin: {told}")
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["run", "chat", "migrate", "demo", "backup"])
def test_wrong_settings_are_told_by_name_all_at_once(genjin: Command, command: str) -> None:
    said = genjin(command, HTTP="nowhere", LOG="LOUD", TELEGRAM_TOKEN="no token", SANDBOX="")
    assert said.code == 1
    names = [line.split(":")[1].strip() for line in said.err.splitlines()]
    assert sorted(names) == ["GENJIN_HTTP", "GENJIN_LOG", "GENJIN_TELEGRAM_TOKEN"]


def test_what_the_environment_does_not_say_is_read_from_the_file(genjin: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ours\nGENJIN_LOG=LOUD\nGENJIN_HTTP='nowhere'\nHOME=/elsewhere\n")
    assert genjin("migrate", LOG="INFO", HTTP="127.0.0.1:0").code == 0
    said = genjin("migrate", HTTP="127.0.0.1:0")
    assert (said.code, said.err.split(":")[1].strip()) == (1, "GENJIN_LOG")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////proc/nowhere/genjin.db",
        "postgresql://someone:hidden@127.0.0.1:1/crm",
        "postgresql://someone:hidden@127.0.0.1:port/crm",
    ],
)
def test_a_database_that_cannot_be_opened_is_told_in_one_line(genjin: Command, url: str) -> None:
    for command in ("migrate", "demo"):
        said = genjin(command, DATABASE_URL=url)
        assert said.code == 1
        assert "GENJIN_DATABASE_URL" in said.err
        assert len(said.err.splitlines()) == 1
        assert "hidden" not in said.err


def test_a_sandbox_port_in_use_is_told_with_the_setting_to_change(genjin: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        said = genjin("run", SANDBOX=address)
    assert (said.code, said.err) == (1, f"genjin: GENJIN_SANDBOX: cannot listen on {address}: Address already in use")


def test_the_demo_fills_an_empty_database_and_no_other(genjin: Command) -> None:
    assert genjin("demo").out == "the demo is in: 12 people, 60 customers, 70 deals"
    again = genjin("demo")
    assert (again.code, again.out) == (1, "")
    assert again.err.startswith("genjin: the database holds records")
    assert _count(genjin.data_dir / "genjin.db", "deals") == 70


def test_migrating_says_from_where_to_where(genjin: Command) -> None:
    assert re.fullmatch(r"the database went from nothing to schema \w+", genjin("migrate").out)
    assert re.fullmatch(r"the database stands at schema \w+, the newest", genjin("migrate").out)


def test_a_text_is_explained_with_the_names_of_the_demo(genjin: Command) -> None:
    said = genjin("explain", "华信")
    assert said.code == 0
    assert "find      customer" in said.out
    assert not (genjin.data_dir / "genjin.db").exists()


def test_a_chat_answers_everything_before_it_ends(genjin: Command) -> None:
    said = genjin.process("chat", "--as", "娜姐", typed="华信\n")
    assert said.code == 0, said.err
    assert "上海华信科技有限公司" in said.out
    assert "王建国" in said.out


def test_what_is_said_after_another_start_is_no_edit_of_what_was_said_before(genjin: Command) -> None:
    said = [genjin.process("chat", "--as", "娜姐", typed=f"今天去了{name},聊得不错\n") for name in ("华信", "明泰")]
    assert all("已记下" in one.out for one in said)
    with closing(sqlite3.connect(genjin.data_dir / "demo.db")) as connection:
        kept = connection.execute("SELECT count(*) FROM visits WHERE words LIKE '今天去了%,聊得不错'").fetchone()
    assert kept == (2,)


def test_an_explanation_for_nobody_says_who_there_is(genjin: Command) -> None:
    said = genjin("explain", "华信", "--as", "某人")
    assert said.code == 1
    assert said.err.splitlines()[-1].startswith("genjin: there is no user 某人: known are 李娜")


def test_a_backup_restored_elsewhere_has_the_same_counts(genjin: Command, tmp_path: Path) -> None:
    genjin("demo")
    kept = tmp_path / "kept.db"
    assert genjin("backup", str(kept)).out == f"backed up to {kept}"
    other = Command(tmp_path / "other")
    assert other("restore", str(kept)).out == f"restored {kept}"
    for table in ("users", "customers", "deals", "stage_changes", "visits", "tasks"):
        there, here = _count(other.data_dir / "genjin.db", table), _count(genjin.data_dir / "genjin.db", table)
        assert there == here > 0


def test_records_are_replaced_only_by_force_and_kept_beside(genjin: Command, tmp_path: Path) -> None:
    genjin("demo")
    kept = tmp_path / "kept.db"
    genjin("backup", str(kept))
    genjin("user", "add", "新人", "--role", "rep", "--telegram", "999")
    refused = genjin("restore", str(kept))
    assert refused.code == 1
    assert "say --force" in refused.err
    assert genjin("restore", str(kept), "--force").code == 0
    database = genjin.data_dir / "genjin.db"
    [former] = genjin.data_dir.glob("genjin.db.before-*")
    assert (_count(database, "users"), _count(former, "users")) == (12, 13)


def test_a_backup_never_writes_over_a_file(genjin: Command, tmp_path: Path) -> None:
    genjin("migrate")
    (tmp_path / "kept.db").write_text("precious")
    said = genjin("backup", str(tmp_path / "kept.db"))
    assert (said.code, (tmp_path / "kept.db").read_text()) == (1, "precious")


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_backup_is_refused_and_changes_nothing(genjin: Command, tmp_path: Path, content: bytes) -> None:
    genjin("demo")
    (tmp_path / "bad.db").write_bytes(content)
    said = genjin("restore", str(tmp_path / "bad.db"), "--force")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert _count(genjin.data_dir / "genjin.db", "users") == 12


def test_a_place_that_cannot_be_written_to_is_told_in_one_line(genjin: Command, tmp_path: Path) -> None:
    genjin("demo")
    genjin("backup", str(tmp_path / "kept.db"))
    for arguments, settings in (
        (("restore", str(tmp_path / "kept.db")), {"DATABASE_URL": "sqlite:////proc/nowhere/genjin.db"}),
        (("backup", "/proc/nowhere/kept.db"), {}),
    ):
        said = genjin(*arguments, **settings)
        assert (said.code, len(said.err.splitlines())) == (1, 1), said.err


def test_a_missing_backup_is_refused_and_not_made(genjin: Command, tmp_path: Path) -> None:
    assert genjin("restore", str(tmp_path / "none.db")).code == 1
    assert not (tmp_path / "none.db").exists()


def test_on_postgresql_the_tool_is_named_but_never_the_password(genjin: Command) -> None:
    url = "postgresql://keeper:hidden@db.example.com:5433/crm"
    for arguments, tool in ((("backup",), "pg_dump"), (("restore", "kept.dump"), "pg_restore")):
        said = genjin(*arguments, DATABASE_URL=url)
        assert said.code == 1
        assert tool in said.err
        assert "--host db.example.com --port 5433 --username keeper --dbname crm" in said.err
        assert "hidden" not in said.err


def _findings(said: Said) -> dict[str, str]:
    lines = [line.split(maxsplit=2) for line in said.out.splitlines()]
    return {what: f"{verdict} {found}" for verdict, what, found in lines}


def test_the_doctor_finds_nothing_wrong_with_a_fresh_set_up(genjin: Command) -> None:
    said = genjin("doctor")
    assert said.code == 0
    assert all(found.startswith("ok") for found in _findings(said).values())
    assert not (genjin.data_dir / "genjin.db").exists()


def test_the_doctor_says_how_to_mend_what_is_wrong(genjin: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = genjin("doctor", HTTP=f"127.0.0.1:{port}", DATABASE_URL="sqlite:////proc/nowhere/genjin.db")
    found = _findings(said)
    assert said.code == 1
    assert found["database"].startswith("bad")
    assert f"bad  port       127.0.0.1:{port}: Address already in use -> set GENJIN_HTTP" in said.out


def test_the_doctor_looks_at_the_folder_for_files_where_one_is_told(genjin: Command, tmp_path: Path) -> None:
    assert "files" not in genjin("doctor").out
    assert (
        f"ok   files      {tmp_path / 'disk'} can be written to" in genjin("doctor", FILES_DIR=f"{tmp_path}/disk").out
    )
    said = genjin("doctor", FILES_DIR="/proc/nowhere")
    assert said.code == 1
    assert "set GENJIN_FILES_DIR to a directory that this user may write to" in said.out


def test_the_doctor_tells_every_wrong_setting(genjin: Command) -> None:
    said = genjin("doctor", HTTP="nowhere", LOG="LOUD")
    assert said.code == 1
    assert "GENJIN_HTTP" in said.out
    assert "GENJIN_LOG" in said.out


TOKEN = "123456:" + "A" * 35


async def test_the_doctor_knows_a_right_token_from_a_wrong_one(genjin: Command) -> None:
    async with Sandbox(token=TOKEN, people=demo_people().spec()) as sandbox:
        right = await asyncio.to_thread(genjin, "doctor", TELEGRAM_API=sandbox.url, TELEGRAM_TOKEN=TOKEN, SANDBOX="")
        wrong = await asyncio.to_thread(
            genjin, "doctor", TELEGRAM_API=sandbox.url, TELEGRAM_TOKEN=TOKEN.replace("A", "B"), SANDBOX=""
        )
    assert "ok   telegram   the bot is @genjin_demo_bot" in right.out
    assert _findings(right)["people"].startswith("bad nobody may talk to the bot -> send the bot the setup code")
    assert "bad  telegram   Unauthorized -> mend GENJIN_TELEGRAM_TOKEN" in wrong.out
    assert wrong.code == right.code == 1
    assert "AAAA" not in right.out + right.err


async def test_the_doctor_says_whether_customers_can_be_found_in_any_chat(genjin: Command) -> None:
    async with Sandbox(token=TOKEN, people=demo_people().spec()) as sandbox:
        told = {"TELEGRAM_API": sandbox.url, "TELEGRAM_TOKEN": TOKEN, "SANDBOX": ""}
        on = await asyncio.to_thread(genjin, "doctor", **told)
        sandbox.world.is_inline = False
        off = await asyncio.to_thread(genjin, "doctor", **told)
    assert "ok   inline     customers can be found in any chat" in on.out
    assert "ok   inline     off: to find customers in any chat, send /setinline to BotFather" in off.out


def test_yesterdays_demo_is_moved_aside_and_todays_is_kept(tmp_path: Path) -> None:
    said: list[str] = []
    settings = Settings(data_dir=tmp_path)
    path = tmp_path / "demo.db"
    asyncio.run(demo_database(settings, said.append))
    made = path.stat().st_ino
    asyncio.run(demo_database(settings, said.append))
    assert (path.stat().st_ino, said) == (made, [f"today's demo goes on: {path}"])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 20200101")
    asyncio.run(demo_database(settings, said.append))
    assert path.stat().st_ino != made
    assert (tmp_path / "demo.db.old").stat().st_ino == made
    assert len(said) == 2
    assert _count(path, "customers") == 60
