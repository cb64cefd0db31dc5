"""What people sent is in the backup, checked byte by byte, and comes back elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.files import Files
from tests.bot.commands import Command

KEPT = {"现场.png": b"a picture", "合同.pdf": b"a contract", "又一张.png": b"a picture"}


@pytest.fixture
def genjin(tmp_path: Path) -> Command:
    """A database with people and three files, two of them the same."""
    command = Command(tmp_path / "data")
    command("user", "add", "李娜", "--role", "rep", "--telegram", "7")
    files = Files(command.data_dir / "genjin.files")
    inbox = "INSERT INTO inbox (channel, update_id, chat, raw, received_at) VALUES ('telegram', 1, '7', '{}', 0)"
    where = "user_id, chat_id, inbox_id, at, channel, file_id, sent_as, state, name, sha256"
    kept = f"INSERT INTO attachments ({where}) VALUES (1, 1, 1, 0, 'telegram', 'f', 'photo', 'kept', ?, ?)"  # noqa: S608
    with closing(sqlite3.connect(command.data_dir / "genjin.db")) as connection:
        connection.execute(inbox)
        connection.executemany(kept, [(name, files.put(data)) for name, data in KEPT.items()])
        connection.commit()
    return command


def _damage(folder: Path) -> None:
    next(path for path in folder.rglob("*") if path.is_file() and path.read_bytes() == b"a contract").write_bytes(b"?")


def test_files_come_back_elsewhere(genjin: Command, tmp_path: Path) -> None:
    assert genjin("backup", str(tmp_path / "kept.db")).out == f"backed up to {tmp_path / 'kept.db'}"
    other = Command(tmp_path / "elsewhere")
    assert other("restore", str(tmp_path / "kept.db")).code == 0
    files = Files(other.data_dir / "genjin.files")
    with closing(sqlite3.connect(other.data_dir / "genjin.db")) as connection:
        kept = connection.execute("SELECT name, sha256 FROM attachments ORDER BY id").fetchall()
    assert {name: files.read(content) for name, content in kept} == KEPT


def test_they_go_where_the_settings_say(genjin: Command, tmp_path: Path) -> None:
    genjin("backup", str(tmp_path / "kept.db"))
    other = Command(tmp_path / "elsewhere")
    other("restore", str(tmp_path / "kept.db"), FILES_DIR=str(tmp_path / "disk"))
    assert len([path for path in (tmp_path / "disk").rglob("*") if path.is_file()]) == 2
    assert not (other.data_dir / "genjin.files").exists()


@pytest.mark.parametrize("how", ["damaged", "left behind"])
def test_a_backup_without_all_its_files_is_restored_only_when_told_to(
    genjin: Command, tmp_path: Path, how: str
) -> None:
    genjin("backup", str(tmp_path / "kept.db"))
    if how == "damaged":
        _damage(tmp_path / "kept.files")
    else:
        (tmp_path / "kept.files").rename(tmp_path / "forgotten")
    other = Command(tmp_path / "elsewhere")
    said = other("restore", str(tmp_path / "kept.db"))
    assert said.code == 1
    assert "合同.pdf" in said.err
    assert "--force" in said.err
    assert not (other.data_dir / "genjin.db").exists()
    assert other("restore", str(tmp_path / "kept.db"), "--force").code == 0


def test_a_file_that_is_lost_is_told_and_hinders_no_backup(genjin: Command, tmp_path: Path) -> None:
    _damage(genjin.data_dir / "genjin.files")
    said = genjin("backup", str(tmp_path / "kept.db"))
    assert (said.code, said.out) == (1, f"backed up to {tmp_path / 'kept.db'}")
    assert said.err.startswith("genjin: 合同.pdf is missing or damaged")
    assert (tmp_path / "kept.db").exists()


def test_on_postgresql_the_command_says_where_the_files_are(genjin: Command, tmp_path: Path) -> None:
    said = genjin("backup", DATABASE_URL="postgresql://u:secret@host/genjin", FILES_DIR=str(tmp_path / "disk"))
    assert str(tmp_path / "disk") in said.err
