"""`genjin audit`: the log is walked and exported, and says where it was changed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.audit import seal_changes
from storage.engine import open_store
from tests.bot.commands import Command


async def _seal(genjin: Command) -> None:
    store = open_store(f"sqlite:///{genjin.data_dir / 'genjin.db'}")
    await seal_changes(store, datetime.now(UTC))
    await store.close()


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    command = Command(tmp_path / "data")
    command("user", "add", "钱进", "--role", "admin", "--telegram", "12")
    command("user", "add", "李娜", "--role", "rep", "--telegram", "1")
    asyncio.run(_seal(command))
    return command


def test_a_whole_log_says_how_much_it_holds_and_its_last_seal(genjin: Command) -> None:
    said = genjin("audit", "verify")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("2 changes are as they were sealed; the last seal is ")
    seal = said.out.split()[-1]
    assert genjin("audit", "verify", "--head", seal).code == 0
    other = genjin("audit", "verify", "--head", "0" * 64)
    assert (other.code, other.out) == (1, "")
    assert "is not in it" in other.err


def test_a_log_that_was_changed_is_refused_with_the_place(genjin: Command) -> None:
    with closing(sqlite3.connect(genjin.data_dir / "genjin.db")) as connection, connection:
        connection.execute("UPDATE changes SET thing_id = 1 WHERE id = 2")
    said = genjin("audit", "verify")
    assert (said.code, said.out) == (1, "")
    assert "the change 2 is not as it was sealed; 1 before it are" in said.err


def test_the_log_is_exported_with_names_places_and_seals(genjin: Command, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    said = genjin("audit", "export", str(file))
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [(row["user"], row["thing"], row["place"]) for row in rows] == [("钱进", "user", 1), ("李娜", "user", 2)]
    assert said.out.split()[-1] == rows[-1]["seal"]
    assert "is there already" in genjin("audit", "export", str(file)).err
    assert "is a day" in genjin("audit", "export", str(tmp_path / "b"), "--since", "yesterday").err
