"""From a person's phone to our own copy and back, over real HTTP, through the real house; also when it is killed."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import real_now
from bot.demo import demo_people
from handlers.desk import Desk
from sandbox import Sandbox, Upload
from storage.engine import Store
from storage.files import Files, name_of
from tests.bot.conftest import Running
from tests.bot.processes import environment, running_bot
from tests.databases import SqliteFiles
from tests.sandbox.pictures import png

LINA, MANAGER, OTHER = 101, 106, 104
PICTURE = Upload("现场.png", "image/png", png(30, 20))
REPORT = "今天下午去了华信,见了王总"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The double with the demo's people in it."""
    async with Sandbox(limits=False, people=demo_people().spec()) as double:
        yield double


@asynccontextmanager
async def working(running: Running, store: Store) -> AsyncIterator[None]:
    """The real house on the demo."""
    async with running(desk=Desk, store=store):
        yield


async def card_with(sandbox: Sandbox, words: str, chat: int = LINA) -> dict[str, Any]:
    """The newest message of the bot in a chat, once it holds the words."""

    def look() -> dict[str, Any] | None:
        said = [each for each in sandbox.messages(chat) if each["from"]["is_bot"]]
        return said[-1] if said and words in (said[-1].get("text") or said[-1].get("caption", "")) else None

    return await sandbox.until(look, 20)


async def held(store: Store, sql: str, wanted: list[tuple[Any, ...]]) -> None:
    """Wait until a query gives these rows."""
    for _ in range(400):
        async with store.reading()() as session:
            rows = [tuple(row) for row in await session.execute(text(sql))]
        if rows == wanted:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{sql} holds {rows}")


def press(sandbox: Sandbox, card: dict[str, Any], label: str) -> str:
    """Press the button whose text holds the words."""
    buttons = [b["text"] for row in card["reply_markup"]["inline_keyboard"] for b in row]
    return sandbox.press(LINA, LINA, card["message_id"], next(b for b in buttons if label in b))


async def test_a_picture_with_a_report_is_kept_and_comes_back(
    sandbox: Sandbox, running: Running, demo_store: Store, tmp_path: Path
) -> None:
    async with working(running, demo_store):
        sandbox.send_photo(LINA, PICTURE, caption=REPORT)
        card = await card_with(sandbox, "附件\uff1a1")
        assert "拜访" in card["text"]
        await held(demo_store, "SELECT state, mime FROM attachments", [("kept", "image/png")])
        contents = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
        assert [path.read_bytes() for path in contents] == [PICTURE.data]
        press(sandbox, card, "附件")
        sent = await card_with(sandbox, "李娜")
        assert sent["photo"][-1]["file_size"] == len(PICTURE.data)
        sandbox.say(MANAGER, "把华信的照片发我")
        shown = await card_with(sandbox, "李娜", MANAGER)
        assert shown["photo"]
        sandbox.say(OTHER, "把华信的照片发我")
        refused = await card_with(sandbox, "由李娜跟进", OTHER)
        assert "photo" not in refused


async def test_an_album_is_answered_once(sandbox: Sandbox, running: Running, demo_store: Store) -> None:
    async with working(running, demo_store):
        sandbox.send_album(LINA, [Upload(f"{n}.png", "image/png", png(n, n)) for n in (3, 4, 5)], caption=REPORT)
        await card_with(sandbox, "附件\uff1a3")
        assert len([each for each in sandbox.messages(LINA) if each["from"]["is_bot"]]) == 1
        await held(demo_store, "SELECT count(*) FROM attachments WHERE state = 'kept'", [(3,)])


async def test_bad_files_are_refused_with_the_reason_or_kept_safely(
    sandbox: Sandbox, running: Running, demo_store: Store, tmp_path: Path
) -> None:
    async with working(running, demo_store):
        sandbox.say(LINA, REPORT)
        await card_with(sandbox, "拜访")
        sandbox.send_file(LINA, Upload("空.pdf", "application/pdf", b""))
        await card_with(sandbox, "「空.pdf」是空文件")
        sandbox.send_file(LINA, Upload("大.pdf", "application/pdf", b"%PDF" + b"\x00" * 25 * 2**20))
        await card_with(sandbox, "「大.pdf」超过 20 MB")
        sandbox.send_file(LINA, Upload("合同.pdf", "application/pdf", b"MZ\x90\x00" * 100))
        await card_with(sandbox, "「合同.pdf」这类文件不收")
        sandbox.send_file(LINA, Upload("../../x", "text/plain", "备忘".encode()))
        await held(demo_store, "SELECT name FROM attachments WHERE state = 'kept'", [("x.txt",)])
        (content,) = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
        assert content.parent.parent == tmp_path / "files"


async def test_our_own_copy_is_sent_by_a_bot_that_telegram_knows_nothing_of(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with working(running, demo_store):
        sandbox.send_photo(LINA, PICTURE, caption=REPORT)
        await card_with(sandbox, "附件\uff1a1")
        await held(demo_store, "SELECT state FROM attachments", [("kept",)])
        sandbox.world.files = type(sandbox.world.files)(10**9)  # as after a restore under another token
        sandbox.say(LINA, "把华信的照片发我")
        sent = await card_with(sandbox, "李娜")
        stored = sandbox.world.files.get(sent["photo"][-1]["file_id"])
        assert stored
        assert stored.upload.data == PICTURE.data


async def test_a_download_that_fails_is_made_up_for(sandbox: Sandbox, running: Running, demo_store: Store) -> None:
    async with working(running, demo_store):
        sandbox.fault("bad_gateway", method="getFile")
        sandbox.fault("bad_gateway", method="download")
        sandbox.send_photo(LINA, PICTURE, caption=REPORT)
        await card_with(sandbox, "附件\uff1a1")
        await held(demo_store, "SELECT state, attempts FROM attachments", [("kept", 2)])


def _attachments(database: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT state, sha256 FROM attachments WHERE withdrawn_at IS NULL").fetchall()


async def test_killed_at_random_it_loses_no_file_and_leaves_none_half(
    sandbox: Sandbox, sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    url, chance, people = await sqlite_files.fresh(real_now()), random.Random(7), [LINA, MANAGER, OTHER]
    database, folder = Path(url.removeprefix("sqlite:///")), tmp_path / "files"
    environ = environment(url, sandbox.url, sandbox.token, FILES_DIR=str(folder))
    uploads = [Upload(f"{n}.bin.pdf", "application/pdf", b"%PDF-" + bytes([n]) * 300_000) for n in range(30)]
    for number in range(5):
        async with running_bot(environ, "bot run"):
            for upload in uploads[number * 6 : number * 6 + 6]:
                sandbox.send_file(chance.choice(people), upload)
            await asyncio.sleep(chance.uniform(0.05, 0.6))
    async with running_bot(environ, "bot run"):
        for _ in range(600):
            rows = await asyncio.to_thread(_attachments, database)
            if len(rows) == len(uploads) and all(state == "kept" for state, _ in rows):
                break
            await asyncio.sleep(0.1)
    assert sorted(content for _, content in rows) == sorted(name_of(upload.data) for upload in uploads)
    assert all(Files(folder).is_whole(content) for _, content in rows)
    assert list(folder.rglob("*.part")) == []
